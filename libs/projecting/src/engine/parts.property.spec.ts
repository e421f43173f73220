import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Document, Stored } from '#document-store';
import type { EventStore } from '#event-store';
import { allPartitions, partitionOf, partitionOfStream } from '../partitions.js';
import { partId } from '../projection.js';
import type { Projection } from '../projection.js';
import { logOf, StoreDouble } from '../testing/doubles.js';
import type { Collections } from '../testing/doubles.js';
import { catchUpTo, lanesBeside } from '../testing/lanes.js';
import { tallyCatalog } from '../testing/tallies.js';
import type { Noted } from '../testing/tallies.js';
import { Folded } from '../verifying/folded.js';
import { StoredCheckpoints } from './checkpoints.js';
import { LostRace } from './lost-race.js';

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

const [live, building] = ['notebooks@1.1', 'notebooks@1.2'];
const bounds = fc.constantFrom(
  { touched: 1, kept: 1, atOnce: 1 },
  { touched: 2_000, kept: 1_500, atOnce: 600 },
  { touched: 2 ** 23, kept: 2 ** 23, atOnce: 2 ** 20 },
);
const noted = fc.record({
  stream: fc.constantFrom('t.a-1', 't.a-2', 'uppsala.a-1', 'sala.a-1'),
  number: fc.integer({ min: 1, max: 30 }),
});

/** The partitions of the tenants that note something. */
const partitions = ['t', 'uppsala', 'sala'].map(partitionOf);

/** Where a runner is killed, after so many steps, and what it leads until then: each time it has begun anew. */
const lives = fc.array(fc.record({ steps: fc.integer({ min: 1, max: 60 }), led: fc.subarray(partitions) }), {
  maxLength: 12,
});

const whatTheLogSays = async (log: EventStore): Promise<Map<string, Stored<Document>>> => {
  const folded = new Folded(notebooks as unknown as Projection, tallyCatalog, log);
  await folded.upTo(
    allPartitions.map(() => '9'),
    new Set(),
  );
  const said = [...folded.documents.values()];
  return new Map(said.map(({ document, id, position }) => [id, { ...document, _position: position }]));
};

describe('Documents that are derived from others', () => {
  it('are what the log says, live and built anew, whoever is killed between whichever writes, and leads whatever', async () => {
    const runner = fc.record({ batch: fc.integer({ min: 1, max: 8 }), bounds, lives });
    await fc.assert(
      fc.asyncProperty(
        fc.array(noted, { minLength: 1, maxLength: 40 }),
        runner,
        runner,
        fc.scheduler(),
        async (numbers, first, second, scheduler) => {
          const log = logOf(numbers);
          const collections: Collections = new Map();
          const run = async ({ batch, bounds, lives }: typeof first & object, name: string): Promise<void> => {
            for (const { led, steps } of [...lives, { steps: Infinity, led: partitions }]) {
              let taken = 0;
              const { store } = new StoreDouble(async () => {
                await scheduler.schedule(Promise.resolve(), name);
                if (++taken > steps) throw new Killed();
              }, collections);
              try {
                // Nothing says that another one runs: both take themselves for the only one.
                const given = { projection: notebooks as unknown as Projection, store, log, bounds, batchSize: batch };
                const lanes = await lanesBeside(led, [live, building], given);
                const ends = await Promise.allSettled(lanes.map((its) => catchUpTo(log, its, batch)));
                const failed = ends.find((end) => end.status === 'rejected');
                if (failed) throw failed.reason;
              } catch (error) {
                if (!(error instanceof Killed) && !(error instanceof LostRace)) throw error;
                // Who has lost a race begins again, however often it was to be killed.
                if (error instanceof LostRace) return run({ batch, bounds, lives: [] }, name);
              }
            }
          };
          await scheduler.waitFor(Promise.all([run(first, 'first'), run(second, 'second')]));
          const said = await whatTheLogSays(log);
          expect(collections.get(live)).toEqual(said);
          expect(collections.get(building)).toEqual(said);
          const stored = await StoredCheckpoints.read(new StoreDouble(undefined, collections).store);
          for (const partition of partitions) {
            const events = numbers.filter(({ stream }) => partitionOfStream(stream) === partition).length;
            const position = await log.head();
            expect(stored.of(partition, live)).toMatchObject({ events, position });
            expect(stored.of(partition, building)).toMatchObject({ events, position });
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
