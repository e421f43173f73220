import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '#kernel';
import type { Directory } from '#reading';
import { describeRecord } from './describe-record.js';
import type { EventOfRecord } from './event-of-plan.js';
import { planHistory } from './plan-history.projection.js';
import type { StoryEntry, StoryHead } from './plan-history.projection.js';
import { recordEntriesOf } from './record-entry.js';

const directory = { body: () => ({ name: 'Arbetsmarknadsnämnden' }) } as unknown as Directory;
const recorded = (type: EventOfRecord['type'], data: object, revision: number) =>
  ({
    id: `event-${revision}`,
    stream: 'uppsala.plan-plan',
    type,
    data: { planId: 'plan', indicatorId: 'indicator', roundId: 'round', ...data },
    metadata: {
      recordedAt: '2025-04-08T12:00:00.000Z',
      effectiveOn: '2025-04-08',
      actor: { id: 'a', role: 'controller' },
      commandId: 'c',
    },
    revision,
    position: String(revision).padStart(20, '0'),
  }) as unknown as RecordedEvent<EventOfRecord>;
interface Dated {
  /** The day that is spoken of. */
  readonly of: string;
  /** The day that is attested. */
  readonly said?: string | undefined;
}
const dated = (event: RecordedEvent<EventOfRecord>, { of: effectiveOn, said: on }: Dated) =>
  ({
    ...event,
    metadata: { ...event.metadata, effectiveOn, ...(on !== undefined && { attested: { on } }) },
  }) as RecordedEvent<EventOfRecord>;
const told = (...events: [EventOfRecord['type'], object][]) =>
  recordEntriesOf(events.map(([type, data], revision) => recorded(type, data, revision))).map((entry) => ({
    before: entry.before,
    after: entry.after,
    about: entry.about,
    summary: describeRecord(entry, directory),
  }));

