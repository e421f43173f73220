import type { StateLookup } from '#deciding';
import { countedFrom, rule } from '#kernel';
import type { RecordedFact } from '#kernel';
import type { PlanEvent } from './plan.events.js';

/** The adoption of a plan or an amendment of it, as the plan's story tells it. */
export interface ToldAmendment {
  readonly id: string;
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  /** The day from which it counts among what was said of that day: ISO day. */
  readonly said: string;
  /** The id of the newest correction of it, where there is one. */
  readonly correctedBy?: string;
}

/** An amendment of the plan that decides, or its adoption; undefined where the plan has none of that id. */
export async function toldAmendment(id: string, lookup: StateLookup): Promise<ToldAmendment | undefined> {
  let told: ToldAmendment | undefined;
  await lookup.readStory<PlanEvent>((event) => {
    told = amendmentAfter(told, event, id);
  });
  return told;
}

/** The adoption of the plan that decides: the last, where it was adopted anew. */
export async function toldAdoption(lookup: StateLookup): Promise<ToldAmendment | undefined> {
  let told: ToldAmendment | undefined;
  await lookup.readStory<PlanEvent>((event) => {
    if (event.type === 'PlanAdopted') told = amendmentAfter(undefined, event, event.id);
  });
  return told;
}

/** What is told of an amendment after one more event of its plan. A correction is an amendment that names it. */
export function amendmentAfter(
  told: ToldAmendment | undefined,
  event: RecordedFact<PlanEvent>,
  id: string,
): ToldAmendment | undefined {
  // What was said of a plan that was cancelled is gone with it, also where it is adopted anew.
  if (event.type === 'PlanCancelled') return undefined;
  if (event.type !== 'PlanAdopted' && event.type !== 'PlanAmended') return told;
  if (event.id === id) return { id, effectiveOn: event.effectiveOn, said: countedFrom(event) };
  if (!told || event.corrects === undefined || event.corrects !== (told.correctedBy ?? id)) return told;
  return { ...told, correctedBy: event.id };
}

/**
 * What was said of a plan is corrected on its own day, and while no correction has taken its place.
 * @param day the day that the caller names, where it names one
 * @throws RuleViolation
 */
export function checkAmendment(told: ToldAmendment | undefined, event: string, day: string | undefined): void {
  if (!told) throw notOfPlan({ event });
  const { correctedBy, effectiveOn } = told;
  if (correctedBy !== undefined) throw corrected({ event, newest: correctedBy });
  if (day !== undefined) checkDayOfAmendment(effectiveOn, day);
}

/** @throws RuleViolation where what is said of an amendment is to speak of another day than it */
export function checkDayOfAmendment(effectiveOn: string, day: string): void {
  if (day !== effectiveOn) throw otherDay({ day, effectiveOn });
}

const notOfPlan = rule('amendment-of-plan', 'The plan has no amendment {event}', 'Planen har ingen ändring {event}');
const corrected = rule(
  'amendment-stands',
  'The amendment {event} has been corrected; the newest is {newest}',
  'Ändringen {event} har rättats; den senaste är {newest}',
);
const otherDay = rule(
  'day-of-corrected',
  'A correction speaks of the day of what it corrects, {effectiveOn}, and not of {day}',
  'En rättelse avser den dag som det rättade avser, {effectiveOn}, och inte {day}',
);
