import { html } from '#html';
import type { PlanAnswer } from '../api/answers.js';
import type { PageOf } from '../page-request.js';
import { searchForm } from '../audit/search-form.js';
import { swedishDay } from '../words.js';
import { planPath } from './addresses.js';

/** Every plan, and where to search. */
export const plansPage: PageOf = async ({ api }) => {
  const { items: plans } = await api.all<PlanAnswer>('/v1/plans');
  return {
    title: 'Planer',
    content: html`${searchForm()}
      ${plans.length === 0 && html`<p>Inga planer är inlästa än. De läses in med <code>sparbar load</code>.</p>`}
      <ul class="cards">
        ${plans.map(
          (plan) =>
            html`<li>
              <h2><a href="${planPath(plan)}">${plan.title}</a></h2>
              <p class="soft">${validity(plan)}</p>
            </li>`,
        )}
      </ul>`,
  };
};

/** From when to when a plan is for. */
export function validity({ validity: { from, to } }: Pick<PlanAnswer, 'validity'>): string {
  if (!from) return to ? `Till och med ${swedishDay(to)}` : '';
  return to ? `${swedishDay(from)} – ${swedishDay(to)}` : `Från ${swedishDay(from)}`;
}
