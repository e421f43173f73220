import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#kernel/testing';
import { StandaloneProcess } from './support/standalone-process.js';

const patience = 60_000;

/** The standalone as it is shipped, whose start nobody waits for. */
class Starting {
  told = '';
  readonly #child: ChildProcess;

  constructor(data: string) {
    const main = join(process.cwd(), 'dist', 'apps', 'standalone', 'src', 'main.js');
    const env = { ...process.env, NODE_OPTIONS: '', HOST: '127.0.0.1', PORT: '0', SPARBAR_DATA: data };
    this.#child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.told += chunk.toString()));
    }
  }

  /** @returns its exit code */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill(signal);
      await gone;
    }
    return this.#child.exitCode;
  }
}

describe('A process that is asked to end', () => {
  let folder: string;
  let starting: Starting | undefined;
  let running: StandaloneProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-end-'));
  });
  afterEach(async () => {
    await starting?.end('SIGKILL');
    await running?.end('SIGKILL');
    starting = running = undefined;
    await rm(folder, { recursive: true });
  });

  it('ends in order at whatever moment of its start, and starts well the next time', async () => {
    const moments = [
      () => existsSync(join(folder, 'signing-key.json')),
      () => starting!.told.includes('"msg":"listening"'),
      () => starting!.told.includes('"msg":"loaded a plan file"'),
    ];
    for (const [moment, reached] of moments.entries()) {
      starting = new Starting(folder);
      await eventually(`Moment ${moment} of its start`, reached, Boolean, patience);
      const code = await starting.end('SIGTERM');
      expect({ moment, code, told: starting.told }).toMatchObject({ moment, code: 0 });
      expect(starting.told).not.toMatch(/"level":[56]0/);
    }
    running = await StandaloneProcess.start(folder);
    expect(await running.end('SIGTERM')).toBe(0);
  }, 180_000);

  it('waits for a request ten seconds and no longer, and then says that it did not end as it should', async () => {
    running = await StandaloneProcess.start(folder);
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    // Half a request: the process may not answer it, and has to wait for the rest.
    socket.on('error', () => undefined);
    socket.write(
      'POST /v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n' +
        `Authorization: Bearer ${running.tokens['controller']}\r\n\r\n{`,
    );
    await fetch(`${running.url}/health/live`);
    const from = performance.now();
    expect(await running.end('SIGTERM')).toBe(1);
    expect(performance.now() - from).toBeGreaterThan(9_000);
    socket.destroy();
  }, 180_000);
});

describe('The standalone as it is shipped', () => {
  let folder: string;
  let running: StandaloneProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-docs-'));
    running = await StandaloneProcess.start(folder);
  }, 120_000);
  afterAll(async () => {
    await running.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('serves pages at its address, and its documentation, and answers each request that it prints', async () => {
    const led = await fetch(running.url);
    expect([led.status, new URL(led.url).pathname]).toEqual([200, '/']);
    expect(await led.text()).toContain('Fortsätt som revisor');
    const requests = [...running.output.matchAll(/^curl .* "(http\S+)"$/gm)].map(([, url]) => url!);
    expect(requests).toHaveLength(3);
    for (const url of requests) {
      const headers = { authorization: `Bearer ${running.tokens['auditor']}` };
      expect({ url, status: (await fetch(url, { headers })).status }).toEqual({ url, status: 200 });
    }
    const openApi = await fetch(`${running.url}/v1/openapi.json`);
    expect(Object.keys(((await openApi.json()) as { paths: object }).paths).length).toBeGreaterThan(50);
    for (const path of ['/v1/docs', '/v1/docs/explore.js', '/v1/docs/swagger-ui-bundle.js']) {
      expect({ path, status: (await fetch(`${running.url}${path}`)).status }).toEqual({ path, status: 200 });
    }
  }, 120_000);

  it('ends at once though a connection is kept alive after its last answer', async () => {
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
    await once(socket, 'data');
    expect(await running.end('SIGTERM')).toBe(0);
    socket.destroy();
  }, 180_000);
});
