import type { EndedState, KeptJobs } from '../jobs.port.js';
import type { BullJob, BullQueue } from './bull-job.js';
import type { JobRegister } from './job-register.js';

const dayMilliseconds = 86_400_000;
const trimmedAtOnce = 100;

/** The jobs of one queue that have ended, of which no more is kept than was said. BullMQ would leave them in the register. */
export class EndedJobs {
  readonly #trimming = new Set<EndedState>();
  readonly #again = new Set<EndedState>();

  constructor(
    private readonly queue: BullQueue,
    private readonly register: JobRegister,
    private readonly kept: KeptJobs,
  ) {}

  /** Forgets what is beyond. Where Redis does not take it, the next that ends has it forgotten. */
  trim(state: EndedState): void {
    this.#again.add(state);
    if (!this.#trimming.has(state)) void this.#trimAll(state).catch(() => undefined);
  }

  async #trimAll(state: EndedState): Promise<void> {
    this.#trimming.add(state);
    try {
      while (this.#again.delete(state)) {
        while ((await this.#trimSome(state)) === trimmedAtOnce);
      }
    } finally {
      this.#trimming.delete(state);
    }
  }

  /** @returns how many, of the oldest */
  async #trimSome(state: EndedState): Promise<number> {
    const { days, most } = this.kept[state];
    const tooOld = Date.now() - days * dayMilliseconds;
    const beyond = (await this.queue.getJobCountByTypes(state)) - most;
    const [oldest] = await this.#oldest(state, 1);
    const some = beyond > 0 ? Math.min(beyond, trimmedAtOnce) : trimmedAtOnce;
    if (!oldest || (beyond <= 0 && oldest.finishedOn! > tooOld)) return 0;
    const jobs = await this.#oldest(state, some);
    // Only what still stands where it was found: who has it retried meanwhile keeps it.
    const gone = await this.queue.clean(beyond > 0 ? 0 : Date.now() - tooOld, some, state);
    const those = new Set(gone);
    await this.register.remove(
      this.queue.name,
      jobs.filter(({ id }) => those.has(id!)),
    );
    return gone.length;
  }

  #oldest(state: EndedState, many: number): Promise<BullJob[]> {
    return this.queue.getJobs([state], 0, many - 1, true);
  }
}
