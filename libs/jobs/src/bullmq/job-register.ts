import type { ChainableCommander, Redis } from 'ioredis';
import type { Owners } from '../jobs.port.js';
import type { BullJob } from './bull-job.js';

/** A job in the register. */
export interface Registered {
  readonly id: string;
  /** The list that it stands in, and the text by which it does. */
  readonly list: string;
  readonly member: string;
}

/**
 * Which jobs there are, by name and owner, the newest last: BullMQ knows no owners, and has no order across its states. A
 * list is a sorted set without scores, whose members begin with the UUIDv7 of the call that enqueued the job.
 *
 * It follows the queues and never leads them: a job is entered once it is there, and again whenever it is asked for, and
 * whoever meets a member whose job is gone takes it out.
 */
export class JobRegister {
  constructor(
    private readonly client: Redis,
    private readonly prefix: string,
  ) {}

  /** The names that jobs have. */
  names(): Promise<string[]> {
    return this.client.smembers(this.#key('names'));
  }

  /** Enters a name. Its queue may only then be given jobs. */
  async addName(name: string): Promise<void> {
    const isNew = await this.client.sadd(this.#key('names'), name);
    if (isNew === 1) await this.markWhole(name);
  }

  /** Whether it holds all jobs of a name, and not only those that were enqueued since there is a register. */
  async isWhole(name: string): Promise<boolean> {
    return (await this.client.sismember(this.#key('registered'), name)) === 1;
  }

  async markWhole(name: string): Promise<void> {
    await this.client.sadd(this.#key('registered'), name);
  }

  async add(name: string, jobs: readonly BullJob[]): Promise<void> {
    const adding = this.client.pipeline();
    for (const job of jobs) {
      adding.sadd(this.#key(`owners.${name}`), job.data.tenant ?? '');
      adding.zadd(this.#listOf(name, job.data.tenant), 0, memberOf(job));
    }
    await answersOf(adding);
  }

  async remove(name: string, jobs: readonly BullJob[]): Promise<void> {
    const removing = this.client.pipeline();
    for (const job of jobs) removing.zrem(this.#listOf(name, job.data.tenant), memberOf(job));
    await answersOf(removing);
  }

  /** Takes out what has no job any more. */
  async forget(gone: readonly Registered[]): Promise<void> {
    const removing = this.client.pipeline();
    for (const { list, member } of gone) removing.zrem(list, member);
    await answersOf(removing);
  }

  /** How many jobs of some names and owners there are, and the newest of them, newest first. @param most all, where it is left out */
  async newest(
    names: readonly string[],
    owners: Owners | undefined,
    most?: number,
  ): Promise<{ readonly total: number; readonly found: readonly Registered[] }> {
    const lists = (await Promise.all(names.map((name) => this.#listsOf(name, owners)))).flat();
    const counting = this.client.pipeline();
    const reading = this.client.pipeline();
    for (const list of lists) {
      counting.zcard(list);
      reading.zrevrange(list, 0, most === undefined ? -1 : most - 1);
    }
    const [counts, read] = await Promise.all([answersOf<number>(counting), answersOf<string[]>(reading)]);
    const found = read.flatMap((members, at) => members.map((member) => registered(lists[at]!, member)));
    found.sort((one, other) => (one.member < other.member ? 1 : -1));
    return { total: counts.reduce((sum, count) => sum + count, 0), found: found.slice(0, most) };
  }

  async #listsOf(name: string, owners: Owners | undefined): Promise<string[]> {
    const known = owners ?? (await this.client.smembers(this.#key(`owners.${name}`)));
    return known.map((owner) => this.#listOf(name, owner ?? ''));
  }

  #listOf(name: string, owner = ''): string {
    return this.#key(`register.${name}.${owner}`);
  }

  /** No queue has such a key: the names of jobs have no dots, and the keys of their queues three parts. */
  #key(of: string): string {
    return `${this.prefix}:${of}`;
  }
}

const memberOf = ({ data: { enqueuedBy }, id }: BullJob): string => `${enqueuedBy} ${id}`;

const registered = (list: string, member: string): Registered => ({
  id: member.slice(member.indexOf(' ') + 1),
  list,
  member,
});

/** @throws what the first command that failed was answered with */
async function answersOf<Answer>(commands: ChainableCommander): Promise<Answer[]> {
  const answers = commands.length === 0 ? [] : ((await commands.exec()) ?? []);
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer as Answer;
  });
}
