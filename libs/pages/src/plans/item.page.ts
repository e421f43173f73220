import { html } from '#html';
import type { IndicatorAnswer } from '../api/answers.js';
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
  const { items: indicators } = await api.all<IndicatorAnswer>(`/v1/plans/${plan.id}/indicators`, {
    ...asked(moment),
    itemId: item.id,
  });
  const kept = momentQuery(moment);
  const { concerned, contributions, expectedEffects, lifecycle, responsible, status } = item;
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