describe('The history of a plan tells', () => {
  it('what an amendment changed, from what to what', () => {
    const [, amended] = told(
      ['PlanAdopted', { title: 'Plan 2025', calendar: [] }],
      ['PlanAmended', { title: 'Plan och budget 2025' }],
    );
    expect(amended).toEqual({
      about: {},
      before: { title: 'Plan 2025' },
      after: { title: 'Plan och budget 2025' },
      summary: 'Planen ändrades: titel',
    });
  });

  describe('whose amendments speak of days', () => {
    const adopted = recorded('PlanAdopted', { title: 'Plan 2025' }, 0);
    const amended = (title: string, revision: number, on: Dated) =>
      dated(recorded('PlanAmended', { title }, revision), on);

    it('what held before each, in whichever order they were recorded', () => {
      const entries = recordEntriesOf([
        adopted,
        amended('Mars', 1, { of: '2025-03-01' }),
        amended('Fel', 2, { of: '2025-02-01' }),
      ]);
      expect(entries.map(({ before }) => before)).toEqual([{}, { title: 'Plan 2025' }, { title: 'Plan 2025' }]);
    });

    it('of one day what had been said before it', () => {
      const [, , earlier, last] = recordEntriesOf([
        adopted,
        amended('Juni', 1, { of: '2025-03-01', said: '2025-03-09' }),
        amended('Mars', 2, { of: '2025-03-01', said: '2025-03-02' }),
        amended('Maj', 3, { of: '2025-03-01', said: '2025-03-05' }),
      ]);
      expect(earlier!.before).toEqual({ title: 'Plan 2025' });
      expect(last!.before).toEqual({ title: 'Mars' });
    });

    it('what never came into force, by what took its place', () => {
      const [, wrong, right, other] = recordEntriesOf([
        adopted,
        amended('Fel', 1, { of: '2025-09-01' }),
        amended('Rätt', 2, { of: '2025-09-01' }),
        amended('Höst', 3, { of: '2025-10-01' }),
      ]);
      expect(wrong).toMatchObject({ before: { title: 'Plan 2025' }, overtakenBy: 'event-2' });
      expect(right).toMatchObject({ before: { title: 'Plan 2025' } });
      expect(right).not.toHaveProperty('overtakenBy');
      expect(other!.before).toEqual({ title: 'Rätt' });
    });

    it('and documents tell the same of them, or leave it to the log', () => {
      const day = fc.constantFrom('2024-12-01', '2025-02-01', '2025-03-01', '2025-04-08', '2025-09-01');
      const on = fc.record({
        of: day,
        said: fc.option(fc.constantFrom('2025-02-01', '2025-04-01'), { nil: undefined }),
      });
      const content = fc.subarray(['title', 'calendar', 'scale'], { minLength: 1 });
      const change = fc.record({
        type: fc.oneof(
          { weight: 8, arbitrary: fc.constant('PlanAmended' as const) },
          fc.constantFrom('PlanAdopted' as const, 'PlanCancelled' as const),
        ),
        content,
        on,
      });
      let told = 0;
      fc.assert(
        fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
          const events = [
            dated(adopted, { of: '2025-01-01' }),
            ...changes.map(({ content: names, on: when, type }, index) => {
              const said = Object.fromEntries(names.map((name) => [name, `${name} ${index}`]));
              return dated(recorded(type, type === 'PlanCancelled' ? { reason: 'Fel' } : said, index + 1), when);
            }),
          ];
          const byLog = recordEntriesOf(events);
          let head: StoryHead | undefined;
          const entries = events.map((event) => {
            const { derive, evolve } = planHistory.on[event.type]!;
            const before = head;
            head = evolve(before, event as never);
            const [entry] = derive!({ before, after: head }, event as never);
            return (entry as unknown as { readonly document: StoryEntry }).document;
          });
          for (const [index, { before }] of entries.entries()) {
            if (before.kind !== 'properties') continue;
            const said = Object.entries(before.properties).map(([name, by]) => [name, entries[by!]!.after[name]]);
            expect(Object.fromEntries(said)).toEqual(byLog[index]!.before);
            expect(byLog[index]).not.toHaveProperty('overtakenBy');
            told += said.length;
          }
        }),
      );
      expect(told).toBeGreaterThan(100);
    });
  });

  it('a value and its correction by period, as the document printed it', () => {
    const printed = { value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2024-10' };
    const [, other, corrected] = told(
      ['IndicatorValueRecorded', { period: '2024', total: printed, men: { gap: 'not-measured' } }],
      ['IndicatorValueRecorded', { period: '2023', total: { value: '5.0' } }],
      ['IndicatorValueCorrected', { period: '2024', total: { value: '5800' }, reason: 'Hela året' }],
    );
    expect(other).toMatchObject({ before: {}, summary: 'Värde för 2023 registrerades (totalt 5,0)' });
    expect(corrected).toMatchObject({
      about: { period: '2024', reason: 'Hela året' },
      before: { total: printed },
      after: { total: { value: '5800' } },
      summary: 'Värde för 2024 rättades (totalt 5800): Hela året',
    });
  });

  it('who was ready, and took it back', () => {
    const [ready, recalled] = told(
      ['BodyReported', { bodyId: 'amn' }],
      ['BodyReportRecalled', { bodyId: 'amn', reason: 'Mer att göra' }],
    );
    expect(ready).toMatchObject({
      before: {},
      after: { ready: true },
      summary: 'Arbetsmarknadsnämnden anmälde sig klar',
    });
    expect(recalled).toMatchObject({ before: { ready: true }, after: { ready: false } });
    expect(recalled!.summary).toBe('Arbetsmarknadsnämnden tog tillbaka att den är klar: Mer att göra');
  });

  it('a freeze, and why it was made though bodies were missing', () => {
    const [, frozen] = told(
      ['RoundOpened', { label: 'April' }],
      ['RoundFrozen', { issue: 1, rule: 1, missing: [], override: 'Sammanträde i morgon' }],
    );
    expect(frozen).toMatchObject({ before: { status: 'open' }, after: { status: 'frozen' }, about: { issue: 1 } });
    expect(frozen!.summary).toContain('Sammanträde i morgon');
  });
});
