import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { later } from './dated.js';
import type { Dated } from './dated.js';
import { stepOn, stepsAfter, withStep } from './dated-series.js';
import type { DatedSeries, DatedStep } from './dated-series.js';
import { copied } from './folding.js';

const days = ['2025-01-01', '2025-01-02', '2025-03-31', '2025-12-31', '2027-01-01'];
const day = fc.constantFrom(...days);
/** Values in the order in which they are recorded: each says its revision. */
const recorded = fc
  .array(day, { maxLength: 12 })
  .map((since) => since.map((on, revision): DatedStep<number> => ({ since: on, revision, value: revision })));

const seriesOf = (steps: readonly DatedStep<number>[]): DatedSeries<number> =>
  steps.reduce((series: DatedSeries<number>, step) => withStep(series, step, copied), []);

describe('A series of what was said of days', () => {
  it('counts on a day what was recorded last of the newest day up to it', () => {
    fc.assert(
      fc.property(recorded, day, (steps, asked) => {
        const seen = steps.filter(({ since }) => since <= asked);
        const newest = seen
          .map(({ since }) => since)
          .sort()
          .at(-1);
        expect(stepOn(seriesOf(steps), asked)).toEqual(seen.findLast(({ since }) => since === newest));
      }),
    );
  });

  it('counts of one day what was said last, and of that what was recorded last', () => {
    const said = fc.record({
      since: fc.constantFrom(...days.slice(0, 2)),
      said: fc.constantFrom(undefined, -3, 0, 40),
    });
    fc.assert(
      fc.property(
        fc.array(said, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...days.slice(0, 2)),
        (all, asked) => {
          const steps = all.map(({ since, said: after }, revision): DatedStep<number> => ({
            ...{ since, revision, value: revision },
            ...(after !== undefined && { said: after }),
          }));
          const ofDay = steps.filter(({ since }) => since === asked);
          fc.pre(ofDay.length > 0);
          const last = Math.max(...ofDay.map((one) => one.said ?? 0));
          const counting = ofDay.findLast((one) => (one.said ?? 0) === last);
          expect(stepOn(seriesOf(steps), asked)).toEqual(counting);
          expect(ofDay.reduce<Dated<number> | undefined>(later, undefined)).toEqual(counting);
        },
      ),
    );
  });

  it('tells what is to count after a day, each day once', () => {
    fc.assert(
      fc.property(recorded, day, (steps, asked) => {
        const series = seriesOf(steps);
        const told = days.filter((on) => on > asked && steps.some(({ since }) => since === on));
        expect(stepsAfter(series, asked)).toEqual(told.map((on) => stepOn(series, on)));
      }),
    );
  });

  it('leaves nothing out, and the series before as it was', () => {
    fc.assert(
      fc.property(recorded, (steps) => {
        const before = seriesOf(steps.slice(0, -1));
        const kept = [...before];
        expect(seriesOf(steps)).toHaveLength(steps.length);
        expect(before).toEqual(kept);
      }),
    );
  });
});
