/** Where work is left for a worker. A key that has been given before is not given again. */
export interface JobQueue {
  enqueue(job: {
    readonly name: string;
    /** Letters, digits and hyphens. */
    readonly key: string;
    readonly data: object;
    /** Not before then; left out, at once. */
    readonly runAt?: Date;
  }): Promise<unknown>;
}

/** What a worker does with jobs of a name. A run that throws is tried again, so many times in all. */
export interface JobHandler<Data> {
  readonly name: string;
  readonly attempts: number;
  readonly backoffMilliseconds: number;
  run(data: Data): Promise<void>;
}
