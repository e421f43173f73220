import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as ask } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { eventually, until } from '#kernel/testing';
import { planIdOf } from '#planning';
import { SigningKey } from '#running/signing-key';
import { DescribedAnswers } from '../support/described-answers.js';
import type { DescribedApi } from '../support/described-answers.js';
import { DescribedOperations } from '../support/hostile/described-operations.js';
import * as hostile from '../support/hostile/hostile-requests.js';
import type { HostileRequest } from '../support/hostile/hostile-requests.js';
import { StandaloneProcess } from '../support/standalone-process.js';

const longest = 2_000;
const mostBytes = 64 * 1024;
const mostMegabytes = 100;
const atOnce = 4;

/** Needs no server; it is run where nothing else runs beside it, because it says how long answers take. */
describe('Whatever is sent to the API', () => {
  let folder: string;
  let standalone: StandaloneProcess;
  let operations: DescribedOperations;
  let described: DescribedAnswers;
  /** Of each role, until it is known which an operation takes. */
  let tokens: readonly string[];
  let other: string;
  let before: number;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const trickling: Socket[] = [];
  const permitted = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-hostile-'));
    const plans = ['uppsala-organisation', 'uppsala-fokusmal-4', 'amn-verksamhetsplan-2025', 'amn-scenario-2025'];
    standalone = await StandaloneProcess.start(folder, plans.map((name) => join('data', `${name}.yaml`)).join(), {
      SPARBAR_LOG_LEVEL: 'silent',
      SPARBAR_RATE_TOKEN: '0',
      SPARBAR_RATE_TENANT: '0',
      SPARBAR_RATE_ADDRESS: '0',
    });
    const key = await SigningKey.in(folder);
    const roles = ['controller', 'administrator', 'auditor'] as const;
    tokens = await Promise.all(roles.map((role) => key.token('uppsala', { id: role, role })));
    other = await key.token('umea', { id: 'another', role: 'reader' });
    const document = JSON.parse((await send(get('/v1/openapi.json'))).text) as DescribedApi;
    described = new DescribedAnswers(document);
    operations = new DescribedOperations(document, await knownIds());
    // Whoever sends may do what he asks for; and what is loaded when it is first needed is there.
    for (const operation of operations.all) {
      const { method, path } = operation;
      for (const by of tokens) {
        const { status } = await send({ what: '', method, path: operations.pathOf(operation) }, by);
        if (status !== 403) permitted.set(`${method} ${path}`, by);
      }
    }
    expect(permitted.size).toBe(operations.all.length);
    for (let each = 0; each < 20; each++) trickling.push(trickle());
    before = megabytes();
  }, 120_000);
  afterAll(async () => {
    agent.destroy();
    for (const socket of trickling) socket.destroy();
    await standalone.end('SIGTERM');
    await rm(folder, { recursive: true });
  });

  const get = (path: string): HostileRequest => ({ what: '', method: 'GET', path });

  /** The id of one of each kind of thing that there is, by the name that parameters have. */
  async function knownIds(): Promise<Record<string, string>> {
    const all = async (path: string, by = tokens[0]): Promise<{ id: string; kind: string }[]> => {
      const { status, text } = await send(get(`/v1/${path}`), by);
      if (status !== 200) throw new Error(`${path}: ${text}`);
      return JSON.parse(text).items;
    };
    const first = async (path: string, by?: string) => (await all(path, by))[0]!.id;
    const plan = planIdOf('uppsala', 'amn-verksamhetsplan-2025');
    const rounds = await all(`plans/${plan}/rounds`);
    const [frozen, open] = [rounds[0]!.id, rounds[1]!.id];
    await command(`rounds/${frozen}/freeze`, { override: 'Brådskar' });
    await until(async () => (await all(`rounds/${frozen}/snapshots`)).length === 1);
    const item = await first(`plans/${plan}/items?kind=uppdrag`);
    return {
      ...{ planId: plan, itemId: item, parentId: item, roundId: open, name: 'item-status' },
      bodyId: await first('bodies'),
      groupId: await first('groups'),
      scaleId: await first('scales'),
      indicatorId: await first(`plans/${plan}/indicators`),
      snapshotId: await first(`rounds/${frozen}/snapshots`),
      jobId: await first('jobs', tokens[1]),
    };
  }

  async function command(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const sent = { what: '', method: 'POST', path: `/v1/${path}`, headers, body: JSON.stringify(body) };
    const { status, text } = await send(sent);
    expect([path, status, text]).toEqual([path, expect.any(Number), expect.not.stringContaining('problem')]);
  }

  /** A connection whose body never ends. */
  function trickle(): Socket {
    const socket = connect(Number(new URL(standalone.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const head = ['POST /v1/bodies HTTP/1.1', 'Host: x', `Authorization: Bearer ${tokens[0]}`];
    socket.write([...head, 'Content-Type: application/json', 'Content-Length: 1000', '', '{'].join('\r\n'));
    const timer = setInterval(() => socket.write(' '), 500);
    socket.once('close', () => clearInterval(timer));
    return socket;
  }

  function send({ body, headers, method, path }: HostileRequest, by = tokens[0]) {
    const from = performance.now();
    const given = Object.entries({ authorization: `Bearer ${by}`, ...headers }).filter(
      ([, value]) => value !== undefined,
    );
    return new Promise<{ status: number; headers: Headers; took: number; text: string }>((resolve, reject) => {
      const sent = ask(standalone.url + path, {
        agent,
        method,
        headers: Object.fromEntries(given),
      });
      sent.setTimeout(30_000, () => sent.destroy(new Error('no answer in 30 s')));
      // What is refused before it was read ends its connection while it is sent.
      sent.on('error', reject).on('response', (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject).on('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: new Headers(answer.headers as Record<string, string>),
            took: performance.now() - from,
            text: Buffer.concat(pieces).toString(),
          }),
        );
      });
      sent.end(body);
    });
  }

  async function faultsOf(request: HostileRequest): Promise<string[]> {
    try {
      const { headers, status, text, took } = await send(
        request,
        permitted.get(`${request.method} ${request.operation}`),
      );
      const isJson = /json/.test(headers.get('content-type') ?? '');
      const body = isJson && text !== '' ? JSON.parse(text) : text;
      described.check(request.method, request.path, { status, headers, body });
      return [
        ...(status >= 500 ? [`${status} ${text.slice(0, 300)}`] : []),
        ...(status >= 400 && !/^application\/problem\+json/.test(headers.get('content-type') ?? '')
          ? ['no problem']
          : []),
        ...(status >= 400 && Buffer.byteLength(text) >= mostBytes ? [`${text.length} characters`] : []),
        ...(took > longest ? [`${Math.round(took)} ms`] : []),
      ];
    } catch (error) {
      const { code, message } = error as Error & { code?: string };
      const isRefusedUnread = (code === 'EPIPE' || code === 'ECONNRESET') && (request.body?.length ?? 0) > 100_000;
      return isRefusedUnread ? [] : [message.slice(0, 500)];
    }
  }

  /** What is not as it should be of the answers to all of these, a few at a time, while another tenant is served. */
  async function sendAll(requests: readonly HostileRequest[]): Promise<void> {
    const faults: string[] = [];
    const left = requests.values();
    const sender = async () => {
      for (const request of left) {
        const place = `${request.method} ${request.path.slice(0, 200)} with ${request.what.slice(0, 200)}`;
        for (const fault of await faultsOf(request)) faults.push(`${place}: ${fault}`);
      }
    };
    const served = serving();
    await Promise.all(Array.from({ length: atOnce }, sender));
    const slowest = await served.slowest();
    expect(faults).toEqual([]);
    expect(slowest).toBeLessThan(longest);
  }

  it('is answered by what is wrong with it, in every path and query', async () => {
    await sendAll(hostile.withOtherParameters(operations));
  }, 240_000);

  it('… in headers', async () => {
    await sendAll(hostile.withOtherHeaders(operations));
  }, 240_000);

  it('… as a body of every kind, to every route that takes one', async () => {
    await sendAll(hostile.withOtherBodies(operations));
  }, 240_000);

  it('… as a plan file', async () => {
    for (const file of hostile.withOtherFiles()) await sendAll([file]);
  }, 240_000);

  it('… at every place of every body', async () => {
    await sendAll(hostile.withSwappedValues(operations));
  }, 240_000);

  it('… and leaves the process about as large as it was', async () => {
    // What nobody holds any more is given back when the process has nothing else to do.
    await eventually('As little memory', megabytes, (held) => held - before < mostMegabytes);
  });

  /** Asks for another tenant until it is told to end; gives how long the slowest answer took. */
  function serving(): { readonly slowest: () => Promise<number> } {
    let isOver = false;
    const asking = (async () => {
      let slowest = 0;
      while (!isOver) {
        const { status, took } = await send(get('/v1/bodies'), other);
        expect(status).toBe(200);
        slowest = Math.max(slowest, took);
        await pause(20);
      }
      return slowest;
    })();
    const slowest = () => {
      isOver = true;
      return asking;
    };
    return { slowest };
  }

  /** What the process holds. */
  const megabytes = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${standalone.pid}/status`, 'utf8'))![1]) / 1024;
});
