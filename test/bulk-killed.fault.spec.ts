import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { eventually } from '#kernel/testing';
import { planIdOf } from '#planning';
import { recordedIn } from './support/recorded-in.js';
import { requestTo } from './support/request-to.js';
import type { Answer } from './support/request-to.js';
import { chanceOf } from './support/seeded.js';
import { StandaloneProcess } from './support/standalone-process.js';

const random = chanceOf('when the standalone is killed in the midst of commands in bulk');
const kills = 4;
const rows = 400;
/** Values of years to come, each larger than the one before. */
const doubted = ['period-has-begun', 'period-near-others', 'value-in-line', 'share-within-whole', 'sex-applies'];
const files = ['uppsala-organisation', 'uppsala-fokusmal-4', 'amn-verksamhetsplan-2025'].map((name) =>
  join(process.cwd(), 'data', `${name}.yaml`),
);

describe(`Commands in bulk whose server is killed (FAULT_SEED=${random.seed})`, () => {
  let folder: string;
  let running: StandaloneProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-bulk-'));
    running = await StandaloneProcess.start(folder, files.join());
  }, 120_000);
  afterAll(async () => {
    await running.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const ask = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> =>
    requestTo(running.url, method, path, {
      token: running.tokens['controller']!,
      headers: { 'idempotency-key': 'values-of-all-years' },
      ...(body !== undefined && { body }),
    });

  it('are recorded once each, however often they are sent again', async () => {
    const path = `/v1/plans/${planIdOf('uppsala', files[2]!.match(/([\w-]+)\.yaml$/)![1]!)}/indicators?limit=20`;
    const indicators = await eventually('the indicators of the plan', async () => {
      const { items } = (await ask('GET', path)).body as { items: { id: string }[] };
      return items.length > 0 ? items : undefined;
    });
    const values = Array.from({ length: rows }, (_, n) => ({
      indicatorId: indicators[n % indicators.length]!.id,
      period: String(2040 + Math.floor(n / indicators.length)),
      total: { value: String(n) },
    }));
    const send = () =>
      ask('POST', '/v1/indicator-values', { rows: values.map((value) => ({ ...value, confirm: doubted })) });
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill++) {
      const answer = send().catch((error: Error) => {
        // How fetch says that the connection broke.
        if (error.name !== 'TypeError') throw error;
        interrupted++;
      });
      await pause(20 + random.below(200));
      await running.end('SIGKILL');
      await answer;
      running = await StandaloneProcess.start(folder);
    }
    const first = await send();
    const again = await send();
    expect(first).toMatchObject({ status: 200, body: { recorded: rows, unchanged: 0, refused: 0 } });
    expect(again.body).toEqual(first.body);
    expect(interrupted).toBeGreaterThan(0);

    await running.end('SIGTERM');
    const recorded = (await recordedIn(folder, 'IndicatorValueRecorded')).filter(
      ({ data }) => (data['period'] as string) >= '2040',
    );
    expect(recorded).toHaveLength(rows);
    const said = recorded.map(({ data: { indicatorId, period, total } }) => ({ indicatorId, period, total }));
    expect(new Set(said.map((value) => JSON.stringify(value)))).toEqual(
      new Set(values.map((value) => JSON.stringify(value))),
    );
  }, 180_000);
});
