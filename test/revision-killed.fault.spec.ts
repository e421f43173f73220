import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { startOfLog } from '#kernel';
import { eventually } from '#kernel/testing';
import { planIdOf } from '#planning';
import { recordedIn } from './support/recorded-in.js';
import { requestTo } from './support/request-to.js';
import type { Answer } from './support/request-to.js';
import { chanceOf } from './support/seeded.js';
import { smallPlan } from './support/small-plan.js';
import { StandaloneProcess } from './support/standalone-process.js';

const random = chanceOf('between which events of a revision the standalone is killed');
const kills = 2;
const steps = 240;
const plan = planIdOf('uppsala', 'plan');

describe(`A revision whose process is killed (FAULT_SEED=${random.seed})`, () => {
  let folder: string;
  let running: StandaloneProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-revision-'));
    await writeFile(join(folder, 'plan.yaml'), smallPlan(1, 10));
    running = await StandaloneProcess.start(folder, join(folder, 'plan.yaml'));
  }, 60_000);
  afterAll(async () => {
    await running.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const ask = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> =>
    requestTo(running.url, method, path, {
      token: running.tokens['controller']!,
      headers: { 'idempotency-key': 'one-revision' },
      ...(body !== undefined && { body }),
    });
  /** How many items of the revision are in the log, also while a process writes to it. */
  const adopted = async (): Promise<number> => {
    const store = openSqliteEventStore(join(folder, 'events.db'));
    const events = await store.readAll({ after: startOfLog, limit: 2_000 });
    await store.close();
    return events.filter(({ metadata, type }) => type === 'ItemAdopted' && metadata.causationId !== metadata.commandId)
      .length;
  };

  it('is carried out to its end by the next, each step once, whatever two events it was killed between', async () => {
    const asked = Array.from({ length: steps }, (_, nth) => ({
      key: `nytt-${nth}`,
      kind: 'uppdrag',
      title: `Nytt ${nth}`,
    }));
    const revision = { steps: asked.map((item) => ({ command: 'AdoptItem', asked: item })) };
    // Its answer is lost with the process.
    const lost = ask('POST', `/v1/plans/${plan}/revisions`, revision).then(
      () => undefined,
      (error: Error) => error,
    );
    const seen: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const before = seen.at(-1) ?? 0;
      const wanted = before + 1 + random.below(Math.ceil((steps - before) / 4));
      await eventually('So many of its events', adopted, (count) => count >= wanted);
      await running.end('SIGKILL');
      await lost;
      seen.push(await adopted());
      running = await StandaloneProcess.start(folder);
    }
    expect(seen.some((count) => count > 0 && count < steps)).toBe(true);

    await eventually(
      'The end of the revision',
      () => ask('GET', `/v1/plans/${plan}`),
      ({ body }) => body.revisionUnderWay === undefined,
    );
    expect(await ask('POST', `/v1/plans/${plan}/revisions`, revision)).toMatchObject({
      body: { isCarriedOut: true, undone: 0 },
    });
    await running.end('SIGTERM');
    const keys = (await recordedIn(folder, 'ItemAdopted')).map(({ data }) => data['key'] as string);
    expect(keys.filter((key) => key.startsWith('nytt-')).sort()).toEqual(asked.map(({ key }) => key).sort());
    expect(await recordedIn(folder, 'RevisionDecided')).toHaveLength(1);
    expect(await recordedIn(folder, 'RevisionCarriedOut')).toMatchObject([{ data: { undone: [] } }]);
  }, 120_000);
});
