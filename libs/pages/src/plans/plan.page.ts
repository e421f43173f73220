import { html } from '#html';
import type { Html } from '#html';
import type {
  IndicatorAnswer,
  ItemAnswer,
  LevelCounts,
  OverviewAnswer,
  PlanAnswer,
  RoundAnswer,
} from '../api/answers.js';
import { badge } from '../layout/badge.js';
import type { PageOf } from '../page-request.js';
import { roundStatuses, swedishDay } from '../words.js';
import { appendixPath, indicatorPath, planPath, roundPath } from './addresses.js';
import { itemRows } from './item-rows.js';
import type { Row } from './item-rows.js';
import { asked, momentForm, momentOf, momentQuery, toldMoment } from './moment.js';
import { planOf } from './plan-of.js';
import { validity } from './plans.page.js';

/** The most items of a plan that one page shows. */
const most = 1_000;

/** A plan: how it stands in numbers, its rounds, and every item under what it belongs to. */
export const planPage: PageOf = async ({ api, params, query }) => {
  const moment = momentOf(query);
  const plan = await planOf(api, params['plan']!, asked(moment));
  const of = `/v1/plans/${plan.id}`;
  const [overview, items, rounds, indicators, others] = await Promise.all([
    api.get<OverviewAnswer>(`${of}/overview`, asked(moment)),
    api.all<ItemAnswer>(`${of}/items`, asked(moment), most),
    api.all<RoundAnswer>(`${of}/rounds`),
    api.all<IndicatorAnswer>(`${of}/indicators`, asked(moment)),
    api.all<PlanAnswer>('/v1/plans'),
  ]);
  const newer = others.items.filter(({ id }) => id !== plan.id);
  const path = planPath(plan);
  const kept = momentQuery(moment);
  return {
    title: plan.title,
    crumbs: [{ href: '/', text: 'Planer' }],
    content: html`<p class="soft">${validity(plan)}</p>
      ${toldMoment(moment)}
      <h2>Läget</h2>
      ${counts(overview.all, items.items)}
      <h2>Uppföljningar</h2>
      ${rounds.items.length === 0 ? html`<p>Inga uppföljningar är planerade.</p>` : roundList(rounds.items)}
      <h2>Punkterna</h2>
      ${
        items.total > items.items.length &&
        html`<p class="notice">
          De första ${items.items.length} av ${items.total} punkter visas. Sök för att hitta de andra.
        </p>`
      }
      ${itemRows(plan, treeOf(items.items), kept)}
      ${
        indicators.items.length > 0 &&
        html`<h2>Indikatorer</h2>
          <ul>
            ${indicators.items.map((one) => html`<li><a href="${indicatorPath(one)}${kept}">${one.name}</a></li>`)}
          </ul>`
      }
      ${
        newer.length > 0 &&
        html`<h2>Vad det blev av punkterna</h2>
          <ul>
            ${newer.map((other) => html`<li><a href="${appendixPath(plan, other)}">I ${other.title}</a></li>`)}
          </ul>`
      }
      <h2>En annan dag</h2>
      ${momentForm(path, moment)}`,
  };
};

/** How many stand where: the levels as they are called, and what makes their sum whole. */
function counts({ discontinued, items, levels, notAssessed }: LevelCounts, shown: readonly ItemAnswer[]): Html {
  const known = new Map(shown.flatMap(({ status }) => (status ? [[status.level.code, status.level]] : [])));
  return html`<ul class="counts">
    <li><b>${items}</b> punkter</li>
    ${levels
      .filter(({ count }) => count > 0)
      .map(({ code, count, label }) => html`<li>${badge({ label, ...known.get(code) })} <b>${count}</b></li>`)}
    ${notAssessed > 0 && html`<li>${badge(undefined)} <b>${notAssessed}</b></li>`}
    ${discontinued > 0 && html`<li><span class="mark">Utgått</span> <b>${discontinued}</b></li>`}
  </ul>`;
}

const roundList = (rounds: readonly RoundAnswer[]): Html =>
  html`<ul>
    ${rounds.map(
      (round) =>
        html`<li>
          <a href="${roundPath(round)}">${round.label}</a>
          <span class="mark">${roundStatuses[round.status] ?? round.status}</span>
          ${round.deadline && html`<span class="soft">sista dag ${swedishDay(round.deadline)}</span>`}
        </li>`,
    )}
  </ul>`;

/** Items each under its first parent; those whose parents are not shown stand by themselves. */
function treeOf(items: readonly ItemAnswer[]): Row[] {
  const shown = new Set(items.map(({ id }) => id));
  const below = new Map<string | undefined, ItemAnswer[]>();
  for (const item of items) {
    const parent = item.parents.find(({ id }) => shown.has(id))?.id;
    below.set(parent, [...(below.get(parent) ?? []), item]);
  }
  const rowsOf = (parent: string | undefined, depth: number): Row[] =>
    (below.get(parent) ?? []).flatMap((item) => [{ item, depth }, ...rowsOf(item.id, depth + 1)]);
  return rowsOf(undefined, 0);
}
