import { html } from '#html';
import type { Html } from '#html';
import type { ItemAnswer, Level, PlanAnswer, RoundAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import { hidden } from '../layout/layout.js';
import { confirmChoice, confirmedIn, refusedNotice } from '../layout/refused.js';
import type { Doing, FormPage } from '../page-request.js';
import { storyPath } from '../plans/addresses.js';
import { judgementText } from '../plans/judgement.js';
import { reportPath } from './tasks.page.js';

interface ScaleAnswer {
  readonly versions: readonly { readonly version: number; readonly levels: readonly Level[] }[];
}

/** Where a body judges an item: the last judgement beside the new one. */
export const assessPage: FormPage = async ({ api, csrf, params, person }, refused) => {
  const [round, item] = await Promise.all([
    api.get<RoundAnswer>(`/v1/rounds/${encodeURIComponent(params['round']!)}`),
    api.get<ItemAnswer>(`/v1/items/${encodeURIComponent(params['item']!)}`),
  ]);
  const levels = await levelsOf(api.get<PlanAnswer>(`/v1/plans/${item.planId}`), (id) => api.get(`/v1/scales/${id}`));
  const own = [...(item.status ? [item.status] : []), ...item.contributions].filter(
    ({ body }) => body.id === person.actor.body,
  );
  const here = own.find(({ roundId }) => roundId === round.id);
  const chosen = refused?.form['niva'] ?? here?.level.code;
  return {
    title: `${item.label}: ${item.title}`,
    crumbs: [
      { href: '/mitt', text: 'Att rapportera' },
      { href: reportPath(round.id), text: round.label },
    ],
    content: html`${refused && refusedNotice(refused.problem)} ${item.text && html`<p class="text">${item.text}</p>`}
      <div class="both">
        <form method="post" action="${reportPath(round.id, item.id)}">
          ${hidden(csrf)}
          <fieldset>
            <legend>Nivå i ${round.label}</legend>
            ${levels.map((level) => choice(level, level.code === chosen))}
          </fieldset>
          <p>
            <label for="motivering">Bedömning</label>
            <span class="hint" id="motivering-tips">Vad bedömningen bygger på, i nämndens egna ord</span>
            <textarea id="motivering" name="motivering" required aria-describedby="motivering-tips">
${refused?.form['motivering'] ?? here?.motivation}</textarea>
          </p>
          ${confirmChoice(refused?.problem)}
          <button>Spara bedömningen</button>
        </form>
        <section>
          <h2>Senaste bedömningen</h2>
          ${own.length === 0 ? html`<p>${badge(undefined)} Nämnden har inte bedömt punkten förut.</p>` : own.map(judgementText)}
          <p><a href="${storyPath(item)}">Punktens historia</a></p>
        </section>
      </div>`,
  };
};

/** Records a judgement. */
export const assess: Doing = async ({ api, params, person }, form) => {
  const [round, item] = [params['round']!, params['item']!];
  const { position } = await api.post<{ position: string }>(`/v1/items/${encodeURIComponent(item)}/assessments`, {
    roundId: round,
    bodyId: person.actor.body,
    level: form['niva'] ?? '',
    motivation: form['motivering'] ?? '',
    ...confirmedIn(form),
  });
  return `${reportPath(round)}?efter=${position}`;
};

async function levelsOf(
  asked: Promise<PlanAnswer>,
  scaleOf: (id: string) => Promise<ScaleAnswer>,
): Promise<readonly Level[]> {
  const { scale } = await asked;
  if (!scale) return [];
  const { versions } = await scaleOf(scale.scaleId);
  return versions.find(({ version }) => version === scale.version)?.levels ?? [];
}

/** Levels are chosen among, with what each means: a list that opens cuts its texts on a phone. */
const choice = (level: Level, checked: boolean): Html =>
  html`<p class="choice">
    <input
      type="radio"
      id="niva-${level.code}"
      name="niva"
      value="${level.code}"
      required
      ${checked && html`checked`}
    />
    <label for="niva-${level.code}">${badge(level)} <span class="hint">${level.meaning}</span></label>
  </p>`;
