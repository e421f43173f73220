import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { idOf } from '#kernel';
import { foldSnapshot } from '../fold-snapshot.js';
import { everyEvent, goldenEvents, goldenRound, goldenTenant, record } from '../../testing/golden-log.js';
import { streamsOfLog } from '../../testing/streams-of-log.js';

type Events = ReturnType<typeof goldenEvents>;

const golden = goldenEvents(3).map((event) =>
  'rule' in event.data ? { ...event, data: { ...event.data, rule: 4 } } : event,
);
const isOfRound = ({ data }: Events[number]) => data['roundId'] === goldenRound();
const frozenAt = golden.findLastIndex((event) => event.type === 'RoundFrozen' && isOfRound(event));
const frozen = golden[frozenAt]!;
const planId = frozen.data['planId'] as string;
const [item, other] = golden.filter(({ data, type }) => type === 'ItemAdopted' && data['planId'] === planId);
const revisionId = idOf('golden revision');

/** An event that was recorded just before the freeze. */
const told = (type: string, data: object, stream: string, causationId?: string) => {
  const id = idOf('golden revision', type, stream);
  const metadata = { ...frozen.metadata, commandId: id, causationId: causationId ?? id, effectiveOn: '2025-06-01' };
  return { id, type, stream, data, metadata: { ...metadata, schema: 1 } } as unknown as Events[number];
};
const stream = `${goldenTenant}.plan-${planId}`;
const decided = told('RevisionDecided', { planId, revisionId, steps: [] }, stream);
const reword = ({ data: { itemId }, stream: of }: Events[number], title: string, causationId?: string) =>
  told('ItemReworded', { itemId, planId, title }, of, causationId);
const led = [reword(item!, 'Ny lydelse', decided.id), reword(other!, 'Också ny', decided.id)];
const closed = told('RevisionCarriedOut', { planId, revisionId, undone: [] }, stream, decided.id);
const atFreeze = (...events: Events) => golden.toSpliced(frozenAt, 0, ...events);

describe('A revision of many items, in a snapshot by rule 4', () => {
  let folder: string;
  const stores: EventStore[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-revisions-'));
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  });

  async function foldOf(events: Events, issue: number) {
    const store = openSqliteEventStore(join(folder, `${stores.length}.db`));
    stores.push(store);
    await record(store, events);
    const bound = { tenant: goldenTenant, roundId: goldenRound(), issue };
    const folded = await foldSnapshot(store, everyEvent(), bound);
    const streams = streamsOfLog(store, everyEvent());
    expect((await foldSnapshot(store, everyEvent(), bound, { streams })).sha256).toBe(folded.sha256);
    return folded.snapshot;
  }
  const titleOf = ({ items }: Awaited<ReturnType<typeof foldOf>>, { data }: Events[number]) =>
    items.find(({ itemId }) => itemId === data['itemId'])!.title;

  it('is told where it was carried out before the freeze', async () => {
    const snapshot = await foldOf(atFreeze(decided, ...led, closed), 1);
    expect([titleOf(snapshot, item!), titleOf(snapshot, other!)]).toEqual(['Ny lydelse', 'Också ny']);
  });

  it('is left to the next one where the freeze came in between, however much of it was done', async () => {
    const without = await foldOf(golden, 1);
    for (const done of [0, 1, 2]) {
      const raced = golden.toSpliced(frozenAt + 1, 0, ...led.slice(done), closed);
      const events = raced.toSpliced(frozenAt, 0, decided, ...led.slice(0, done));
      expect((await foldOf(events, 1)).items).toEqual(without.items);
      const next = await foldOf(events, 2);
      expect([titleOf(next, item!), titleOf(next, other!)]).toEqual(['Ny lydelse', 'Också ny']);
    }
  });

  it('holds nothing back of what others have recorded of its items meanwhile', async () => {
    const others = reword(item!, 'Av någon annan');
    const unclosed = atFreeze(decided, led[1]!, { ...others, id: idOf('others') });
    const snapshot = await foldOf(unclosed, 1);
    expect([titleOf(snapshot, item!), titleOf(snapshot, other!)]).toEqual([
      'Av någon annan',
      titleOf(await foldOf(golden, 1), other!),
    ]);
    const after = atFreeze(decided, led[0]!, { ...others, id: idOf('others') });
    expect(titleOf(await foldOf(after, 1), item!)).toBe('Av någon annan');
  });
});
