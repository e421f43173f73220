import { html } from '#html';
import type { Html } from '#html';
import type { ItemAnswer, PlanAnswer } from '../api/answers.js';
import type { Api, Query } from '../api/api.js';
import type { PageOf } from '../page-request.js';
import { planPath } from '../plans/addresses.js';
import { itemRows } from '../plans/item-rows.js';
import { searchForm } from './search-form.js';

/** The most hits of a plan that are shown. */
const most = 25;

interface Found {
  readonly plan: PlanAnswer;
  readonly items: readonly ItemAnswer[];
  readonly total: number;
}

/** Finds items of all plans by a number, a word of their wording, or the alias of a body. */
export const searchPage: PageOf = async ({ api, query }) => {
  const text = (query['sok'] ?? '').trim();
  const found = text === '' ? [] : await search(api, text);
  const hits = found.reduce((sum, { total }) => sum + total, 0);
  return {
    title: 'Sök och granska',
    content: html`${searchForm(text)}
    ${
      text === ''
        ? html`<p>Skriv ett nummer, ett ord ur formuleringen eller namnet på en nämnd.</p>`
        : html`<p role="status">
            ${hits === 0 ? `Inget hittades för ”${text}”.` : `${hits} ${hits === 1 ? 'punkt' : 'punkter'} hittades för ”${text}”.`}
          </p>`
    }
    ${found.filter(({ total }) => total > 0).map(foundIn)}`,
  };
};

const foundIn = ({ items, plan, total }: Found): Html =>
  html`<h2><a href="${planPath(plan)}">${plan.title}</a></h2>
    ${total > items.length && html`<p class="soft">De första ${items.length} av ${total} visas.</p>`}
    ${itemRows(
      plan,
      items.map((item) => ({ item })),
    )}`;

async function search(api: Api, text: string): Promise<Found[]> {
  const by = await meaningOf(api, text);
  const { items: plans } = await api.all<PlanAnswer>('/v1/plans');
  return Promise.all(
    plans.map(async (plan) => {
      const path = `/v1/plans/${plan.id}/items`;
      const { items, total } = await api.get<{ items: ItemAnswer[]; total: number }>(path, {
        ...by,
        limit: String(most),
      });
      return { plan, items, total };
    }),
  );
}

/** A number stands for itself, the alias of a body for its items, and anything else for a word of the wording. */
async function meaningOf(api: Api, text: string): Promise<Query> {
  if (/^\d+(?:[.:]\d+)*$/.test(text)) return { number: text };
  const { items: bodies } = await api.get<{ items: { readonly id: string }[] }>('/v1/bodies', { alias: text });
  return bodies.length === 1 ? { bodyId: bodies[0]!.id } : { text };
}
