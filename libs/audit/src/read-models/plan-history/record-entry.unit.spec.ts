import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import type { Directory } from '#reading';
import { describeRecord } from './describe-record.js';
import type { EventOfRecord } from './event-of-plan.js';
import { recordEntriesOf } from './record-entry.js';

const directory = { body: () => ({ name: 'Arbetsmarknadsnämnden' }) } as unknown as Directory;
const recorded = (type: EventOfRecord['type'], data: object, revision: number) =>
  ({
    id: `event-${revision}`,
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
