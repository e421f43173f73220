import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { snapshotIdOf } from '#snapshots';
import { FrozenRound } from './support/frozen-round.js';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const round = roundIdOf(tenant, plan, 'augusti-2025');
const otherPlan = planIdOf(tenant, 'en-annan-plan');
const item = itemIdOf(tenant, plan, 'uppdrag-1');
const made = snapshotIdOf(tenant, round, 1);

describe('Requests that read the log', () => {
  let system: RunningSystem;
  let reader: string;
  let stranger: string;
  let head: string;
  const get = (url: string, token = reader) => system.request('GET', `/v1/${url}`, token);

  beforeAll(async () => {
    system = await RunningSystem.start();
    [reader, stranger] = [await system.token('reader'), await system.token('reader', { of: 'umea' })];
    await system.load(...plans);
    const frozen = new FrozenRound(system.stores, tenant, round, plan, '2026-12-01T09:00:00.000Z');
    await frozen.freeze([{ bodyId: bodyIdOf(tenant, 'ks'), itemIds: [item] }], 'Brådskar');
    await allMade();
  }, 60_000);
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => system.stop());

  const caughtUp = async () => {
    head = await system.stores.eventStore.head();
    const isThere = async () => (await get(`plans?waitFor=${head}`)).status === 200 || undefined;
    await eventually('the read models to have caught up', isThere, Boolean, 60_000);
  };

  /** Nothing is left to do that would read the log. */
  async function allMade(): Promise<void> {
    const isMade = ({ state }: { state: string }) => state === 'made';
    const areMade = async () => {
      const { items } = (await get(`rounds/${round}/snapshots`)).body;
      return (items.length > 0 && items.every(isMade)) || undefined;
    };
    await eventually('the snapshots to be made', areMade, (made) => made !== undefined, 60_000);
    await caughtUp();
  }

  /** How often the log is read for a request, and how many events it gives. */
  async function costOf(url: string, status: number): Promise<{ reads: number; events: number }> {
    const cost = { reads: 0, events: 0 };
    const { eventStore } = system.stores;
    for (const name of ['readAll', 'readStream'] as const) {
      const read = eventStore[name].bind(eventStore) as (...asked: unknown[]) => Promise<unknown[]>;
      jest.spyOn(eventStore, name).mockImplementation((async (...asked: unknown[]) => {
        const events = await read(...asked);
        cost.reads++;
        cost.events += events.length;
        return events;
      }) as never);
    }
    expect((await get(url)).status).toBe(status);
    jest.restoreAllMocks();
    return cost;
  }

  /** Has the log grow by events of the tenant that have nothing to do with the plan. */
  async function grow(events: number): Promise<void> {
    const nothing = { parents: [], responsible: [], documents: [], expectedEffects: [] };
    const envelope = (id: string): EventEnvelope => ({
      ...{ id: newId(), type: 'ItemAdopted' },
      data: { itemId: id, planId: otherPlan, kind: 'uppdrag', title: `Uppdrag ${id}`, ...nothing },
      metadata: {
        ...{ tenant, schema: 1, recordedAt: '2026-12-02T09:00:00.000Z', effectiveOn: '2026-12-02', commandId: id },
        ...{ actor: { id: 'a', role: 'controller' }, commandDigest: '0', correlationId: id, causationId: id },
      },
    });
    for (let left = events; left > 0; left -= 100) {
      const ids = Array.from({ length: 100 }, () => newId());
      await Promise.all(
        ids.map((id) => system.stores.eventStore.append(`${tenant}.item-${id}`, [envelope(id)], 'no-stream')),
      );
    }
    await caughtUp();
  }

  const bounded: [what: string, url: string, status: number][] = [
    ['an id that leads nowhere', `snapshots/${newId()}`, 404],
    ['the verification of an id that leads nowhere', `snapshots/${newId()}/verification`, 404],
    ['the comparison of an id that leads nowhere', `snapshots/${newId()}/comparison`, 404],
    ['a snapshot', `snapshots/${made}`, 200],
    ['the content of one', `snapshots/${made}/content`, 200],
    ['the report on one', `snapshots/${made}/report`, 200],
    ['the comparison of one with itself', `snapshots/${made}/comparison?with=${made}`, 200],
    ['the snapshots of a round', `rounds/${round}/snapshots`, 200],
    ['a round', `rounds/${round}`, 200],
    ['the verification of a snapshot', `snapshots/${made}/verification`, 200],
    ['the comparison of one with what is known now', `snapshots/${made}/comparison`, 200],
    ['the coverage of a round', `rounds/${round}/coverage`, 200],
    ['an item', `items/${item}`, 200],
    ['an item as of a day', `items/${item}?asOf=2025-05-01`, 200],
    ['the history of an item', `items/${item}/history`, 200],
    ['a plan as of a day', `plans/${plan}?asOf=2025-05-01`, 200],
    ['the items of a plan as of a day', `plans/${plan}/items?asOf=2025-05-01`, 200],
    ['the overview of a plan as of a day', `plans/${plan}/overview?asOf=2025-05-01`, 200],
    ['what changed in a plan', `plans/${plan}/changes?from=2024-01-01&to=2027-01-01`, 200],
  ];

  it('cost the same however long the log is', async () => {
    const costs = async () => {
      const found: Record<string, unknown> = {};
      for (const [what, url, status] of bounded) found[what] = await costOf(url, status);
      return found;
    };
    const before = await costs();
    expect(before['an id that leads nowhere']).toEqual({ reads: 0, events: 0 });
    await grow(2_000);
    expect(await costs()).toEqual(before);
  }, 120_000);

  it('find a snapshot by its id as soon as it was frozen', async () => {
    const frozen = new FrozenRound(system.stores, tenant, round, plan, '2026-12-03T09:00:00.000Z');
    await frozen.reissue(2, 'En sen bedömning');
    expect((await get(`snapshots/${snapshotIdOf(tenant, round, 2)}`)).body).toMatchObject({ issue: 2 });
    expect((await get(`snapshots/${made}`, stranger)).status).toBe(404);
    await allMade();
  }, 60_000);

  /** Holds readings of the log back until they are let go, and counts those that came. */
  function held(name: 'readAll' | 'readStream', isHeld: (options: { limit?: number }) => boolean = () => true) {
    const { eventStore } = system.stores;
    const read = eventStore[name].bind(eventStore) as (...asked: unknown[]) => Promise<unknown>;
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const counted = { reads: 0, letGo: () => letGo() };
    jest.spyOn(eventStore, name).mockImplementation((async (...asked: unknown[]) => {
      if (isHeld(asked.at(-1) ?? {})) {
        counted.reads++;
        await gate;
      }
      return read(...asked);
    }) as never);
    return counted;
  }
  /** The pages of streams, as folds read them. */
  const heldFolds = () => held('readStream', ({ limit = 1 }) => limit > 1);
  const streamsAtOnce = 16;

  it('take turns where they fold the log, and too many of one tenant are refused, not those of another', async () => {
    const log = heldFolds();
    const url = `snapshots/${made}/comparison`;
    const first = get(url);
    await eventually('the first fold', () => log.reads === streamsAtOnce || undefined);
    const waiting = Array.from({ length: 12 }, () => get(url));
    const refused = await Promise.race(waiting);
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:too-busy' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(log.reads).toBe(streamsAtOnce);
    // Wrong ids cost nothing also then, and neither does what is kept.
    expect((await get(`snapshots/${newId()}/verification`)).status).toBe(404);
    expect((await get(`snapshots/${made}/content`)).status).toBe(200);
    const auditor = await system.token('auditor', { of: 'umea' });
    const whole = held('readAll');
    const foreign = system.request('POST', '/v1/projections/rounds/verify', auditor);
    await eventually('the fold of another tenant', () => whole.reads === 1 || undefined);
    whole.letGo();
    log.letGo();
    expect((await first).status).toBe(200);
    expect((await foreign).status).toBe(200);
    const statuses = (await Promise.all(waiting)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(4).fill(200), ...Array(8).fill(503)]);
  }, 60_000);

  it('end where the caller hangs up, and let the next begin', async () => {
    const log = heldFolds();
    const url = new URL(`/v1/snapshots/${made}/comparison`, await system.app.getUrl());
    const server = system.app.getHttpServer();
    const closed = once(server, 'connection').then(([socket]) => once(socket as Socket, 'close'));
    const caller = request(url, { agent: false, headers: { authorization: `Bearer ${reader}` } }).on('error', () => {});
    caller.end();
    await eventually('the fold', () => log.reads === streamsAtOnce || undefined);
    const next = get(`snapshots/${made}/comparison`);
    caller.destroy();
    await closed;
    log.letGo();
    expect((await next).status).toBe(200);
    // What was asked for already for who hung up, and every page for who stayed.
    jest.restoreAllMocks();
    const whole = heldFolds();
    whole.letGo();
    expect((await get(`snapshots/${made}/comparison`)).status).toBe(200);
    expect(whole.reads).toBeGreaterThan(streamsAtOnce);
    expect(log.reads).toBe(streamsAtOnce + whole.reads);
  }, 60_000);
});
