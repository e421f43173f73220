import type { RecordedEvent } from '#kernel';
import type { Values } from '#planning';
import { headOf } from '../../item-history/history-entry.js';
import type { HistoryEntry } from '../../item-history/history-entry.js';
import { overtakenBy, SaidOfDays } from '../../item-history/said-of-days.js';
import type { EventOfPlan, EventOfRecord } from './event-of-plan.js';

/** One event of a plan, an indicator or a round, as a reader of its history needs it. */
export type RecordEntry = Omit<HistoryEntry, 'type'> & { readonly type: EventOfRecord['type'] };

/** Of a correction of a formal decision: the event whose decision it is. */
const ofDecision = ['eventId', 'category', 'subjectId'];
/** What an event speaks of, beside what the record says since: the body, the period, the reason. */
const aboutProperties = [
  'bodyId',
  'period',
  'issue',
  'replaces',
  'rule',
  'reason',
  'override',
  'comment',
  'key',
  'definition',
  'change',
  ...ofDecision,
];
const subjects = ['planId', 'indicatorId', 'roundId'];

/** Whether an event says from which day something of a plan holds. */
export const isOfPlanDays = (event: EventOfPlan): event is OfPlanDays =>
  event.type === 'PlanAdopted' || event.type === 'PlanAmended';

type OfPlanDays = Extract<EventOfRecord, { type: 'PlanAdopted' | 'PlanAmended' }>;

/**
 * What happened, from what to what.
 * @param events all of one stream, in the order of the record: of a plan, what holds on the day that an amendment speaks of is
 * what it changes, and of all else, what one event leaves is what the next one finds
 * @param isKnown whether an event is known of that may have overtaken another: all are, where it is left out
 */
export function recordEntriesOf(
  events: readonly RecordedEvent<EventOfRecord>[],
  isKnown: (event: RecordedEvent<EventOfRecord>) => boolean = () => true,
): RecordEntry[] {
  const record = new WholeRecord();
  const told = events.map((event) => ({ event, ...recordChangeOf(event) }));
  return told.map(({ about, after, event }, index) => {
    const before = record.before({ about, after }, event);
    record.take({ about, after }, event);
    const overtaking = isOfPlanDays(event)
      ? overtakenBy({ after, event }, told.slice(index + 1).filter(isKnownOfDays(isKnown)))
      : undefined;
    const entry = { ...headOf(event), type: event.type, about, before, after };
    return { ...entry, ...(overtaking !== undefined && { overtakenBy: overtaking }) };
  });
}

const isKnownOfDays =
  (isKnown: (event: RecordedEvent<EventOfRecord>) => boolean) =>
  <One extends { event: RecordedEvent<EventOfRecord> }>(one: One): one is One & { event: RecordedEvent<OfPlanDays> } =>
    isOfPlanDays(one.event) && isKnown(one.event);

/** What an event says: what it speaks of, and what the record says since. */
interface RecordChange {
  readonly about: Values;
  readonly after: Values;
}

/** What the record says of one plan, indicator or round, event by event. */
class WholeRecord {
  readonly #days = new SaidOfDays();
  /** A body and a period have values of their own beside those of the whole. */
  readonly #said = new Map<string, Map<string, unknown>>();

  before({ about, after }: RecordChange, event: RecordedEvent<EventOfRecord>): Values {
    const names = Object.keys(after);
    if (isOfPlanDays(event)) return this.#days.knownBefore(names, event);
    const said = this.#saidOf(about);
    return Object.fromEntries(names.filter((name) => said.has(name)).map((name) => [name, said.get(name)]));
  }

  take({ about, after }: RecordChange, event: RecordedEvent<EventOfRecord>): void {
    const said = this.#saidOf(about);
    if (!isOfPlanDays(event)) {
      for (const [name, value] of Object.entries(after)) said.set(name, value);
      return;
    }
    if (event.type === 'PlanAdopted') said.clear();
    this.#days.take(after, event);
  }

  #saidOf({ bodyId, period }: Values): Map<string, unknown> {
    const place = JSON.stringify([bodyId, period]);
    const said = this.#said.get(place) ?? new Map<string, unknown>();
    this.#said.set(place, said);
    return said;
  }
}

export function recordChangeOf(event: EventOfRecord): RecordChange {
  if (isOfRevision(event)) return { about: aboutRevision(event), after: {} };
  if (isOfLoad(event)) return changeByLoad(event);
  const { data, type } = event;
  const given = Object.entries(data).filter(([property]) => !subjects.includes(property));
  const about = Object.fromEntries(given.filter(([property]) => aboutProperties.includes(property)));
  const content = Object.fromEntries(given.filter(([property]) => !aboutProperties.includes(property)));
  return { about, after: { ...content, ...statesAfter[type] } };
}

type RevisionEvent = Extract<EventOfRecord, { data: { revisionId: string } }>;

const isOfRevision = (event: EventOfRecord): event is RevisionEvent => 'revisionId' in event.data;

type LoadOfPlan = Extract<EventOfRecord, { data: { loadId: string } }>;

const isOfLoad = (event: EventOfRecord): event is LoadOfPlan => 'loadId' in event.data;

/** What a load records, and what is taken back of it, is told by what that is of. */
function changeByLoad({ data, type }: LoadOfPlan): RecordChange {
  const about = { loadId: data.loadId, ...('reason' in data && { reason: data.reason }) };
  switch (type) {
    case 'LoadRecorded':
      return { about, after: { events: data.events, streams: data.streams } };
    case 'LoadTakeBackDecided':
      return { about, after: { steps: data.steps.length, kept: data.kept } };
    case 'LoadTakenBack':
      return { about, after: { undone: data.undone.length } };
  }
}

/** What a revision does is told by its items. */
function aboutRevision(event: RevisionEvent): Values {
  const { revisionId } = event.data;
  if (event.type === 'RevisionCarriedOut') return { revisionId, undone: event.data.undone.length };
  const { comment, steps } = event.data;
  return { revisionId, ...(comment !== undefined && { comment }), steps: steps.length };
}

/** What an event itself leaves behind, beside what it holds. */
const statesAfter: { readonly [Type in EventOfRecord['type']]?: Values } = {
  PlanCancelled: { status: 'cancelled' },
  BodyReported: { ready: true },
  BodyReportRecalled: { ready: false },
  RoundPlanned: { status: 'planned' },
  RoundOpened: { status: 'open' },
  RoundCancelled: { status: 'cancelled' },
  RoundFrozen: { status: 'frozen' },
  RoundDecided: { status: 'decided' },
  IndicatorRetired: { retired: true },
  IndicatorRetirementCancelled: { retired: false },
  IndicatorCancelled: { status: 'cancelled' },
};
