import type { NewJob } from '#jobs';

/** Work that the log says is to be done. A queue may lose its jobs: what is due is asked of those who know the log. */
export interface DueWork {
  /** The jobs of what is due and not known to be done, the oldest first; of very many the first alone. */
  due(): Promise<readonly NewJob[]>;

  /**
   * Learns which of the due jobs have completed, and that those are done. Where it is left out, what is still due has not
   * been done whatever became of its job, and the job is given another run.
   */
  settle?(completed: readonly NewJob[]): Promise<void>;

  /** Whether a rule may say no to it: a job that failed is then an answer rather than a trouble. */
  readonly mayBeRefused: boolean;
}
