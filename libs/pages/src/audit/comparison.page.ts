import { html } from '#html';
import type { Html } from '#html';
import type { ItemAnswer, PlanAnswer } from '../api/answers.js';
import type { PageOf } from '../page-request.js';
import { itemPath, planPath, storyPath } from '../plans/addresses.js';
import { standing } from '../plans/item-rows.js';
import { dayField } from '../plans/moment.js';
import { swedishDay } from '../words.js';
import { wordsCompared } from './words-compared.js';

/** An item on two days, side by side, and what differs word by word. */
export const comparisonPage: PageOf = async ({ api, params, query }) => {
  const { fran, till } = query;
  const id = encodeURIComponent(params['item']!);
  const [before, after] = await Promise.all([
    api.get<ItemAnswer>(`/v1/items/${id}`, { asOf: fran }),
    api.get<ItemAnswer>(`/v1/items/${id}`, { asOf: till }),
  ]);
  const plan = await api.get<PlanAnswer>(`/v1/plans/${after.planId}`);
  const differs = texts.filter(({ of }) => of(before) !== of(after));
  const isSame = differs.length === 0 && before.status?.level.code === after.status?.level.code;
  return {
    title: `Två dagar: ${after.label}`,
    crumbs: [
      { href: planPath(plan), text: plan.title },
      { href: itemPath(plan, after), text: after.label },
      { href: storyPath(after), text: 'Historia' },
    ],
    content: html`<form class="asked" method="get" action="${storyPath(after)}/jamfor">
        ${dayField('fran', 'Från', 'Den första dagen', fran)}
        ${dayField('till', 'Till', 'Den andra dagen; annars i dag', till)}
        <button>Jämför</button>
      </form>
      <div class="both">${side(dayName(fran ?? before.asOf), before)} ${side(dayName(till ?? after.asOf), after)}</div>
      <h2>Skillnaderna</h2>
      ${isSame ? html`<p>Inget skiljer de två dagarna åt.</p>` : html`<p class="soft">Understruket kom till, överstruket togs bort.</p>`}
      ${differs.map(
        ({ name, of }) =>
          html`<h3>${name}</h3>
            <blockquote><p>${wordsCompared(of(before), of(after))}</p></blockquote>`,
      )}`,
  };
};

const texts: readonly { readonly name: string; readonly of: (item: ItemAnswer) => string }[] = [
  { name: 'Rubrik', of: ({ label }) => label },
  { name: 'Formulering', of: ({ title }) => title },
  { name: 'Beskrivning', of: ({ text = '' }) => text },
  { name: 'Bedömning', of: ({ status }) => status?.motivation ?? '' },
  { name: 'Berörda', of: ({ concerned }) => (concerned?.bodies ?? []).map(({ name }) => name).join(', ') },
  { name: 'Ansvariga', of: ({ responsible }) => responsible.map(({ name }) => name).join(', ') },
];

const side = (day: string, item: ItemAnswer): Html =>
  html`<section>
    <h2>${day}</h2>
    <p>${standing(item)}</p>
    <p><b>${item.label}</b> ${item.title}</p>
    ${item.status && html`<blockquote><p>${item.status.motivation}</p></blockquote>`}
  </section>`;

const dayName = (day: string | undefined): string =>
  day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) ? swedishDay(day) : 'I dag';
