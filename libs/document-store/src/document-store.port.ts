/**
 * A plain JSON document. `_id` is its key within its collection. Fields that begin with an underscore are the store's
 * own. Numbers are JSON's: every safe integer comes back whole. Names of fields hold no dot and begin with no `$`; what
 * is undefined is left out. It takes at most 16,000,000 bytes as MongoDB counts them (BSON), goes at most 100 levels deep,
 * and its `_id` has 1 to 500 characters. What breaks this, every store refuses (`DocumentRefused`).
 */
export interface Document {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** A comparison of one field. */
export type Condition =
  | string
  | number
  | boolean
  | null
  | {
      readonly $in?: readonly (string | number)[];
      readonly $ne?: string | number | boolean | null;
      readonly $gt?: string | number;
      readonly $gte?: string | number;
      readonly $lt?: string | number;
      readonly $lte?: string | number;
      readonly $exists?: boolean;
      /** A text that holds this one, letter by letter. Asked of what holds texts alone. */
      readonly $includes?: string;
    };

/** The subset of MongoDB's filters that every adapter answers alike. Fields are paths such as `current.level`; a path through an array matches where an element does. */
export interface Filter {
  readonly [field: string]: Condition | readonly Filter[] | undefined;
  readonly $and?: readonly Filter[];
  readonly $or?: readonly Filter[];
}

export interface FindOptions {
  /** Fields and directions in order of weight. Ties fall by `_id`. Text sorts by code unit: store a sort key where readers see the order. */
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
  readonly skip?: number;
}

/** A write that counts only where the stored document is older. */
export interface GuardedWrite {
  /** The whole new document. */
  readonly document: Document;
  /** The log's position up to which the document holds every event. */
  readonly position: string;
}

/** A document as it was read. */
export type Stored<D extends Document> = D & {
  /** The position that the guarded write came with; the empty text where the document was not written so. */
  readonly _position: string;
};

/**
 * Fields by which documents are found or sorted. An indexed field holds one text or number in every document, or is missing.
 * An index costs nothing for documents that lack its first field, and serves only questions that compare that one.
 *
 * For a list that is read in pages, name first what is always compared with one value, then what it is sorted by, `_id` last
 * of it, and then what some questions compare beside that: whatever is asked for, only the documents of the page are read.
 */
export interface IndexDefinition {
  readonly fields: readonly string[];
  /**
   * The one of the fields that is a list of texts, if one is: by each of them the document is found, where the question
   * compares the fields before it with one value each. It is not the first, and nothing is sorted by it.
   */
  readonly list?: string;
}

/**
 * Read models and checkpoints: everything in it can be made again from the log. Every adapter passes the one contract
 * suite (`describeDocumentStore`). Every method throws `StoreUnavailable` where the store does not answer, and
 * `StoreRefused` where it does not let the user of the URL do what was asked.
 */
export interface DocumentStore {
  get<D extends Document>(collection: string, id: string): Promise<Stored<D> | undefined>;

  /** Those that exist, in no order. */
  getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<Stored<D>[]>;

  find<D extends Document>(collection: string, filter: Filter, options?: FindOptions): Promise<Stored<D>[]>;

  count(collection: string, filter: Filter): Promise<number>;

  /**
   * Replaces whole documents. A write whose `position` is not greater than the one the document was last written with
   * changes nothing. Where one document comes several times, its writes count one after the other.
   * @returns how many of the writes came through
   * @throws DocumentRefused where a document cannot be kept. Nothing is written then, unless the store has a reason of its
   * own: those that it takes may have been written
   */
  replaceMany(collection: string, writes: readonly GuardedWrite[]): Promise<number>;

  /**
   * Writes one document if the stored one still has the given version: the way of checkpoints and leases.
   * @param expected the `version` field of the stored document; undefined where there must be none
   * @param document holds a `version` of its own
   * @returns whether it was written
   * @throws DocumentRefused where the document cannot be kept
   */
  compareAndSet(
    collection: string,
    document: Document & { readonly version: number },
    expected: number | undefined,
  ): Promise<boolean>;

  /** Makes the indexes that are missing. Safe to repeat. */
  ensureIndexes(collection: string, indexes: readonly IndexDefinition[]): Promise<void>;

  /** Removes a collection with its indexes. No error where there is none. */
  drop(collection: string): Promise<void>;

  /** The names of the collections that exist. */
  collections(): Promise<string[]>;

  close(): Promise<void>;
}
