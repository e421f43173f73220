import { describe, expect, it } from '@jest/globals';
import { ReadModelsBehind } from '#projecting';
import type { ProjectionAdmin, ReadModels } from '#projecting';
import type { EventStore } from '#event-store';
import { StandingHandler, StandingQuery } from './coverage.queries.js';
import type { CoverageReader } from './coverage-reader.js';

const head = '00000000000000000412';

/** Asks for a standing where the read models are a double that has come to the head, or waits for it in vain. */
function ask(parked: string, come = true) {
  const waited: string[] = [];
  const readModels = {
    get: () => Promise.resolve(undefined),
    waitFor: (position: string) => {
      waited.push(position);
      return come ? Promise.resolve() : Promise.reject(new ReadModelsBehind(position, ['item-status']));
    },
  } as unknown as ReadModels;
  const log = { head: () => Promise.resolve(head) } as unknown as EventStore;
  const admin = { status: () => Promise.resolve([{ name: parked, state: 'parked' }]) } as unknown as ProjectionAdmin;
  const handler = new StandingHandler(log, admin, readModels, {} as CoverageReader);
  return { answer: handler.execute(new StandingQuery('uppsala', 'round')), waited };
}

describe('What a decision on a round rests on', () => {
  it('is the whole log: it waits for the documents to hold it', async () => {
    const { answer, waited } = ask('item-history', false);
    await expect(answer).rejects.toThrow(ReadModelsBehind);
    expect(waited).toEqual([head]);
  });

  it('is no document that is parked, whereas others may be', async () => {
    await expect(ask('item-status').answer).rejects.toThrow(/item-status had not come/);
    await expect(ask('item-history').answer).rejects.toThrow(/no round/);
  });
});
