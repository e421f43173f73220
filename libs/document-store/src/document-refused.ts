/**
 * A document cannot be kept, however often it is sent: it is too large, or no plain JSON. Nothing that came with it has
 * been lost, and whoever made it must make another.
 */
export class DocumentRefused extends Error {
  constructor(
    readonly collection: string,
    readonly documentId: string,
    /** Such as `is larger than 16 MB`. */
    readonly reason: string,
  ) {
    super(`The document ${documentId} of ${collection} ${reason}`);
    this.name = 'DocumentRefused';
  }
}
