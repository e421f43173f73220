import { describe, expect, it } from '@jest/globals';
import { html } from '#html';
import type { IndicatorAnswer } from '../api/answers.js';
import type { PageRequest } from '../page-request.js';
import { indicatorPage } from './indicator.page.js';

const evidence = [{ kind: 'report' as const, title: 'Årsrapport' }];
const about = { movement: 'unknown', corrections: [] };
const indicator: IndicatorAnswer & { readonly planId: string } = {
  ...{
    id: 'i',
    planId: 'p',
    key: 'i',
    name: 'Besök',
    measure: { unit: 'besök', kind: 'count' },
    directionLabel: 'Öka',
  },
  ...{ itemIds: [], inferred: [{ ground: 'Bilagan' }] },
  series: [
    { ...about, period: '2022', total: { value: '5', shown: '5' }, invented: true },
    {
      ...{ ...about, period: '2023', women: { value: '2', shown: '2' } },
      attested: { on: '2024-02-01', role: 'Controller', evidence },
      corrections: [{ reason: 'Fel rad', invented: true }],
    },
    { ...about, period: '2024', computed: { total: { shown: '26,3', invented: true } } },
  ],
};

const shown = async (answer: typeof indicator): Promise<string> => {
  const api = { get: async (path: string) => (path.startsWith('/v1/plans/') ? { key: 'p', title: 'Plan' } : answer) };
  const request = { api, params: { indicator: 'i' }, query: {} } as unknown as PageRequest;
  const { content } = await indicatorPage(request);
  return html`${content}`.markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

describe('The page of an indicator', () => {
  it('says of each value where it comes from, that it was made up or computed of what was', async () => {
    const page = await shown(indicator);
    expect(page).toContain('Definitionen slutsats: Bilagan');
    expect(page).toContain('2022 5 Påhittat');
    expect(page).toContain('2023 2 sagt 2024-02-01 av Controller, enligt Årsrapport Rättat: Fel rad Påhittat');
    expect(page).toContain('2024 26,3 (beräknat) Beräknat av påhittade värden');
  });

  it('has no remarks where all comes from who recorded it', async () => {
    const [{ invented: _, ...first }] = indicator.series as [IndicatorAnswer['series'][0]];
    const { inferred: __, ...plain } = indicator;
    expect(await shown({ ...plain, series: [first] })).not.toMatch(/Anmärkning|Definitionen|Påhittat/);
  });
});
