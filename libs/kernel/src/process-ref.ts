import { hostname } from 'node:os';

/** A process of some machine. */
export interface ProcessRef {
  readonly host: string;
  readonly pid: number;
}

/** This process. */
export const thisProcess: ProcessRef = { host: hostname(), pid: process.pid };

/**
 * Whether a process is surely gone: one of this machine, which nobody needs to wait for any longer. Of one on another
 * machine that cannot be known.
 */
export function isGone({ host, pid }: ProcessRef): boolean {
  if (host !== thisProcess.host || pid === thisProcess.pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
