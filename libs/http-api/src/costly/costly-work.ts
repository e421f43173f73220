import { FairQueue } from './fair-queue.js';

const second = 1_000;

/**
 * What a request may ask for that costs much, and how much of it a process does at once. Everything else costs what its own
 * answer is worth, however long the log is: one aggregate's stream, or a page of documents.
 */
export class CostlyWork {
  /**
   * Folds of a log: a snapshot that is verified, compared with what is known now, or made again where its bytes are lost;
   * documents that are compared with the log. Each costs what the log is long.
   */
  readonly folds = new FairQueue({ atOnce: 2, waiting: 4, patience: 30 * second });

  /** Whole plans told from the streams of their items: as of a moment, or by what changed in them. */
  readonly replays = new FairQueue({ atOnce: 8, waiting: 32, patience: 10 * second });

  /** Plan files: each is rehearsed on the streams of everything that it names, and then loaded. */
  readonly imports = new FairQueue({ atOnce: 2, waiting: 4, patience: 30 * second });

  /** Commands in bulk: each costs what it would alone, and there may be a thousand of them. */
  readonly bulks = new FairQueue({ atOnce: 4, waiting: 8, patience: 30 * second });

  /** What is made of the bytes of a snapshot: a page, a table, a workbook, a comparison. Each costs what the snapshot is large. */
  readonly reports = new FairQueue({ atOnce: 3, waiting: 16, patience: 30 * second });
}
