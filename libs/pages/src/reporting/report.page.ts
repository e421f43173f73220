import { html } from '#html';
import type { Html } from '#html';
import type { PlanAnswer, RoundAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import { hidden } from '../layout/layout.js';
import { confirmChoice, confirmedIn, refusedNotice } from '../layout/refused.js';
import type { Doing, FormPage, PageRequest } from '../page-request.js';
import { swedishDay } from '../words.js';
import { owedIn } from './owed.js';
import type { Owed, OwedEntry } from './owed.js';
import { taken } from './judging.js';
import { manyPath, reportPath } from './tasks.page.js';

/** Every item that a body is to assess in a round, what is missing first, and a word that it is ready. */
export const reportPage: FormPage = async (request, refused) => {
  const owed = await owedOf(request);
  const { assessed, entries, expected, ready, round } = owed;
  const saved = request.query['sparad'];
  const missing = entries.filter(({ assessment }) => !assessment);
  const done = entries.filter(({ assessment }) => assessment);
  return {
    title: round.label,
    crumbs: [{ href: '/mitt', text: 'Att rapportera' }],
    drafts: saved !== undefined,
    content: html`${refused && refusedNotice(refused.problem)}
      ${saved !== undefined && savedNotice(request, round, saved)}
      <p class="lead">${owed.plan.title}, ${request.person.bodyName}</p>
      <p>
        <b>${assessed}</b> av <b>${expected}</b> bedömda.
        ${round.deadline && html`Sista dag <time datetime="${round.deadline}">${swedishDay(round.deadline)}</time>.`}
      </p>
      ${
        missing.length > 0 &&
        html`<h2>Saknas</h2>
          ${missing.length > 1 && html`<p><a class="button" href="${manyPath(round.id)}">Bedöm flera på en sida</a></p>`}
          ${rows(round, missing)}`
      }
      ${
        done.length > 0 &&
        html`<h2>Bedömda</h2>
          ${rows(round, done)}`
      }
      <h2>Klar</h2>
      ${
        ready
          ? html`<p><span class="mark">Klar</span> Nämnden har sagt att dess bedömningar är klara.</p>`
          : html`<form method="post" action="${reportPath(round.id)}">
              ${hidden(request.csrf)} ${confirmChoice(refused?.problem)}
              <p>När allt är bedömt säger nämnden att den är klar.</p>
              <button>Vi är klara</button>
            </form>`
      }`,
  };
};

/** Of what was judged last, the browser need keep nothing more. */
const savedNotice = ({ person }: PageRequest, { id }: RoundAnswer, saved: string): Html =>
  html`<div class="notice" role="status">
    <p>Sparat.</p>
    ${taken(person, saved === 'alla' ? manyPath(id) : reportPath(id, saved))}
  </div>`;

/** Says that a body is ready in a round. */
export const markReady: Doing = async ({ api, params, person }, form) => {
  const id = params['round']!;
  const { position } = await api.post<{ position: string }>(`/v1/rounds/${encodeURIComponent(id)}/ready`, {
    bodyId: person.actor.body,
    ...confirmedIn(form),
  });
  return `${reportPath(id)}?efter=${position}`;
};

async function owedOf({ api, params, person }: PageRequest): Promise<Owed> {
  const round = await api.get<RoundAnswer>(`/v1/rounds/${encodeURIComponent(params['round']!)}`);
  const plan = await api.get<PlanAnswer>(`/v1/plans/${round.planId}`);
  return owedIn(api, round, plan, person);
}

const rows = (round: RoundAnswer, entries: readonly OwedEntry[]): Html =>
  html`<ul class="rows">
    ${entries.map(
      ({ assessment, itemId, label, title }) =>
        html`<li>
          <div class="what"><a href="${reportPath(round.id, itemId)}">${label}</a> ${title}</div>
          <div>${badge(assessment?.level, 'Saknas')}</div>
        </li>`,
    )}
  </ul>`;
