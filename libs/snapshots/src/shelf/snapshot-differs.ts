import { DomainError, say } from '#kernel';

/** A snapshot is not what it was. Nothing is overwritten: somebody has to find out why. */
export class SnapshotDiffers extends DomainError {
  readonly code = 'snapshot-differs';
  readonly status = 500;
  readonly title = {
    en: 'A snapshot is not what was recorded',
    sv: 'En fryst uppföljning är inte vad som registrerades',
  };

  constructor(
    readonly snapshotId: string,
    /** What differs from the fold of the log: the SHA-256 that the log recorded, or the bytes that are kept. */
    readonly where: 'recorded' | 'kept',
    readonly found: string,
    readonly folded: string,
  ) {
    super((where === 'recorded' ? recordedOtherwise : keptOtherwise)({ snapshotId, found, folded }));
  }
}

const recordedOtherwise = say(
  'The log recorded the SHA-256 {found} for the snapshot {snapshotId}, and folding it gives {folded}',
  'Loggen har SHA-256 {found} för den frysta uppföljningen {snapshotId}, och loggen ger {folded}',
);
const keptOtherwise = say(
  'The bytes kept of the snapshot {snapshotId} have the SHA-256 {found}, and folding the log gives {folded}',
  'De sparade byten av den frysta uppföljningen {snapshotId} har SHA-256 {found}, och loggen ger {folded}',
);
