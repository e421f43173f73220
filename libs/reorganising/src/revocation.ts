import { Inject, Injectable } from '@nestjs/common';
import { commandChangedNothing, EVENT_STORE, namesAnyOf } from '#deciding';
import type { CommandContext, Readers } from '#deciding';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { EventCatalog, kindInWords, say, streamName } from '#kernel';
import type { Said, StoredEvent } from '#kernel';
import {
  CancelBodyChangeCommand,
  CancelGroupChangeCommand,
  organisationIdOf,
  organisations,
  reorganisation,
} from '#organisation';
import type {
  KnownReorganisation,
  Organisation,
  ReorganisationDecided,
  ReorganisationStep,
  RevokeReorganisation,
} from '#organisation';
import { RetractItemRevisionCommand } from '#planning';
import { ReorganisationRehearsal } from './reorganisation-rehearsal.js';
import { handsOver, stepOf } from './reorganisation.steps.js';

interface Asking {
  readonly context: CommandContext;
  readonly organisation: Organisation;
  readonly readers: Readers;
}

/** Finds out how a reorganisation is taken back, and what rests on it. */
@Injectable()
export class Revocation {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(ReorganisationRehearsal) private readonly rehearsal: ReorganisationRehearsal,
  ) {}

  /** Nothing is looked up for one that does not stand, which is refused. */
  async of({ reason, revokes }: RevokeReorganisation['data'], asking: Asking): Promise<RevokeReorganisation['facts']> {
    const { context, organisation, readers } = asking;
    const known = organisation.standing[revokes];
    const day = known?.since ?? '';
    if (!known) return { day, steps: [], refused: [], doubts: [], resting: [], decidedBy: undefined };
    const decided = await this.#decided(context.tenant, known);
    const steps: ReorganisationStep[] = [];
    const takers = decided.successors.map((id) => ({ category: 'body', id }));
    const resting = laterOf(organisation, known, decided.successors);
    for (const step of [...decided.steps].reverse()) {
      const events = await this.#eventsOf(streamName(context.tenant, step.category, step.id));
      const led = events.filter(({ metadata }) => metadata.causationId === known.decidedBy);
      if (led.length === 0) continue;
      const later = events.filter((event) => event.revision > led[0]!.revision && !led.includes(event));
      if (namesAnyOf(later, takers)) resting.push(thing({ kind: kindInWords(step.category), id: step.id }));
      steps.push(...stepsBack(step, led, { events, bodyId: decided.bodyId }));
    }
    const { doubts, refused } = await this.rehearsal.rehearse(
      { steps, reason },
      { ...context, effectiveOn: day },
      readers,
    );
    return { day, steps, refused, doubts, resting: resting.slice(0, mostTold), decidedBy: known.decidedBy };
  }

  async #decided(tenant: string, { at }: KnownReorganisation): Promise<ReorganisationDecided['data']> {
    const stream = streamName(tenant, organisations.category, organisationIdOf(tenant));
    const [event] = await this.eventStore.readStream(stream, { after: at - 1, limit: 1 });
    return this.catalog.decode<ReorganisationDecided['data']>(event!).data;
  }

  async #eventsOf(stream: string): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for await (const page of pagesOfStream(this.eventStore, stream, { limit: pageSize })) events.push(...page);
    return events;
  }
}

const pageSize = 500;
const mostTold = 20;

/** Those that were decided later and by which a body ends that had taken over. */
const laterOf = ({ standing }: Organisation, { at }: KnownReorganisation, successors: readonly string[]): Said[] =>
  Object.entries(standing)
    .filter(([, one]) => one.at > at && successors.includes(one.bodyId))
    .map(([id]) => thing({ kind: kindInWords(reorganisation), id }));

interface TakingBack {
  /** All that the stream holds. */
  readonly events: readonly StoredEvent[];
  /** The body that goes on. */
  readonly bodyId: string;
}

/** What takes back what one step has led to. @param led its events */
function stepsBack(
  { category, data, id }: ReorganisationStep,
  led: readonly StoredEvent[],
  { bodyId, events }: TakingBack,
): ReorganisationStep[] {
  const of = { category, id };
  if (category === 'plan' || category === 'indicator') {
    const [taker] = data['successors'] as readonly string[];
    return [stepOf(handsOver[category], of, { bodyId: taker, successors: [bodyId] })];
  }
  return led.flatMap((event) => {
    const standing = standingOf(event, events);
    if (!standing || event.type === commandChangedNothing.type) return [];
    const { effectiveOn } = standing.metadata;
    if (category === 'item') {
      return [stepOf(RetractItemRevisionCommand, of, { retracts: standing.id }, effectiveOn)];
    }
    const command = category === 'group' ? CancelGroupChangeCommand : CancelBodyChangeCommand;
    return [stepOf(command, of, { eventId: standing.id }, effectiveOn)];
  });
}

const takeBack: readonly string[] = ['ItemRevisionRetracted', 'GroupChangeCancelled', 'BodyChangeCancelled'];

/** What an event says as it was corrected last; undefined where it was taken back. */
function standingOf(event: StoredEvent, events: readonly StoredEvent[]): StoredEvent | undefined {
  const after = events.find(({ metadata }) => metadata.corrects === event.id);
  if (!after) return event;
  return takeBack.includes(after.type) ? undefined : standingOf(after, events);
}

const thing = say('{kind}: {id}', '{kind}: {id}');
