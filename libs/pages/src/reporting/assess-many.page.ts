import { html } from '#html';
import type { Html } from '#html';
import type { ItemAnswer, Level, PlanAnswer, RoundAnswer } from '../api/answers.js';
import type { Problem } from '../api/api-refused.js';
import { ApiRefused } from '../api/api-refused.js';
import { hidden } from '../layout/layout.js';
import { refusedNotice } from '../layout/refused.js';
import type { Doing, Form, FormPage } from '../page-request.js';
import { judgementText } from '../plans/judgement.js';
import { draftOf, levelChoices, levelsOf, ownJudgements } from './judging.js';
import { owedIn } from './owed.js';
import type { OwedEntry } from './owed.js';
import { manyPath, reportPath } from './tasks.page.js';

/** So many items of a plan are looked through for what was said of them last. */
const mostLooked = 10_000;
/** So many items are judged on a page at the most. */
const mostItems = 60;

/** What a body has not judged yet in a round, each with its own choice: what is filled in is saved, the rest stays. */
export const assessManyPage: FormPage = async ({ api, csrf, params, person }, refused) => {
  const round = await api.get<RoundAnswer>(`/v1/rounds/${encodeURIComponent(params['round']!)}`);
  const plan = await api.get<PlanAnswer>(`/v1/plans/${round.planId}`);
  const [levels, { entries }, { items }] = await Promise.all([
    levelsOf(api, plan),
    owedIn(api, round, plan, person),
    api.all<ItemAnswer>(`/v1/plans/${plan.id}/items`, {}, mostLooked),
  ]);
  const missing = entries.filter(({ assessment }) => !assessment);
  const shown = missing.slice(0, mostItems);
  const lastOf = new Map(items.map((item) => [item.id, ownJudgements(item, person)[0]]));
  const path = manyPath(round.id);
  return {
    title: `Bedöm flera: ${round.label}`,
    crumbs: [
      { href: '/mitt', text: 'Att rapportera' },
      { href: reportPath(round.id), text: round.label },
    ],
    drafts: true,
    content: html`${refused && refusedNotice(refused.problem)}
      <p class="lead">${plan.title}, ${person.bodyName}</p>
      ${missing.length === 0 && html`<p>Allt är bedömt.</p>`}
      ${missing.length > shown.length && html`<p class="soft">De första ${shown.length} av ${missing.length} visas; resten följer när de är sparade.</p>`}
      ${
        shown.length > 0 &&
        html`<form
          method="post"
          action="${path}"
          data-draft="${draftOf(person, path)}"
          ${refused && html`data-refused`}
        >
          ${hidden(csrf)}
          <p>Fyll i det som är klart. Det som lämnas tomt sparas inte.</p>
          ${shown.map((entry) => one(entry, levels, { form: refused?.form, last: lastOf.get(entry.itemId) }))}
          <button>Spara det som är ifyllt</button>
        </form>`
      }`,
  };
};

/** Records each judgement that is filled in. @throws ApiRefused where one was refused; the others are recorded */
export const assessMany: Doing = async ({ api, params, person }, form) => {
  const round = params['round']!;
  const filled = itemsIn(form);
  if (filled.length === 0) return manyPath(round);
  const rows = filled.map((itemId) => ({
    itemId,
    roundId: round,
    bodyId: person.actor.body,
    level: form[`${levelOf}${itemId}`] ?? '',
    motivation: form[`${motivationOf}${itemId}`] ?? '',
  }));
  const outcomes = await api.post<{
    readonly rows: readonly { readonly index: number; readonly problem?: Problem }[];
    readonly position?: string;
  }>('/v1/assessments', { rows });
  const refused = outcomes.rows.filter(({ problem }) => problem);
  if (refused.length === 0) return `${reportPath(round)}?efter=${outcomes.position ?? ''}&sparad=alla`;
  throw refusalOf(
    refused.map(({ index, problem }) => ({ problem: problem!, at: filled[index]! })),
    form,
  );
};

const levelOf = 'niva-';
const motivationOf = 'motivering-';

/** The items of which a form says something. */
const itemsIn = (form: Form): string[] => [
  ...new Set(
    Object.entries(form).flatMap(([name, value]) => {
      const prefix = [levelOf, motivationOf].find((one) => name.startsWith(one));
      return prefix && value.trim() !== '' ? [name.slice(prefix.length)] : [];
    }),
  ),
];

/** Several refusals as one, each of which names its item. */
function refusalOf(refused: readonly { readonly at: string; readonly problem: Problem }[], form: Form): ApiRefused {
  const faults = refused.map(({ at, problem }) => ({ message: `${form[`om-${at}`] ?? at}: ${problem.detail}` }));
  const [{ problem }] = refused as [(typeof refused)[number]];
  const { confirm: _confirm, doubts: _doubts, ...first } = problem;
  const detail = faults[0]!.message;
  return new ApiRefused({ ...first, title: 'Allt kunde inte sparas', detail, faults });
}

const one = (
  { itemId, label, title }: OwedEntry,
  levels: readonly Level[],
  { form, last }: { readonly form: Form | undefined; readonly last: ItemAnswer['status'] },
): Html =>
  html`<section class="judged">
    <h2>${label} <span class="what">${title}</span></h2>
    <input type="hidden" name="om-${itemId}" value="${label}" />
    <div class="both">
      <div>
        <fieldset>
          <legend>Nivå för ${label}</legend>
          ${levelChoices(`${levelOf}${itemId}`, levels, { chosen: form?.[`${levelOf}${itemId}`], required: false })}
        </fieldset>
        <p>
          <label for="${motivationOf}${itemId}">Bedömning av ${label}</label>
          <textarea id="${motivationOf}${itemId}" name="${motivationOf}${itemId}">
${form?.[`${motivationOf}${itemId}`]}</textarea>
        </p>
      </div>
      <div>
        ${
          last
            ? html`<h3>Senaste bedömningen</h3>
                ${judgementText(last)}`
            : html`<p class="soft">Inte bedömd förut.</p>`
        }
        <p><a href="/granska/${itemId}">Historia för ${label}</a></p>
      </div>
    </div>
  </section>`;
