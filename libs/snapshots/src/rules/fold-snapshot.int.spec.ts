import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { CorruptEvent, EventCatalog } from '#kernel';
import { everyDefinition, everyEvent, goldenEvents, goldenRound, goldenTenant, record } from '../testing/golden-log.js';
import { foldSnapshot } from './fold-snapshot.js';

type GoldenEvent = ReturnType<typeof goldenEvents>[number];

describe('A fold of the log', () => {
  let folder: string;
  const opened: EventStore[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-fold-'));
  });
  afterAll(async () => {
    for (const store of opened) await store.close();
    await rm(folder, { recursive: true });
  });

  async function logOf(events: GoldenEvent[]): Promise<EventStore> {
    const store = openSqliteEventStore(join(folder, `${opened.length}.db`));
    opened.push(store);
    await record(store, events);
    return store;
  }
  const fold = (store: EventStore, catalog = everyEvent(), issue: number | 'now' = 2) =>
    foldSnapshot(store, catalog, { tenant: goldenTenant, roundId: goldenRound(), issue });

  it('reads old payloads in their newest form, also to find the plan and the bound', async () => {
    // As if events of plans had called their plan otherwise once.
    const isOld = ({ planId }: GoldenEvent['data']) => planId !== undefined;
    const old = goldenEvents().map((event): GoldenEvent => {
      const { planId, ...data } = event.data;
      return isOld(event.data) ? { ...event, data: { ...data, plan: planId! } } : event;
    });
    const oldTypes = new Set(goldenEvents().flatMap(({ data, type }) => (isOld(data) ? [type] : [])));
    const renamed = ({ plan, ...data }: GoldenEvent['data']) => ({ ...data, planId: plan! });
    const later = ({ upcast }: (typeof everyDefinition)[number]) =>
      Object.fromEntries(Object.entries(upcast).map(([from, upcaster]) => [Number(from) + 1, upcaster]));
    const catalog = new EventCatalog(
      everyDefinition.map((definition) =>
        oldTypes.has(definition.type)
          ? { ...definition, schema: definition.schema + 1, upcast: { 1: renamed, ...later(definition) } }
          : definition,
      ),
    );
    const now = await logOf(goldenEvents());
    const then = await logOf(old);
    for (const issue of [1, 2, 'now'] as const) {
      expect((await fold(then, catalog, issue)).sha256).toBe((await fold(now, everyEvent(), issue)).sha256);
    }
  });

  it('ends at an event of its plan that cannot be read, and passes over one of another plan', async () => {
    const events = goldenEvents();
    const first = events.findIndex(({ type }) => type === 'ItemReworded');
    const broken = (data: object) => {
      const { title: _, ...event } = events[first]!.data;
      const unread = {
        ...events[first]!,
        stream: `${goldenTenant}.item-unread`,
        data: { ...event, ...data, title: 7 },
      };
      return logOf([
        ...events.slice(0, first),
        { ...unread, id: events[0]!.stream.slice(-36) },
        ...events.slice(first),
      ]);
    };
    const whole = await fold(await logOf(events));
    await expect(fold(await broken({}))).rejects.toThrow(CorruptEvent);
    expect((await fold(await broken({ planId: events[0]!.id }))).sha256).toBe(whole.sha256);
  });
});
