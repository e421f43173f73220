import { html } from '#html';
import type { Html } from '#html';
import type { ItemAnswer, PlanAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import { lifecycles } from '../words.js';
import { itemPath } from './addresses.js';

/** A list of items, each with how it stands. @param query goes with each address, so that a moment is kept */
export const itemRows = (plan: PlanAnswer, items: readonly Row[], query = ''): Html =>
  html`<ul class="rows">
    ${items.map(({ depth, item }) => row(plan, item, depth, query))}
  </ul>`;

export interface Row {
  readonly item: ItemAnswer;
  /** How deep it stands under what it belongs to. */
  readonly depth?: number;
}

const row = (plan: PlanAnswer, item: ItemAnswer, depth = 0, query: string): Html =>
  html`<li class="${depth > 0 && `sub${Math.min(depth, 3)}`}">
    <div class="what">
      <a href="${itemPath(plan, item)}${query}">${item.label}</a> ${item.title !== item.label && item.title}
    </div>
    <div>${standing(item)}</div>
  </li>`;

/** How an item stands: its level, and that it ended where it did. */
export function standing({ lifecycle, status }: ItemAnswer): Html {
  const ended = lifecycle.state === 'completed' || lifecycle.state === 'discontinued';
  if (ended && !status) return badge(undefined, lifecycles[lifecycle.state]);
  return html`${badge(status?.level)} ${ended && html`<span class="mark">${lifecycles[lifecycle.state]}</span>`}`;
}
