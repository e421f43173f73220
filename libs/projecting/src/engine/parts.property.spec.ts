import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document, Stored } from '#document-store';
import type { EventStore } from '#event-store';
import { partId } from '../projection.js';
import type { Projection } from '../projection.js';
import { logOf, StoreDouble } from '../testing/doubles.js';
import type { Collections } from '../testing/doubles.js';
import { tallyCatalog } from '../testing/tallies.js';
import type { Noted } from '../testing/tallies.js';
import { Folded } from '../verifying/folded.js';
import { LostRace } from './bookkeeping.js';
import { LogFollower } from './log-follower.js';
import { ProjectionRun } from './projection-run.js';

interface Head extends Document {
  readonly notes: number;
  readonly sum: number;
}

interface Entry extends Document {
  readonly number: number;
  readonly before: number;
}

interface Page extends Document {
  readonly numbers: readonly number[];
}

const notesOnPage = 3;
const pageOf = (stream: string, note: number) => partId(stream, `page-${Math.floor(note / notesOnPage)}`);

/** A head for each stream, an entry for each event, and pages whose key only the head tells. */
const notebooks: Projection<Head, Noted, Entry | Page> = {
  name: 'notebooks',
  version: 1,
  on: {
    Noted: {
      key: ({ stream }) => stream,
      evolve: (head, { data, stream }) => ({
        _id: stream,
        notes: (head?.notes ?? 0) + 1,
        sum: (head?.sum ?? 0) + data.number,
      }),
      derive: ({ after, before }, { data }) => {
        const append = (page: Entry | Page | undefined, id: string): Page => ({
          _id: id,
          numbers: [...((page as Page | undefined)?.numbers ?? []), data.number],
        });
        const id = pageOf(after._id, after.notes);
        const earlier = pageOf(after._id, Math.max(0, after.notes - notesOnPage));
        return [
          { document: { _id: partId(after, `entry-${after.notes}`), number: data.number, before: before?.sum ?? 0 } },
          { id, evolve: (page) => append(page, id) },
          // Twice in one event, and sometimes twice the same.
          ...(data.number % 3 === 0 ? [{ id: earlier, evolve: (page?: Entry | Page) => append(page, earlier) }] : []),
        ];
      },
    },
  },
};

class Killed extends Error {}

const collection = 'notebooks@1.1';
const bounds = fc.constantFrom(
  { touched: 1, kept: 1, atOnce: 1 },
  { touched: 2_000, kept: 1_500, atOnce: 600 },
  { touched: 2 ** 23, kept: 2 ** 23, atOnce: 2 ** 20 },
);
const noted = fc.record({
  stream: fc.constantFrom('t.a-1', 't.a-2', 't.a-3'),
  number: fc.integer({ min: 1, max: 30 }),
});

/** Where a runner is killed: after so many steps, each time it has begun anew. */
const kills = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });

const whatTheLogSays = async (log: EventStore): Promise<Map<string, Stored<Document>>> => {
  const folded = new Folded(notebooks as unknown as Projection, tallyCatalog, log);
  await folded.upTo('9', new Set());
  const said = [...folded.documents.values()];
  return new Map(said.map(({ document, id, position }) => [id, { ...document, _position: position }]));
};

describe('Documents that are derived from others', () => {
  it('are what the log says, whoever is killed between whichever writes, and whoever else runs', async () => {
    const runner = fc.record({ batch: fc.integer({ min: 1, max: 8 }), bounds, kills });
    await fc.assert(
      fc.asyncProperty(
        fc.array(noted, { minLength: 1, maxLength: 40 }),
        runner,
        runner,
        fc.scheduler(),
        async (numbers, first, second, scheduler) => {
          const log = logOf(numbers);
          const collections: Collections = new Map();
          const run = async ({ batch, bounds, kills }: typeof first & object, name: string): Promise<void> => {
            for (const lifetime of [...kills, Infinity]) {
              let steps = 0;
              const seen = new StoreDouble(async () => {
                await scheduler.schedule(Promise.resolve(), name);
                if (++steps > lifetime) throw new Killed();
              }, collections);
              const projecting = new ProjectionRun(
                notebooks as unknown as Projection,
                collection,
                seen.store,
                () => new Date(0),
                bounds,
              );
              try {
                await projecting.resume();
                // Nothing says that another one runs: both take themselves for the only one.
                const follower = new LogFollower(
                  log,
                  tallyCatalog,
                  [projecting],
                  async () => {},
                  () => {},
                  batch,
                );
                await follower.catchUp(new AbortController().signal);
                return;
              } catch (error) {
                if (!(error instanceof Killed) && !(error instanceof LostRace)) throw error;
                // Who has lost a race begins again, however often it was to be killed.
                if (error instanceof LostRace) return run({ batch, bounds, kills: [] }, name);
              }
            }
          };
          await scheduler.waitFor(Promise.all([run(first, 'first'), run(second, 'second')]));
          expect(collections.get(collection)).toEqual(await whatTheLogSays(log));
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
