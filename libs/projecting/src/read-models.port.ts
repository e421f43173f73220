import type { Document, Filter, FindOptions } from '#document-store';
import type { Projection } from './projection.js';

/** What readers see of the projections: the documents of the collection that is live, whichever version that is. */
export abstract class ReadModels {
  /** Whether documents answer that were made of a log which another one was accepted in the place of. */
  abstract readonly ofAnotherLog: boolean;

  abstract get<D extends Document>(projection: Projection<D, never, Document>, id: string): Promise<D | undefined>;
  abstract getMany<D extends Document>(
    projection: Projection<D, never, Document>,
    ids: readonly string[],
  ): Promise<D[]>;
  abstract find<D extends Document>(
    projection: Projection<D, never, Document>,
    filter: Filter,
    options?: FindOptions,
  ): Promise<D[]>;
  abstract count<D extends Document>(projection: Projection<D, never, Document>, filter: Filter): Promise<number>;

  /**
   * Whether what a tenant has recorded is told by documents of these versions of projections, as far as the documents of the
   * first have come. Not so while an older version answers, or documents of a projection are made for the first time.
   */
  abstract areMade(projections: readonly Pick<Projection, 'name' | 'version'>[], tenant: string): Promise<boolean>;

  /**
   * Resolves when the documents of a projection tell as much of what a tenant has recorded as those of another one do, whichever
   * version of either answers: not before, where they are made for the first time. One that is parked is not waited for. Bounded.
   * @throws ReadModelsBehind where they do not within the time
   */
  abstract waitForDocuments(
    projection: Pick<Projection, 'name'>,
    other: Pick<Projection, 'name'>,
    waiting: Required<Pick<Waiting, 'tenant'>> & Waiting,
  ): Promise<void>;

  /**
   * Resolves when every projection has come to the position. Bounded.
   * @throws ReadModelsBehind where they have not within the time
   */
  abstract waitFor(position: string, waiting?: Waiting): Promise<void>;
}

/** What is waited for, and for how long. */
export interface Waiting {
  /** Only what this tenant has recorded; what all tenants have where it is left out, which takes longer. */
  readonly tenant?: string;
  /** Five seconds by default. */
  readonly milliseconds?: number;
}
