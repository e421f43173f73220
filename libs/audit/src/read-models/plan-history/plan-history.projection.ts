import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import type { ItemChange, Values } from '#planning';
import { onEvery, partId, partsOf } from '#projecting';
import type { Derived, Projection, SourceChange } from '#projecting';
import { headOf } from '../../item-history/history-entry.js';
import { eventsOfPlan } from './event-of-plan.js';
import type { EventOfPlan } from './event-of-plan.js';
import { changeIn, lastSaidAfter, saidBefore, subjectId, subjectOf } from './said-before.js';
import type { LastSaid, SaidBefore } from './said-before.js';

/**
 * What is known of a story without reading its entries: of an item, a plan, an indicator or a round. It holds no texts, and
 * grows with the record's properties, not with what happens.
 */
export interface StoryHead extends Document, LastSaid {
  readonly tenant: string;
  readonly planId: string;
  /** How many entries there are. */
  readonly entries: number;
  /** Whether any of them tells of what was said on another day than it was recorded. */
  readonly attested?: true;
  /** The event that came last. */
  readonly last: { readonly revision: number; readonly eventId: string };
}

/** One event of a story, with its texts. Written once. */
export interface StoryEntry extends Document, ReturnType<typeof headOf> {
  readonly stream: string;
  readonly type: EventOfPlan['type'];
  readonly about: Values;
  readonly after: Values;
  readonly before: SaidBefore;
}

/** Which events have said what about one body or period. */
export interface StorySubject extends Document {
  /** Oldest first, at most the newest two hundred. */
  readonly said: readonly { readonly revision: number; readonly properties: readonly string[] }[];
  /** Whether there were more. */
  readonly more?: true;
}

const subjectsKept = 200;

/** The id of the entry that an event leads to. */
export const entryId = (stream: string, revision: number): string =>
  partId(stream, `entry-${String(revision).padStart(10, '0')}`);

/** The ids of the entries of a stream, which come in the order of the record. */
export const entriesOfStream = (stream: string) => ({ $gt: partId(stream, 'entry-'), $lt: partId(stream, 'entry.') });

/**
 * Answers: what happened to this item, plan, indicator or round, and what did the record say before? A document for each
 * event, by its place in its stream, and a head for each stream.
 */
export const planHistory: Projection<StoryHead, EventOfPlan, StoryEntry | StorySubject> = {
  name: 'plan-history',
  version: 10,
  indexes: [
    // A story as of a day, or as it was known at an instant, is found and counted in the store.
    { fields: ['stream', 'effectiveOn', 'recordedAt'] },
    // So is what a body said before, of an item or of one assessment.
    { fields: ['about.bodyId', 'stream', '_id', 'about.assessmentId'] },
  ],
  on: onEvery(eventsOfPlan, { key: ({ data, stream }) => (data.planId === undefined ? [] : stream), evolve, derive }),
};

export const storyEntries = partsOf<StoryEntry>(planHistory);
export const storySubjects = partsOf<StorySubject>(planHistory);

function evolve(head: StoryHead | undefined, event: RecordedEvent<EventOfPlan>): StoryHead {
  const { data, id, metadata, revision, stream } = event;
  const { begins, days, properties } = lastSaidAfter(changeIn(event), event, head);
  return {
    _id: stream,
    tenant: metadata.tenant,
    planId: data.planId!,
    entries: (head?.entries ?? 0) + 1,
    last: { revision, eventId: id },
    ...((head?.attested ?? metadata.attested) && { attested: true }),
    ...(properties && { properties }),
    ...(begins && { begins }),
    ...(days && { days }),
  };
}

function derive(
  { before: head }: SourceChange<StoryHead>,
  event: RecordedEvent<EventOfPlan>,
): readonly Derived<StoryEntry | StorySubject>[] {
  const change = changeIn(event);
  const { about, after } = change;
  const entry: StoryEntry = {
    _id: entryId(event.stream, event.revision),
    stream: event.stream,
    ...headOf(event),
    type: event.type,
    about,
    after,
    before: saidBefore(event, change, head),
  };
  return [{ document: entry }, ...subjectParts(change, event)];
}

function subjectParts(change: ItemChange, { revision, stream }: RecordedEvent): readonly Derived<StorySubject>[] {
  const subject = subjectOf(change);
  if (subject === undefined) return [];
  const id = subjectId(stream, subject);
  const said = { revision, properties: Object.keys(change.after) };
  return [
    {
      id,
      evolve: (known) => {
        const all = [...(known?.said ?? []), said];
        const more = known?.more ?? all.length > subjectsKept;
        return { _id: id, said: all.slice(-subjectsKept), ...(more && { more: true }) };
      },
    },
  ];
}
