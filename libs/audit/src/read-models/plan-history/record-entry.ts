import type { RecordedEvent } from '#kernel';
import type { Values } from '#planning';
import { headOf } from '../../item-history/history-entry.js';
import type { HistoryEntry } from '../../item-history/history-entry.js';
import type { EventOfRecord } from './event-of-plan.js';

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

/**
 * What happened, from what to what.
 * @param events all of one stream, in the order of the record: what one leaves is what the next one finds
 */
export function recordEntriesOf(events: readonly RecordedEvent<EventOfRecord>[]): RecordEntry[] {
  const record = new Map<string, unknown>();
  return events.map((event) => {
    const { about, after } = recordChangeOf(event);
    // A body and a period have values of their own beside those of the whole.
    const place = (property: string) => JSON.stringify([about['bodyId'], about['period'], property]);
    const known = Object.keys(after).filter((property) => record.has(place(property)));
    const before = Object.fromEntries(known.map((property) => [property, record.get(place(property))]));
    for (const [property, value] of Object.entries(after)) record.set(place(property), value);
    return { ...headOf(event), type: event.type, about, before, after };
  });
}

/** What an event says: what it speaks of, and what the record says since. */
export function recordChangeOf(event: EventOfRecord): { readonly about: Values; readonly after: Values } {
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
function changeByLoad({ data, type }: LoadOfPlan): { readonly about: Values; readonly after: Values } {
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
