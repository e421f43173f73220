import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import type { EventCatalog, StoredEvent } from '#kernel';
import { StoreUnavailable } from '#kernel';
import { Replay } from '#projecting';
import { LoadsUnderWay } from './loads-under-way.js';

const [load, plan, other] = ['a-load', 'a-plan', 'another-plan'];
type Told = readonly [type: string, data: object];

/** On a log of one stream, while the documents are away. */
const onLog = (...told: readonly Told[]) => {
  const events = told.map(
    ([type, data], revision) =>
      ({
        type,
        ...{ data: { loadId: load, ...data }, stream: 'uppsala.load-a-load', revision, position: String(revision) },
        metadata: { tenant: 'uppsala', recordedAt: '2025-04-01T08:00:00.000Z' },
      }) as unknown as StoredEvent,
  );
  const pages = [events, []];
  const log = {
    head: () => Promise.resolve('9'),
    readAll: () => Promise.resolve(pages.shift()!),
    readStream: () => Promise.resolve(events),
  } as unknown as EventStore;
  const replay = new Replay(log, { decode: (one: StoredEvent) => one } as unknown as EventCatalog);
  const away = { waitFor: () => Promise.reject(new StoreUnavailable('documents', new Error('away'))) };
  return new LoadsUnderWay(log, replay, {} as never, away as never);
};

describe('Loads that are being taken back, while the documents are away', () => {
  const begun: Told = ['LoadBegun', { planId: plan }];
  const decided: Told = ['LoadTakeBackDecided', { steps: [], kept: 0 }];

  it('are told by the log: of their plan, or of every plan where they are about no single one', async () => {
    expect(await onLog(begun, decided).underWayFor('uppsala', plan)).toBe(load);
    expect(await onLog(begun, decided).underWayFor('uppsala', other)).toBeUndefined();
    expect(await onLog(['LoadBegun', {}], decided).underWayFor('uppsala', other)).toBe(load);
  });

  it('are none where nothing was decided, or it was carried out', async () => {
    expect(await onLog(begun, ['LoadListed', {}]).underWayFor('uppsala', plan)).toBeUndefined();
    const carriedOut: Told = ['LoadTakenBack', { undone: [] }];
    expect(await onLog(begun, decided, carriedOut).underWayFor('uppsala', plan)).toBeUndefined();
  });
});
