import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from '#document-store';
import { openMongoDocumentStore } from '#document-store/mongodb';
import { eventually } from '#kernel/testing';
import type { AppProcess } from '../support/app-process.js';
import { SystemOnOwnServers } from '../support/system-on-own-servers.js';

const leaseMilliseconds = 10_000;
const partitions = 16;

type Division = Document & {
  readonly runners: Readonly<Record<string, { readonly pid: number }>>;
  readonly leases: Readonly<Record<string, string>>;
};

/** Each test goes on with the system as the one before it left it. */
describe('Two projectors', () => {
  let system: SystemOnOwnServers;
  let documents: ReturnType<typeof openMongoDocumentStore>;
  let one: AppProcess;
  let other: AppProcess;
  let number = 0;

  beforeAll(async () => {
    system = await SystemOnOwnServers.start({ projectors: 2 });
    [one, other] = system.processes.projectors as [AppProcess, AppProcess];
    documents = openMongoDocumentStore(system.documentStore.url);
    await system.load('uppsala-organisation.yaml');
  }, 90_000);
  afterAll(async () => {
    await documents?.close();
    await system?.end();
  }, 30_000);

  /** How many partitions each process leads. */
  async function ledBy(...processes: readonly AppProcess[]): Promise<number[]> {
    const { leases, runners } = (await documents.get<Division>('leases', 'partitions'))!;
    const pids = Object.values(leases).map((runner) => runners[runner]?.pid);
    return processes.map(({ pid }) => pids.filter((led) => led === pid).length);
  }

  /** They are shared by what they had to do lately: once that is forgotten, about evenly. */
  const share = (milliseconds?: number) =>
    eventually(
      `An even division of ${partitions}`,
      () => ledBy(one, other),
      ([first, second]) => first! + second! === partitions && Math.abs(first! - second!) <= partitions / 4,
      milliseconds,
    );

  const leadsAll = (milliseconds?: number) =>
    eventually(
      `A division of 0 and ${partitions}`,
      () => ledBy(one, other),
      ([first, second]) => first === 0 && second === partitions,
      milliseconds,
    );

  /** Registers a body, and waits until every projection holds it. */
  async function goOn(): Promise<void> {
    const position = await system.registerBody(`Nämnden ${++number}`);
    await eventually(
      'What was recorded',
      () => system.processes.request('GET', `/v1/bodies?limit=1&waitFor=${position}`, { role: 'reader' }),
      ({ status }) => status === 200,
    );
  }

  const nothingDiffers = async () =>
    expect(Object.values(await system.differing()).filter((differing) => differing > 0)).toEqual([]);

  it('share the partitions', async () => {
    await share();
    await goOn();
  }, 40_000);

  it('each take over what the other led when that is killed, without waiting for its lease', async () => {
    const from = performance.now();
    await one.kill();
    await leadsAll();
    expect(performance.now() - from).toBeLessThan(leaseMilliseconds);
    await goOn();
    await one.restart();
    await share();
    await goOn();
    await nothingDiffers();
  }, 60_000);

  it('do no harm where one was paused past its lease and goes on', async () => {
    one.freeze();
    const loaded = async () => {
      for (let sent = 0; sent < 20; sent++) await system.registerBody(`Under pausen ${++number}`);
    };
    await loaded();
    await leadsAll(3 * leaseMilliseconds);
    await goOn();
    await loaded();
    one.thaw();
    // It may still hold what it had folded before the pause: whatever it writes of it is refused, or the same.
    await loaded();
    await goOn();
    await share();
    await goOn();
    await nothingDiffers();
  }, 90_000);

  it('end in order and leave what they led to whoever is there', async () => {
    expect(await one.stop(leaseMilliseconds)).toBe(0);
    await leadsAll(leaseMilliseconds);
    await goOn();
  }, 40_000);
});
