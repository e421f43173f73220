export interface RunningRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it with SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it in order, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a Redis of its own on the loopback, which writes to its folder before it answers. `REDIS_SERVER` names the binary.
 * @throws Error where it does not start
 */
export function startRedis(options: {
  readonly folder: string;
  /** A free one by default. */
  readonly port?: number;
  /** More of its command line. */
  readonly parameters?: readonly string[];
}): Promise<RunningRedis>;
