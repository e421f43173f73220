import { html } from '#html';
import type { Html } from '#html';
import { provenanceInSwedish } from '#kernel';
import type { Provenance } from '#kernel';
import type { Cell, Columns, IndicatorAnswer, PlanAnswer } from '../api/answers.js';
import type { PageOf } from '../page-request.js';
import { indicatorPath, planPath } from '../plans/addresses.js';
import { asked, momentForm, momentOf, momentQuery, toldMoment } from '../plans/moment.js';
import { gaps } from '../words.js';
import { lineChart } from './line-chart.js';

type Period = IndicatorAnswer['series'][number];

/** An indicator as a drawing and as a table of the same values. */
export const indicatorPage: PageOf = async ({ api, params, query }) => {
  const moment = momentOf(query);
  const path = `/v1/indicators/${encodeURIComponent(params['indicator']!)}`;
  const indicator = await api.get<IndicatorAnswer & { readonly planId: string }>(path, asked(moment));
  const plan = await api.get<PlanAnswer>(`/v1/plans/${indicator.planId}`);
  const { directionLabel, measure, name, series, source } = indicator;
  const bySex = series.some(({ men, women }) => [men, women].some((told) => told?.value !== undefined));
  return {
    title: name,
    crumbs: [
      { href: '/', text: 'Planer' },
      { href: `${planPath(plan)}${momentQuery(moment)}`, text: plan.title },
    ],
    content: html`${toldMoment(moment)}
      <dl class="facts">
        <dt>Enhet</dt>
        <dd>${measure.unit}</dd>
        <dt>Önskad riktning</dt>
        <dd>${directionLabel}</dd>
        ${
          source &&
          html`<dt>Källa</dt>
            <dd>${source}</dd>`
        }
        ${
          isTold(indicator) &&
          html`<dt>Definitionen</dt>
            <dd>${whence(indicator)}</dd>`
        }
      </dl>
      ${series.length === 0 ? html`<p>Inga värden är registrerade än.</p>` : [lineChart(indicator), table(indicator, bySex)]}
      ${momentForm(indicatorPath(indicator), moment)}`,
  };
};

const table = ({ measure, series }: IndicatorAnswer, bySex: boolean): Html => {
  const remarked = series.some((period) => remarks(period).length > 0);
  return html`<div class="wide" role="region" aria-label="Värden" tabindex="0">
    <table>
      <caption>
        Värden, ${measure.unit}
      </caption>
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col" class="number">Totalt</th>
          ${
            bySex &&
            html`<th scope="col" class="number">Kvinnor</th>
              <th scope="col" class="number">Män</th>`
          }
          ${remarked && html`<th scope="col">Anmärkning</th>`}
        </tr>
      </thead>
      <tbody>
        ${series.map(
          (told) =>
            html`<tr>
              <th scope="row">${told.period}</th>
              ${cell(told, 'total')} ${bySex && [cell(told, 'women'), cell(told, 'men')]}
              ${remarked && html`<td>${remarks(told)}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

const isTold = (of: Provenance): boolean => of.invented === true || provenanceInSwedish(of).length > 0;

/** Where something comes from: that it was made up, or who said it, by what evidence, or what it was read from. */
const whence = (of: Provenance): Html =>
  html`${of.invented && html`<span class="mark">Påhittat</span> `}${provenanceInSwedish(of).join('; ')}`;

/** What is to be said of where a value comes from, what it was corrected to, and what is computed of it. */
function remarks(told: Period): Html[] {
  const { computed = {}, corrections } = told;
  return [
    ...(isTold(told) ? [whence(told)] : []),
    ...corrections.map((one) => html`<p>Rättat: ${one.reason} ${isTold(one) && whence(one)}</p>`),
    ...(Object.values(computed).some(({ invented }) => invented) ? [html`<p>Beräknat av påhittade värden</p>`] : []),
  ];
}

/** The recorded value, or why there is none; of what is computed alone, that. */
const cell = (told: Period, column: keyof Columns<Cell>): Html => {
  const { computed, [column]: recorded } = told;
  const made = computed?.[column]?.shown;
  if (!recorded) return html`<td class="number">${made === undefined ? '' : `${made} (beräknat)`}</td>`;
  const { gap, shown, value } = recorded;
  return html`<td class="number">
    ${gap === undefined ? (shown ?? value) : (gaps[gap as keyof typeof gaps] ?? gap)}
  </td>`;
};
