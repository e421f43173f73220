import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import type { Provenance } from '#kernel';
import { ApiClient } from './api-client.js';
import { indicatorOf, indicatorsOf } from './indicators.js';

const plan = newId();
const attested: Provenance['attested'] = {
  ...{ on: '2024-02-01', role: 'Controller' },
  evidence: [{ kind: 'report', title: 'Årsrapport', reference: 's. 4' }],
};
const entry = (period: string, more: object) => ({
  period,
  definition: 1,
  movement: 'unknown',
  corrections: [],
  ...more,
});
const indicator = {
  ...{ id: newId(), key: 'besok', name: 'Besök', measure: { unit: 'besökare' }, directionLabel: 'Öka' },
  targetStatus: 'not-yet-due',
  definitions: [
    { version: 1, since: '2023-01-01', name: 'Besök', measure: { unit: 'besök' }, source: 'Egen', attested },
    {
      ...{ version: 2, since: '2025-01-01', name: 'Besökare', measure: { unit: 'besökare' }, source: 'Egen' },
      ...{ reason: 'Per person', breaksSeries: true },
    },
  ],
  series: [
    entry('2022', {
      total: { shown: '5 787' },
      women: { shown: '3 000', definition: 2 },
      contradiction: { total: '5 787', sumOfSexes: '5 700' },
      corrections: [
        {
          recordedAt: '2023-02-01T10:00:00Z',
          reason: 'Fel rad',
          before: { total: { gap: 'secrecy' } },
          invented: true,
        },
      ],
    }),
    entry('2023', { total: { shown: '5 000 (okt)', provisionalAsOf: '2023-10' }, movement: 'away', against: '2022' }),
    entry('2024', { total: { shown: 'x', gap: 'secrecy' }, attested, inferred: [{ ground: 'Fotnot' }] }),
    entry('2025', {
      ...{ invented: true, definition: 2, total: { shown: '40' }, break: ['unit', 'stated'] },
      ...{ movement: 'not-comparable', against: '2023', notComparable: ['unit'] },
      computed: { total: { shown: '41', contradiction: { recorded: '40', computed: '41' } } },
    }),
    entry('2026', {
      definition: 2,
      computed: { total: { shown: '26,3', invented: true }, women: { notComputed: 'zero-denominator' } },
    }),
  ],
};

/** An API that is a double: a plan with one indicator. */
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ path }) => {
    const answer = path.startsWith('/v1/plans?') ? { items: [{ id: plan }] } : { items: [indicator], total: 1 };
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

describe('The series of an indicator', () => {
  it('is a table of what was recorded, why nothing was, what is computed, and where it breaks', async () => {
    const { text } = await indicatorOf(client, 'min-plan:besok', {});
    const row = (period: string) => text.split('\n').find((line) => line.startsWith(`${period} `));
    expect(text).toContain('Besök: öka, målet ska inte vara nått än');
    expect(text).toContain('Definition 2 från 2025-01-01: Besökare, besökare, Egen (Per person), serien bryts');
    expect(row('2022')).toMatch(/5 787 +3 000 +besök /);
    expect(row('2022')).toMatch(/kvinnor enligt definition 2; kvinnor och män är 5 700 tillsammans; /);
    expect(row('2022')).toMatch(/rättat 2023-02-01 10:00 \(tidigare totalt sekretess\): Fel rad, påhittat$/);
    expect(row('2023')).toMatch(/åt fel håll sedan 2022 +totalt preliminärt t\.o\.m\. 2023-10$/);
    expect(row('2024')).toMatch(
      /^2024 +sekretess .* sagt 2024-02-01 av Controller, enligt Årsrapport \(s\. 4\); slutsats: Fotnot$/,
    );
    expect(text).toMatch(/Definition 1 från .*, sagt 2024-02-01 av Controller, enligt Årsrapport/);
    expect(row('2025')).toMatch(
      /inte jämförbart med 2023: annan enhet +PÅHITTAT; SERIEBROTT: annan enhet, ny definition; /,
    );
    expect(row('2025')).toMatch(/totalt beräknas till 41$/);
    expect(row('2026')).toMatch(
      /26,3 \(beräknat\) +inte beräknat .*totalt beräknat av påhittat; kvinnor inte beräknat: nämnaren är noll$/,
    );
  });

  it('is found among those of its plan, which are listed with their newest values', async () => {
    expect((await indicatorsOf(client, 'min-plan', {})).text).toMatch(
      /besok +2025: 40 \(påhittat\) +besökare +målet ska inte/,
    );
    await expect(indicatorOf(client, 'min-plan:annan', {})).rejects.toThrow(/no indicator with the key annan/);
    await expect(indicatorOf(client, 'min-plan', {})).rejects.toThrow(/PLAN:KEY/);
  });
});
