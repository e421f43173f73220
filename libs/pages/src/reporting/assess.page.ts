import { html } from '#html';
import type { Html } from '#html';
import type { IndicatorAnswer, ItemAnswer, PlanAnswer, RoundAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import { hidden } from '../layout/layout.js';
import { confirmChoice, confirmedIn, refusedNotice } from '../layout/refused.js';
import type { Doing, Form, FormPage } from '../page-request.js';
import { storyPath } from '../plans/addresses.js';
import { judgementText } from '../plans/judgement.js';
import { draftOf, levelChoices, levelsOf, ownJudgements } from './judging.js';
import { reportPath } from './tasks.page.js';

/** Where a body judges an item: the last judgement beside the new one. */
export const assessPage: FormPage = async ({ api, csrf, params, person }, refused) => {
  const [round, item] = await Promise.all([
    api.get<RoundAnswer>(`/v1/rounds/${encodeURIComponent(params['round']!)}`),
    api.get<ItemAnswer>(`/v1/items/${encodeURIComponent(params['item']!)}`),
  ]);
  const plan = await api.get<PlanAnswer>(`/v1/plans/${item.planId}`);
  const [levels, { items: under }, { items: indicators }] = await Promise.all([
    levelsOf(api, plan),
    api.all<ItemAnswer>(`/v1/plans/${plan.id}/items`, { parentId: item.id }, mostChoices),
    api.all<IndicatorAnswer>(`/v1/plans/${plan.id}/indicators`, { itemId: item.id }, mostChoices),
  ]);
  const own = ownJudgements(item, person);
  const here = own.find(({ roundId }) => roundId === round.id);
  const path = reportPath(round.id, item.id);
  const grounds = [
    ...under.map(({ id, label, title }) => ({ name: `${itemGround}${id}`, id, text: `${label} ${title}` })),
    ...indicators.map(({ id, name }) => ({ name: `${indicatorGround}${id}`, id, text: name })),
    ...(here?.evidence ?? []).flatMap(({ note }, index) =>
      note ? [{ name: `${noteGround}${index}`, id: note, text: note }] : [],
    ),
  ];
  const isChosen = ({ id, name }: Ground) =>
    refused
      ? refused.form[name] !== undefined
      : Boolean(here?.evidence?.some(({ indicatorId, itemId, note }) => [indicatorId, itemId, note].includes(id)));
  return {
    title: `${item.label}: ${item.title}`,
    crumbs: [
      { href: '/mitt', text: 'Att rapportera' },
      { href: reportPath(round.id), text: round.label },
    ],
    drafts: true,
    content: html`${refused && refusedNotice(refused.problem)} ${item.text && html`<p class="text">${item.text}</p>`}
      <div class="both">
        <form method="post" action="${path}" data-draft="${draftOf(person, path)}" ${refused && html`data-refused`}>
          ${hidden(csrf)}
          <fieldset>
            <legend>Nivå i ${round.label}</legend>
            ${levelChoices('niva', levels, { chosen: refused?.form['niva'] ?? here?.level.code, required: true })}
          </fieldset>
          <p>
            <label for="motivering">Bedömning</label>
            <span class="hint" id="motivering-tips">Vad bedömningen bygger på, i nämndens egna ord</span>
            <textarea id="motivering" name="motivering" required aria-describedby="motivering-tips">
${refused?.form['motivering'] ?? here?.motivation}</textarea>
          </p>
          ${grounds.length > 0 && groundChoices(grounds, isChosen)} ${confirmChoice(refused?.problem)}
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
  const evidence = evidenceIn(form);
  const { position } = await api.post<{ position: string }>(`/v1/items/${encodeURIComponent(item)}/assessments`, {
    roundId: round,
    bodyId: person.actor.body,
    level: form['niva'] ?? '',
    motivation: form['motivering'] ?? '',
    ...(evidence.length > 0 && { evidence }),
    ...confirmedIn(form),
  });
  return `${reportPath(round)}?efter=${position}&sparad=${encodeURIComponent(item)}`;
};

/** So many items and indicators can be chosen among. */
const mostChoices = 100;
const itemGround = 'punkt-';
const indicatorGround = 'indikator-';
const noteGround = 'anteckning-';

/** What a judgement may rest on. */
interface Ground {
  /** Of its field in the form. */
  readonly name: string;
  readonly id: string;
  readonly text: string;
}

const groundChoices = (grounds: readonly Ground[], isChosen: (ground: Ground) => boolean): Html =>
  html`<details ${grounds.some(isChosen) && html`open`}>
    <summary>Punkter och indikatorer som bedömningen bygger på</summary>
    <fieldset>
      <legend class="hint">Välj dem som hör till bedömningen</legend>
      ${grounds.map(
        (ground) =>
          html`<p class="choice">
            <input
              type="checkbox"
              id="${ground.name}"
              name="${ground.name}"
              value="${ground.id}"
              ${isChosen(ground) && html`checked`}
            />
            <label for="${ground.name}">${ground.text}</label>
          </p>`,
      )}
    </fieldset>
  </details>`;

const fieldOf: Readonly<Record<string, 'itemId' | 'indicatorId' | 'note'>> = {
  [itemGround]: 'itemId',
  [indicatorGround]: 'indicatorId',
  [noteGround]: 'note',
};

const evidenceIn = (form: Form): Readonly<Record<string, string>>[] =>
  Object.entries(form).flatMap(([name, value]) => {
    const field = fieldOf[/^[a-z]+-/.exec(name)?.[0] ?? ''];
    return field ? [{ [field]: value }] : [];
  });
