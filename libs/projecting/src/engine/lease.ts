import { hostname } from 'node:os';
import type { Document, DocumentStore } from '#document-store';
import type { Clock } from '#kernel';

const collection = 'leases';

interface LeaseDocument extends Document {
  readonly version: number;
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  /** RFC 3339. */
  readonly until: string;
}

/** The right to run the projections, for a while at a time. One owner has it. */
export class Lease {
  #held: LeaseDocument | undefined;

  constructor(
    private readonly store: DocumentStore,
    private readonly clock: Clock,
    private readonly owner: string,
    private readonly milliseconds: number,
  ) {}

  /** Takes the lease or makes it last longer. @returns whether it is ours */
  async take(): Promise<boolean> {
    const current = await this.store.get<LeaseDocument>(collection, 'projector');
    const now = this.clock.now();
    if (current && current.owner !== this.owner && current.until > now.toISOString() && !isDead(current)) {
      this.#held = undefined;
      return false;
    }
    const next: LeaseDocument = {
      _id: 'projector',
      version: (current?.version ?? 0) + 1,
      owner: this.owner,
      host: hostname(),
      pid: process.pid,
      until: new Date(now.getTime() + this.milliseconds).toISOString(),
    };
    const taken = await this.store.compareAndSet(collection, next, current?.version);
    this.#held = taken ? next : undefined;
    return taken;
  }

  /** Lets the next one have it at once. */
  async release(): Promise<void> {
    if (!this.#held) return;
    const released = { ...this.#held, until: this.clock.now().toISOString(), version: this.#held.version + 1 };
    await this.store.compareAndSet(collection, released, this.#held.version);
    this.#held = undefined;
  }
}

/** Whether the owner was a process of this machine that is gone: then nobody needs to wait for its time to pass. */
function isDead({ host, pid }: LeaseDocument): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
