import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordedIn } from './support/recorded-in.js';
import { chanceOf } from './support/seeded.js';
import { StandaloneProcess } from './support/standalone-process.js';

const random = chanceOf('when the standalone is killed');
const kills = 8;
const workers = 8;
/** After so long a caller has got no answer. */
const patienceMilliseconds = 15_000;

interface Attempt {
  readonly key: string;
  readonly name: string;
}

describe(`A standalone that is killed at random moments under load (FAULT_SEED=${random.seed})`, () => {
  let folder: string;
  let running: StandaloneProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-killed-'));
  });
  afterAll(async () => {
    await running.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('has every acknowledged command once, and documents that agree with the log', async () => {
    const acknowledged = new Map<string, { id: string; position: string }>();
    const unanswered: Attempt[] = [];
    let made = 0;
    for (let kill = 0; kill < kills; kill++) {
      running = await StandaloneProcess.start(folder);
      const killAt = Date.now() + 20 + random.below(400);
      let alive = true;
      const load = Array.from({ length: workers }, async () => {
        while (alive) {
          const again = unanswered.pop();
          const attempt = again ?? { key: `kill-${made}`, name: `Nämnd ${made++}` };
          const receipt = await register(running, attempt);
          if (receipt) acknowledged.set(attempt.name, receipt);
          else {
            unanswered.push(attempt);
            return;
          }
        }
      });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, killAt - Date.now())));
      await running.end('SIGKILL');
      alive = false;
      await Promise.all(load);
    }

    running = await StandaloneProcess.start(folder);
    // A caller that got no answer asks again with the same key, and learns what became of it.
    for (const attempt of unanswered) {
      const receipt = (await register(running, attempt)) ?? (await register(running, attempt));
      acknowledged.set(attempt.name, receipt!);
    }
    const verified = await verify(running);
    expect(await running.end('SIGTERM')).toBe(0);

    const recorded = await recordedIn(folder, 'BodyRegistered');
    expect(acknowledged.size).toBeGreaterThan(kills);
    expect(new Set(recorded.map(({ data }) => data['name'])).size).toBe(recorded.length);
    expect(recorded).toHaveLength(made);
    for (const [name, { id, position }] of acknowledged) {
      expect(recorded.find(({ data }) => data['name'] === name)).toMatchObject({ data: { bodyId: id }, position });
    }
    expect(verified.map(({ differing }) => differing)).toEqual(verified.map(() => 0));
    expect(verified.find(({ name }) => name === 'bodies')!.documents).toBe(made);
  }, 120_000);
});

/** The receipt, or undefined where there was no answer: the process died before it, or is told of here as too slow. */
async function register(
  standalone: StandaloneProcess,
  { key, name }: Attempt,
): Promise<{ id: string; position: string } | undefined> {
  try {
    const answer = await fetch(`${standalone.url}/v1/bodies`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${standalone.tokens['controller']}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ name, kind: 'board' }),
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { id: string; position: string };
  } catch (error) {
    const { name: kind } = error as Error;
    if (kind === 'TimeoutError') tellOfSilence(standalone, `POST /v1/bodies (${key})`);
    // How fetch says that the connection broke.
    if (kind === 'TimeoutError' || kind === 'TypeError') return undefined;
    throw error;
  }
}

async function verify(
  standalone: StandaloneProcess,
): Promise<{ name: string; differing: number; documents: number }[]> {
  const ask = async (path: string, method = 'GET') => {
    const headers = { authorization: `Bearer ${standalone.tokens['administrator']}` };
    const once = async () => {
      const signal = AbortSignal.timeout(patienceMilliseconds);
      return (await fetch(`${standalone.url}${path}`, { method, headers, signal })).json();
    };
    try {
      return await once();
    } catch (error) {
      if ((error as Error).name !== 'TimeoutError') throw error;
      tellOfSilence(standalone, `${method} ${path}`);
      return once();
    }
  };
  const { items: statuses } = (await ask('/v1/projections')) as { items: { name: string; head: string }[] };
  await ask(`/v1/bodies?waitFor=${statuses[0]!.head}`);
  const verified = [];
  for (const { name } of statuses) verified.push(await ask(`/v1/projections/${name}/verify`, 'POST'));
  return verified as { name: string; differing: number; documents: number }[];
}

function tellOfSilence({ errors, pid }: StandaloneProcess, asked: string): void {
  process.stderr.write(`No answer to ${asked} within ${patienceMilliseconds} ms from process ${pid}:\n${errors()}\n`);
}
