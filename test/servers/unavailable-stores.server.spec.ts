import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#kernel/testing';
import { requestTo } from '../support/request-to.js';
import type { Answer } from '../support/request-to.js';
import type { OwnServer } from '../support/own-server.js';
import { SystemOnOwnServers } from '../support/system-on-own-servers.js';

/** No caller waits longer for the answer that a store is not there. */
const answerMilliseconds = 8_000;
const recoveryMilliseconds = 30_000;

type Store = 'eventStore' | 'documentStore' | 'redis';

describe('A system whose store does not answer', () => {
  let system: SystemOnOwnServers;
  let number = 0;

  beforeAll(async () => {
    system = await SystemOnOwnServers.start();
    await system.load('uppsala-organisation.yaml');
  }, 90_000);
  afterEach(async () => {
    for (const server of [system.eventStore, system.documentStore, system.redis]) await server.heal();
  }, 30_000);
  afterAll(() => system?.end(), 30_000);

  const bounded = { milliseconds: answerMilliseconds };
  const command = () =>
    system.processes.request('POST', '/v1/bodies', {
      ...bounded,
      role: 'controller',
      body: { name: `Nämnden ${++number}`, kind: 'board' },
    });
  const query = () => system.processes.request('GET', '/v1/bodies?limit=1', { ...bounded, role: 'reader' });
  const replay = async () => {
    const history = `/v1/items/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}?asOf=2025-01-01`;
    return system.processes.request('GET', history, { ...bounded, role: 'auditor' });
  };
  const rebuild = () =>
    system.processes.request('POST', '/v1/projections/bodies/rebuild', { ...bounded, role: 'administrator' });
  const readiness = (of: 'apis' | 'projectors' | 'workers') =>
    requestTo(system.processes[of][0]!.url, 'GET', '/health/ready', bounded);

  const needs: Record<string, { readonly ask: () => Promise<Answer>; readonly stores: readonly Store[] }> = {
    'a command': { ask: command, stores: ['eventStore'] },
    'a query': { ask: query, stores: ['documentStore'] },
    'a replay': { ask: replay, stores: ['eventStore'] },
    'a rebuild': { ask: rebuild, stores: ['eventStore', 'documentStore', 'redis'] },
    'readiness of the API': { ask: () => readiness('apis'), stores: ['documentStore'] },
    'readiness of the projector': { ask: () => readiness('projectors'), stores: ['eventStore', 'documentStore'] },
    'readiness of the worker': { ask: () => readiness('workers'), stores: ['eventStore', 'documentStore', 'redis'] },
  };

  const ways: readonly (readonly [Store, 'killed' | 'frozen'])[] = [
    ['eventStore', 'killed'],
    ['eventStore', 'frozen'],
    ['documentStore', 'killed'],
    ['documentStore', 'frozen'],
    ['redis', 'killed'],
    ['redis', 'frozen'],
  ];

  it.each(ways)(
    'because the %s is %s says so in time, does what it can without it, and goes on by itself',
    async (store, how) => {
      const pids = system.processes.all.map(({ pid }) => pid);
      const server: OwnServer = system[store];
      await (how === 'killed' ? server.kill() : server.freeze());
      // Twice: what is learnt at the first failure must not make the next caller wait.
      for (let time = 1; time <= 2; time++) {
        await Promise.all(
          Object.entries(needs).map(async ([what, { ask, stores }]) => {
            const { body, headers, status } = await ask();
            if (stores.includes(store)) {
              expect([what, status, headers.get('retry-after')]).toEqual([what, 503, expect.stringMatching(/^\d+$/)]);
              expect(body).toMatchObject({ type: 'urn:sparbar:problem:store-unavailable', status: 503 });
            } else {
              expect([what, status < 500, body]).toEqual([what, true, expect.anything()]);
            }
          }),
        );
      }
      if (store === 'eventStore') {
        expect((await readiness('apis')).body).toMatchObject({ status: 'ready', commands: 'waiting' });
      }
      for (const { url } of system.processes.all) {
        expect((await requestTo(url, 'GET', '/health/live', bounded)).status).toBe(200);
      }
      if (how === 'killed') await server.restart();
      else server.thaw();
      for (const [what, { ask }] of Object.entries(needs)) {
        await eventually(what, ask, ({ status }) => status < 500, recoveryMilliseconds);
      }
      const position = await eventually('A command', () => system.registerBody(`Åter ${++number}`), Boolean);
      const waiting = () =>
        system.processes.request('GET', `/v1/bodies?limit=1&waitFor=${position}`, { role: 'reader' });
      await eventually('What was recorded', waiting, ({ status }) => status === 200, recoveryMilliseconds);
      await system.caughtUp();
      expect(system.processes.all.map(({ pid }) => pid)).toEqual(pids);
    },
    90_000,
  );
});
