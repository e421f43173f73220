/** Some of the documents of a collection: those whose sources have an id from one on and before another. */
export class Slice {
  constructor(
    private readonly from = '',
    private readonly to?: string,
  ) {}

  holds(source: string): boolean {
    return source >= this.from && (this.to === undefined || source < this.to);
  }

  /** What the ids of its documents lie between, the first one not included. @param last that was read of them */
  idsAfter(
    last: string,
  ): { readonly $gt: string; readonly $lt?: string } | { readonly $gte: string; readonly $lt?: string } {
    const before = this.to === undefined ? {} : { $lt: this.to };
    return last === '' && this.from !== '' ? { $gte: this.from, ...before } : { $gt: last, ...before };
  }
}
