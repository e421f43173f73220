import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#kernel/testing';
import { AppProcess } from './support/app-process.js';
import { commandLine } from './support/command-line.js';
import { MongoDouble } from './support/mongo-double.js';
import { runSparbar } from './support/sparbar-command.js';
import { secret, tracesOfSecret } from './support/secret.mjs';

interface Ended {
  readonly code: unknown;
  readonly printed: string;
}

const start = (env: Record<string, string>, app = 'api'): Promise<Ended> =>
  new Promise((resolve) => {
    const main = join(process.cwd(), 'dist', 'apps', app, 'src', 'main.js');
    const options = { env: { ...process.env, NODE_OPTIONS: '', ...env }, timeout: 30_000 };
    execFile(process.execPath, [main], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, printed: stdout + stderr }),
    );
  });

describe('A process whose environment cannot be used', () => {
  const user = `sparbar:${encodeURIComponent(secret)}`;

  it.each([
    `kurrentdb://${user}@[::1]:2113`,
    `kurrentdb://sparbar:${secret}@one`,
    `kurrentdb://${user}@one?tlsCaFile=/nowhere/ca.pem`,
  ])('ends with 78, names each variable, and prints no password (%#)', async (url) => {
    const { code, printed } = await start({ PORT: 'x', EVENT_STORE_URL: url });
    expect(code).toBe(78);
    expect(printed).toMatch(/PORT must be/);
    expect(printed).toMatch(/EVENT_STORE_URL (must|names|has|cannot)/);
    expect(tracesOfSecret.some((trace) => printed.includes(trace))).toBe(false);
  });

  it('ends with 78 and names every plan file that cannot be loaded, and loads none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-plans-'));
    const plans = ['data/uppsala-organisation.yaml', join(folder, 'missing.yaml'), folder].join(',');
    const env = { PORT: '0', SPARBAR_DATA: join(folder, 'data'), SPARBAR_PLANS: plans };
    const { code, printed } = await start(env, 'standalone');
    await rm(folder, { recursive: true });
    expect(code).toBe(78);
    expect(printed).toContain(`SPARBAR_PLANS names what cannot be loaded: There is no ${join(folder, 'missing.yaml')}`);
    expect(printed).toContain(`SPARBAR_PLANS names what cannot be loaded: ${folder} cannot be used: it is a folder`);
    expect(printed).not.toContain('loaded a plan file');
  });

  // Linux answers of its own files that there is no such place, however often it is asked.
  (existsSync('/proc/self') ? it : it.skip)(
    'ends with 78 where its folder can never be made, in the language of whoever starts it',
    async () => {
      const { code, printed } = await start({ SPARBAR_DATA: '/proc/none', LC_ALL: 'sv_SE.UTF-8' }, 'standalone');
      expect(code).toBe(78);
      expect(printed).toContain(
        'SPARBAR_DATA kan inte hysa lagren: /proc/none kan inte användas: där kan ingenting skapas',
      );
    },
  );

  it('is told by the command line with what it does not understand', async () => {
    const to = `kurrentdb://${user}@one?tls=tru`;
    const said = await runSparbar('', '', 'copy', '--from', 'sqlite:nowhere.db', '--to', to);
    expect(said.exitCode).toBe(2);
    expect(said.stderr).toMatch(/--to must give tls as true or false/);
    expect(tracesOfSecret.some((trace) => said.stderr.includes(trace))).toBe(false);
  });
});

/** A double of a Redis that takes nobody's password. */
async function startStrictRedis() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const _command of chunk.toString().matchAll(/^\*\d+\r$/gm)) {
        socket.write('-WRONGPASS invalid username-password pair or user is disabled.\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

describe('A process that MongoDB and Redis (doubles) refuse', () => {
  const password = encodeURIComponent(secret);
  let folder: string;
  let mongo: MongoDouble;
  let redis: Awaited<ReturnType<typeof startStrictRedis>>;
  let api: AppProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-refused-'));
    expect((await commandLine('keys', folder)).exitCode).toBe(0);
    const refusal = { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' };
    mongo = await MongoDouble.start({ answers: (name) => (/^sasl/.test(name) ? refusal : undefined) });
    redis = await startStrictRedis();
  }, 60_000);
  afterAll(async () => {
    await api?.kill();
    redis.stop();
    await mongo.stop();
    await rm(folder, { recursive: true });
  });

  it('says so in its log and in its readiness, and prints neither password', async () => {
    api = await AppProcess.start({
      app: 'api',
      env: {
        SPARBAR_JWKS_FILE: join(folder, 'jwks.json'),
        EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
        DOCUMENT_STORE_URL: `mongodb://sparbar:${password}@${mongo.address}/sparbar`,
        JOBS_URL: `redis://:${password}@127.0.0.1:${redis.port}`,
      },
    });
    const said = async () => `${await (await fetch(`${api!.url}/health/ready`)).text()}\n${api!.log.join('\n')}`;
    const printed = await eventually(
      'both to be named',
      said,
      (text) => /sign in|does not accept/i.test(text) && /redis/i.test(text),
      30_000,
    );
    expect(tracesOfSecret.filter((trace) => printed.includes(trace))).toEqual([]);
    expect(printed).not.toContain(password);
  }, 90_000);
});
