import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from '#jobs';
import type { StoredEvent } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { projections } from '#running/contracts';
import { chanceOf } from '../support/seeded.js';
import { SystemOnOwnServers, tenant } from '../support/system-on-own-servers.js';

const random = chanceOf('which process or server is killed, and when');
const clients = 6;
const commandsEach = 1_000;
/** How long a client rests after a command. */
const restMilliseconds = 25;
/** How many commands are acknowledged between two faults. */
const between = 12;
/** How often each of the six is killed. */
const times = 2;
const attemptMilliseconds = 8_000;
const commandMilliseconds = 60_000;

const plan = planIdOf(tenant, 'uppsala-fokusmal-4');
const items = [20, 21, 22, 23, 24, 25, 26, 27].map((number) => itemIdOf(tenant, plan, `uppdrag-${number}`));
// A body may judge an item a hundred times in a round: more than the clients can come to.
const bodies = ['amn', 'ktn', 'pbn', 'scn'].map((key) => bodyIdOf(tenant, key));

interface Receipt {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly recorded: readonly string[];
}

interface Acknowledged {
  readonly key: string;
  readonly receipt: Receipt;
}

/** Each test goes on with the system as the one before it left it. */
describe(`The whole system, whose processes and servers are killed under load (FAULT_SEED=${random.seed})`, () => {
  let system: SystemOnOwnServers;
  const acknowledged: Acknowledged[] = [];

  beforeAll(async () => {
    system = await SystemOnOwnServers.start({ apis: 2, projectors: 2, workers: 2 });
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml');
  }, 90_000);
  afterAll(() => system?.end(), 30_000);

  /** Sends a command under the same key until it is answered by something else than a fault. */
  async function command(path: string, body: unknown, key: string): Promise<{ status: number; receipt: Receipt }> {
    for (const deadline = performance.now() + commandMilliseconds; performance.now() < deadline;) {
      const answer = await system.processes
        .request('POST', `/v1/${path}`, {
          role: 'controller',
          body,
          headers: { 'idempotency-key': key },
          api: random.below(2),
          milliseconds: attemptMilliseconds,
        })
        // The connection broke, or no answer came: nobody knows what became of it.
        .catch(() => undefined);
      const conflict = answer?.body.type === 'urn:sparbar:problem:conflict';
      if (answer && answer.status < 500 && !conflict) return { status: answer.status, receipt: answer.body };
      expect(answer?.status ?? 503).toBe(conflict ? 409 : 503);
      await pause(50);
    }
    throw new Error(`The command ${key} was not answered in time`);
  }

  async function acknowledge(path: string, body: unknown): Promise<Receipt> {
    const key = randomUUID();
    const { receipt, status } = await command(path, body, key);
    expect([path, status < 300 ? 200 : status]).toEqual([path, 200]);
    acknowledged.push({ key, receipt });
    return receipt;
  }

  const parts = (): readonly { kill(): Promise<void>; restart(): Promise<void> }[] => {
    const { apis, projectors, workers } = system.processes;
    const one = <Part>(of: readonly Part[]): Part => of[random.below(of.length)]!;
    return [one(apis), one(projectors), one(workers), system.eventStore, system.documentStore, system.redis];
  };

  async function killEverythingInTurn(isLoaded: () => boolean): Promise<number> {
    let killed = 0;
    for (const part of random.shuffled(Array.from({ length: times }, parts).flat())) {
      const enough = acknowledged.length + between;
      for (const deadline = performance.now() + commandMilliseconds; acknowledged.length < enough && isLoaded();) {
        if (performance.now() > deadline) throw new Error('The system did not go on');
        await pause(5);
      }
      if (!isLoaded()) break;
      await part.kill();
      killed++;
      await pause(random.below(400));
      await part.restart();
    }
    return killed;
  }

  it('acknowledges every command in the end', async () => {
    const round = await acknowledge(`plans/${plan}/rounds`, {
      ...{ kind: 'april', year: 2024, key: 'april-2024', label: 'April 2024', scope: ['uppdrag'] },
      ...{ referenceDate: '2024-03-31', deadline: '2024-04-30', othersMayContribute: true },
    });
    let working = clients;
    const client = async (number: number) => {
      for (let sent = 0; sent < commandsEach && working > 0; sent++) {
        const turn = Math.floor(sent / 3);
        const item = items[turn % items.length]!;
        const assessment = {
          ...{
            roundId: round.id,
            bodyId: bodies[Math.floor(turn / items.length) % bodies.length]!,
            level: sent % 2 ? 'on-track' : 'delayed',
          },
          motivation: `${number}/${sent}`,
        };
        if (sent % 3 === 0) await acknowledge(`items/${item}/assessments`, assessment);
        else await acknowledge('bodies', { name: `Nämnden ${number}/${sent}`, kind: 'board' });
        await pause(restMilliseconds);
      }
      working = 0;
    };
    const load = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
    const faults = killEverythingInTurn(() => working > 0);
    // A freeze in the midst of it.
    const frozen = pause(2_000).then(() => acknowledge(`rounds/${round.id}/freeze`, { override: 'Mitt i allt' }));
    const killed = await faults;
    working = 0;
    await Promise.all([load, frozen]);
    expect(killed).toBe(6 * times);
  }, 120_000);

  it('goes on by itself until every process is ready and every projection has caught up', async () => {
    await Promise.all(system.processes.all.map((process) => process.ready(30_000)));
    await system.caughtUp(30_000);
  }, 60_000);

  it('has lost nothing that was acknowledged, and recorded nothing twice', async () => {
    const byCommand = new Map<string, StoredEvent[]>();
    const events = await system.events();
    for (const event of events) {
      const { commandId } = event.metadata;
      byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), event]);
    }
    const byPosition = new Map(events.map((event) => [event.position, event]));
    expect(acknowledged.length).toBeGreaterThan(6 * times * between);
    for (const { receipt } of acknowledged) {
      const last = byPosition.get(receipt.position);
      const recorded = byCommand.get(last!.metadata.commandId)!.map(({ type }) => type);
      expect(recorded).toEqual(receipt.recorded.length > 0 ? receipt.recorded : ['CommandChangedNothing']);
    }
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(acknowledged.map(({ receipt }) => receipt.position)).size).toBe(acknowledged.length);
    const named = events.filter(({ type }) => type === 'BodyRegistered').map(({ data }) => data['name']);
    expect(new Set(named).size).toBe(named.length);
    process.stderr.write(`${acknowledged.length} commands acknowledged, ${events.length} events recorded\n`);
  });

  it('holds documents that a replay of the log agrees with', async () => {
    const differing = await system.differing();
    expect(Object.entries(differing).filter(([, count]) => count > 0)).toEqual([]);
    expect(Object.keys(differing)).toHaveLength(projections.length);
    // Every stream of every projection is looked at.
  }, 180_000);

  it('has done each job once: one snapshot for one freeze', async () => {
    const jobs = await eventually(
      'A job that is done',
      () => system.processes.request('GET', '/v1/jobs?name=make-snapshot&limit=100', { role: 'administrator' }),
      ({ body }) => body.items.length > 0 && body.items.every(({ state }: Job) => state === 'completed'),
      60_000,
    );
    expect(jobs.body.total).toBe(1);
    const events = await system.events();
    const of = (type: string) => events.filter((event) => event.type === type);
    expect([of('RoundFrozen').length, of('SnapshotRecorded').length]).toEqual([1, 1]);
    const { snapshotId } = of('SnapshotRecorded')[0]!.data as { snapshotId: string };
    const path = `/v1/snapshots/${snapshotId}/verification`;
    const { body } = await system.processes.request('GET', path, { role: 'auditor' });
    expect(body).toMatchObject({ verdict: 'same' });
  }, 90_000);
});
