import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { until } from '#kernel/testing';
import { SigningKey } from '#running/signing-key';
import { requestTo } from '../support/request-to.js';
import { StandaloneProcess } from '../support/standalone-process.js';

/** Needs no server; it is run where nothing else runs beside it, because it compares times. */
describe('A tenant that floods', () => {
  let folder: string;
  let standalone: StandaloneProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-flood-'));
    standalone = await StandaloneProcess.start(folder, '', { SPARBAR_LOG_LEVEL: 'silent' });
  });
  afterAll(async () => {
    await standalone.end('SIGTERM');
    await rm(folder, { recursive: true });
  });

  /** How long the slowest in a hundred answers took, in milliseconds, of so many one after the other. */
  async function slowest(token: string, requests = 120): Promise<number> {
    const took: number[] = [];
    for (let each = 0; each < requests; each++) {
      const from = performance.now();
      const { status } = await requestTo(standalone.url, 'GET', '/v1/bodies', { token });
      took.push(performance.now() - from);
      // One that is refused would be quick for the wrong reason.
      expect(status).toBe(200);
      // Far fewer a second than the tenant's share, however quick the answers are.
      await pause(15);
    }
    return took.sort((a, b) => a - b)[Math.floor(requests * 0.99) - 1]!;
  }

  /** 500 requests a second over 10 connections, from a process of its own: none of them is refused at the rates as shipped. */
  function flood(token: string): { readonly end: () => Promise<void> } {
    const command = join(process.cwd(), 'node_modules', 'autocannon', 'autocannon.js');
    const options = ['-c', '10', '-R', '500', '-d', '60', '-H', `authorization=Bearer ${token}`];
    const child = spawn(process.execPath, [command, ...options, `${standalone.url}/v1/bodies`], {
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const gone = once(child, 'exit');
    const end = async () => {
      child.kill('SIGKILL');
      await gone;
    };
    return { end };
  }

  const middle = (figures: readonly number[]): number => [...figures].sort((a, b) => a - b)[figures.length >> 1]!;

  it('leaves the slowest answers of another within twice what they take in quiet, at the rates as shipped', async () => {
    const key = await SigningKey.in(folder);
    const token = (tenant: string) => key.token(tenant, { id: 'someone', role: 'reader' });
    const [loud, quiet] = [await token('uppsala'), await token('umea')];
    const [inQuiet, inFlood]: [number[], number[]] = [[], []];
    await slowest(quiet, 20);
    for (let pair = 0; pair < 5; pair++) {
      inQuiet.push(await slowest(quiet));
      const before = await answered();
      const flooding = flood(loud);
      try {
        await until(async () => (await answered()) > before + 100);
        const from = await answered();
        inFlood.push(await slowest(quiet));
        // What was compared with is a flood that was let in.
        expect((await answered()) - from).toBeGreaterThan(5 * 120);
      } finally {
        await flooding.end();
      }
    }
    // A turn of the processor on a busy machine is no answer's fault.
    expect(middle(inFlood)).toBeLessThan(2 * middle(inQuiet) + 15);
  }, 180_000);

  /** How many requests for bodies were answered so far, of whomever. */
  async function answered(): Promise<number> {
    const { body } = await requestTo(standalone.url, 'GET', '/metrics');
    const counts =
      /^sparbar_http_request_duration_seconds_count\{method="GET",route="\/v1\/bodies",status="200"\} (\d+)$/m;
    return Number(counts.exec(body as string)?.[1] ?? 0);
  }
});
