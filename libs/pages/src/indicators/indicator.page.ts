import { html } from '#html';
import type { Html } from '#html';
import type { Cell, IndicatorAnswer, PlanAnswer } from '../api/answers.js';
import type { PageOf } from '../page-request.js';
import { indicatorPath, planPath } from '../plans/addresses.js';
import { asked, momentForm, momentOf, momentQuery, toldMoment } from '../plans/moment.js';
import { gaps } from '../words.js';
import { lineChart } from './line-chart.js';

/** An indicator as a drawing and as a table of the same values. */
export const indicatorPage: PageOf = async ({ api, params, query }) => {
  const moment = momentOf(query);
  const path = `/v1/indicators/${encodeURIComponent(params['indicator']!)}`;
  const indicator = await api.get<IndicatorAnswer & { readonly planId: string }>(path, asked(moment));
  const plan = await api.get<PlanAnswer>(`/v1/plans/${indicator.planId}`);
  const { directionLabel, measure, name, series, source } = indicator;
  const bySex = series.some(({ men, women }) => [men, women].some(({ value }) => value !== undefined));
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
      </dl>
      ${series.length === 0 ? html`<p>Inga värden är registrerade än.</p>` : [lineChart(indicator), table(indicator, bySex)]}
      ${momentForm(indicatorPath(indicator), moment)}`,
  };
};

const table = ({ measure, series }: IndicatorAnswer, bySex: boolean): Html =>
  html`<div class="wide">
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
        </tr>
      </thead>
      <tbody>
        ${series.map(
          ({ men, period, total, women }) =>
            html`<tr>
              <th scope="row">${period}</th>
              ${cell(total)} ${bySex && [cell(women), cell(men)]}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const cell = ({ gap, shown, value }: Cell): Html =>
  html`<td class="number">${gap === undefined ? (shown ?? value) : (gaps[gap as keyof typeof gaps] ?? gap)}</td>`;
