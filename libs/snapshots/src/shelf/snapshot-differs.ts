import { DomainError } from '#kernel';

/** A snapshot is not what it was. Nothing is overwritten: somebody has to find out why. */
export class SnapshotDiffers extends DomainError {
  readonly code = 'snapshot-differs';
  readonly status = 500;
  readonly title = 'A snapshot is not what was recorded';

  constructor(
    readonly snapshotId: string,
    /** What differs from the fold of the log: the SHA-256 that the log recorded, or the bytes that are kept. */
    readonly where: 'recorded' | 'kept',
    readonly found: string,
    readonly folded: string,
  ) {
    super(
      where === 'recorded'
        ? `The log recorded the SHA-256 ${found} for the snapshot ${snapshotId}, and folding it gives ${folded}`
        : `The bytes kept of the snapshot ${snapshotId} have the SHA-256 ${found}, and folding the log gives ${folded}`,
    );
  }
}
