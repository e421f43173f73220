import { html } from '#html';
import type { Html } from '#html';
import type { PlanAnswer, RoundAnswer } from '../api/answers.js';
import type { PageOf } from '../page-request.js';
import { swedishDay } from '../words.js';
import { owedIn } from './owed.js';
import type { Owed } from './owed.js';

/** What somebody's body is to report on, in every round that is open. */
export const tasksPage: PageOf = async ({ api, person }) => {
  const { items: plans } = await api.all<PlanAnswer>('/v1/plans');
  const owed = await Promise.all(
    plans.map(async (plan) => {
      const { items: rounds } = await api.all<RoundAnswer>(`/v1/plans/${plan.id}/rounds`);
      const open = rounds.filter(({ status }) => status === 'open');
      return Promise.all(open.map((round) => owedIn(api, round, plan, person)));
    }),
  );
  const asked = owed.flat().filter(({ expected }) => expected > 0);
  return {
    title: 'Att rapportera',
    content: html`<p class="lead">${person.bodyName}</p>
      ${asked.length === 0 && html`<p>Det finns inget att rapportera just nu.</p>`}
      <ul class="cards">
        ${asked.map(task)}
      </ul>`,
  };
};

const task = ({ assessed, expected, plan, ready, round }: Owed): Html =>
  html`<li>
    <h2><a href="${reportPath(round.id)}">${round.label}</a></h2>
    <p>${plan.title}</p>
    <p><b>${assessed}</b> av <b>${expected}</b> bedömda ${ready && html`<span class="mark">Klar</span>`}</p>
    ${round.deadline && html`<p class="soft">Sista dag ${swedishDay(round.deadline)}</p>`}
  </li>`;

/** Where a body judges all that it has not judged yet in a round. */
export const manyPath = (roundId: string): string => `/mitt/${roundId}/alla`;

/** Where a body reports in a round, or on an item in it. */
export const reportPath = (roundId: string, itemId?: string): string =>
  itemId === undefined ? `/mitt/${roundId}` : `/mitt/${roundId}/${itemId}`;
