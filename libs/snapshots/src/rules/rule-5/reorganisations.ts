import type { RecordedEvent } from '#kernel';
import type { ReorganisationCarriedOut, ReorganisationDecided, ReorganisationRevoked } from '#organisation';
import type { Turn } from '../rule-4/whole-revisions.js';

/** What decides that a body ends, takes that back, and closes either. */
export const reorganisationTypes = [
  'ReorganisationDecided',
  'ReorganisationRevoked',
  'ReorganisationCarriedOut',
] as const;

type OfReorganisation = RecordedEvent<ReorganisationDecided | ReorganisationRevoked | ReorganisationCarriedOut>;

export const isOfReorganisation = (event: { readonly type: string }): event is OfReorganisation =>
  (reorganisationTypes as readonly string[]).includes(event.type);

/** A reorganisation is told whole or not at all, as a revision is. */
export const turnOfReorganisation = (event: RecordedEvent): Turn | undefined =>
  isOfReorganisation(event)
    ? { id: event.data.reorganisationId, isDecided: event.type !== 'ReorganisationCarriedOut' }
    : undefined;
