import { html } from '#html';
import type { Html } from '#html';
import type { GatheredAnswer, IndicatorAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import type { PageOf } from '../page-request.js';
import { lifecycles, swedishDay } from '../words.js';
import { indicatorPath, itemPath, planPath, storyPath } from './addresses.js';
import { bodyNames, judgementText } from './judgement.js';
import { asked, momentForm, momentOf, momentQuery, toldMoment } from './moment.js';
import { itemOf, planOf } from './plan-of.js';

/** An item: its wording, how it stands and why, whom it concerns, and what it is measured by. */
export const itemPage: PageOf = async ({ api, params, query }) => {
  const moment = momentOf(query);
  const plan = await planOf(api, params['plan']!, asked(moment));
  const item = await itemOf(api, plan, params['kind']!, params['number']!, asked(moment));
  const [{ items: indicators }, gathered] = await Promise.all([
    api.all<IndicatorAnswer>(`/v1/plans/${plan.id}/indicators`, { ...asked(moment), itemId: item.id }),
    api.get<GatheredAnswer>(`/v1/items/${item.id}/answers`, asked(moment)),
  ]);
  const kept = momentQuery(moment);
  const { answersTo, concerned, contributions, expectedEffects, lifecycle, responsible, status } = item;
  return {
    title: `${item.label}: ${item.title}`,
    crumbs: [
      { href: '/', text: 'Planer' },
      { href: `${planPath(plan)}${kept}`, text: plan.title },
      ...item.parents.map(({ id, label }) => ({
        href: `${itemPath(plan, { id, kind: 'punkt' })}${kept}`,
        text: label,
      })),
    ],
    content: html`${toldMoment(moment)} ${item.text && html`<p class="text">${item.text}</p>`}
      <h2>Bedömning</h2>
      ${status ? judgementText(status) : html`<p>${badge(undefined)} Ingen har bedömt punkten än.</p>`}
      ${
        contributions.length > 0 &&
        html`<h2>Berördas bedömningar</h2>
          ${contributions.map(judgementText)}`
      }
      ${gathered.total > 0 && answers(gathered, kept)}
      <h2>Om punkten</h2>
      <dl class="facts">
        <dt>Läge</dt>
        <dd>
          ${lifecycles[lifecycle.state] ?? lifecycle.state}${lifecycle.since && ` sedan ${swedishDay(lifecycle.since)}`}
        </dd>
        ${
          responsible.length > 0 &&
          html`<dt>Ansvariga</dt>
            <dd>${bodyNames(responsible.map(({ name }) => name))}</dd>`
        }
        ${
          concerned &&
          html`<dt>Berörda</dt>
            <dd>${bodyNames(concerned.bodies.map(({ name }) => name))}</dd>`
        }
        ${
          answersTo.length > 0 &&
          html`<dt>Svarar mot</dt>
            <dd>
              ${answersTo.map((one) => html`<p><a href="${storyPath({ id: one.itemId })}${kept}">${one.label} i ${one.plan}</a></p>`)}
            </dd>`
        }
        ${
          expectedEffects.length > 0 &&
          html`<dt>Väntade effekter</dt>
            <dd>
              ${expectedEffects.map((effect) => html`<p>${typeof effect === 'string' ? effect : effect.text}</p>`)}
            </dd>`
        }
      </dl>
      ${
        indicators.length > 0 &&
        html`<h2>Mäts med</h2>
          <ul>
            ${indicators.map((one) => html`<li><a href="${indicatorPath(one)}${kept}">${one.name}</a></li>`)}
          </ul>`
      }
      <h2>Hur det har ändrats</h2>
      <p><a class="button" href="${storyPath(item)}${kept}">Visa punktens historia</a></p>
      ${momentForm(itemPath(plan, item), moment)}`,
  };
};

/** How the items of other plans stand that answer it, or what lies under it. */
const answers = ({ bodies, items, total }: GatheredAnswer, kept: string): Html =>
  html`<h2>Så svarar nämnderna</h2>
    <ul>
      ${bodies.map(
        ({ body, statuses }) =>
          html`<li>
            ${body.name}: ${statuses.map(({ count, statusLabel }) => `${statusLabel} ${count}`).join(', ')}
          </li>`,
      )}
    </ul>
    <ul>
      ${items.map(
        ({ itemId, label, level, plan, title }) =>
          html`<li>
            ${badge(level ?? undefined)} <a href="${storyPath({ id: itemId })}${kept}">${label} i ${plan}</a> ${title}
          </li>`,
      )}
    </ul>
    ${total > items.length && html`<p class="soft">${items.length} av ${total} visas.</p>`}`;
