import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '#kernel';
import { StoreUnavailable } from '#kernel';
import { LoadsUnderWay } from './loads-under-way.js';

const [load, plan, other] = ['a-load', 'a-plan', 'another-plan'];
const event = (type: string, data: object): StoredEvent =>
  ({ type, data: { loadId: load, ...data }, position: '1' }) as unknown as StoredEvent;

/** On a log, while the documents are away. */
const onLog = (...events: readonly StoredEvent[]) => {
  const pages = [events, []];
  const log = { head: () => Promise.resolve('9'), readAll: () => Promise.resolve(pages.shift()!) };
  const away = { waitFor: () => Promise.reject(new StoreUnavailable('documents', new Error('away'))) };
  const catalog = { decode: (one: StoredEvent) => one };
  return new LoadsUnderWay(log as never, catalog as never, {} as never, away as never);
};

describe('Loads that are being taken back, while the documents are away', () => {
  const begun = event('LoadBegun', { planId: plan });
  const decided = event('LoadTakeBackDecided', {});

  it('are told by the log: of their plan, or of every plan where they are about no single one', async () => {
    expect(await onLog(begun, decided).underWayFor('uppsala', plan)).toBe(load);
    expect(await onLog(begun, decided).underWayFor('uppsala', other)).toBeUndefined();
    expect(await onLog(event('LoadBegun', {}), decided).underWayFor('uppsala', other)).toBe(load);
  });

  it('are none where nothing was decided, or it was carried out', async () => {
    expect(await onLog(begun, event('BodyRegistered', {})).underWayFor('uppsala', plan)).toBeUndefined();
    expect(await onLog(begun, decided, event('LoadTakenBack', {})).underWayFor('uppsala', plan)).toBeUndefined();
  });
});
