import { countedFrom, rule } from '#kernel';
import type { RecordedFact } from '#kernel';
import type { StateLookup } from '#deciding';
import type { ItemEvent } from './item.events.js';
import { isJudgement } from './item.properties.js';
import type { JudgementEvent } from './item.properties.js';

/** What an item's story tells of what the item is: its adoption and its revisions. */
export type RevisionFact = RecordedFact<Exclude<ItemEvent, JudgementEvent>>;

/** One revision of an item, as the item's story tells it. */
export interface ToldRevision {
  readonly id: string;
  readonly type: RevisionFact['type'];
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  /** The day from which it counts among what was said of that day: ISO day. */
  readonly said: string;
  /** The id of the newest correction of it, where there is one. */
  readonly correctedBy?: string;
  /** The id of the event that took it back, where one did. */
  readonly retractedBy?: string;
}

/** A revision of the item that decides; undefined where the item has none of that id. */
export async function toldRevision(id: string, lookup: StateLookup): Promise<ToldRevision | undefined> {
  let told: ToldRevision | undefined;
  await lookup.readStory<ItemEvent>((event) => {
    told = revisionAfter(told, event, id);
  });
  return told;
}

/** What is told of a revision after one more event of its item. A correction is an event of its own type that names it. */
export function revisionAfter(
  told: ToldRevision | undefined,
  event: RecordedFact<ItemEvent>,
  id: string,
): ToldRevision | undefined {
  if (isJudgement(event)) return told;
  // What was said of an item that was cancelled is gone with it, also where it is adopted anew.
  if (event.type === 'ItemCancelled') return undefined;
  if (event.id === id) return { id, type: event.type, effectiveOn: event.effectiveOn, said: countedFrom(event) };
  if (!told || event.corrects === undefined || event.corrects !== (told.correctedBy ?? id)) return told;
  if (event.type === 'ItemRevisionRetracted') return { ...told, retractedBy: event.id };
  return event.type === told.type ? { ...told, correctedBy: event.id } : told;
}

/** What is asked of a revision: to be corrected by an event of a type. */
interface Correction {
  readonly event: string;
  readonly type: RevisionFact['type'];
  /** The day that the caller names, where it names one. */
  readonly day: string | undefined;
}

/**
 * A revision is corrected by an event of its kind, on its own day, and while no correction has taken its place.
 * @throws RuleViolation
 */
export function checkCorrects(told: ToldRevision | undefined, { day, event, type }: Correction): void {
  const { effectiveOn, ...known } = needNewest(told, event);
  if (known.retractedBy !== undefined) throw retracted({ event, by: known.retractedBy });
  if (known.type !== type) throw otherKind({ event, recorded: known.type, type });
  if (day !== undefined) checkDayOfRevision(effectiveOn, day);
}

/** A revision of which there is no correction. @throws RuleViolation */
export function needNewest<Told extends ToldRevision>(told: Told | undefined, event: string): Told {
  if (!told) throw notOfItem({ event });
  if (told.correctedBy !== undefined) throw corrected({ event, newest: told.correctedBy });
  return told;
}

/** @throws RuleViolation where what is said of a revision is to speak of another day than it */
export function checkDayOfRevision(effectiveOn: string, day: string): void {
  if (day !== effectiveOn) throw otherDay({ day, effectiveOn });
}

const notOfItem = rule(
  'revision-of-item',
  'The item has no revision {event}',
  'Uppdraget har ingen revidering {event}',
);
const corrected = rule(
  'revision-stands',
  'The revision {event} has been corrected; the newest is {newest}',
  'Revideringen {event} har rättats; den senaste är {newest}',
);
const retracted = rule(
  'revision-not-retracted',
  'The revision {event} was taken back by {by}; what holds instead is recorded anew',
  'Revideringen {event} har tagits tillbaka genom {by}; det som gäller i stället registreras på nytt',
);
const otherKind = rule(
  'corrects-its-kind',
  '{event} is {recorded}, which {type} cannot correct',
  '{event} är {recorded}, som {type} inte kan rätta',
);
const otherDay = rule(
  'day-of-corrected',
  'A correction speaks of the day of what it corrects, {effectiveOn}, and not of {day}',
  'En rättelse avser den dag som det rättade avser, {effectiveOn}, och inte {day}',
);
