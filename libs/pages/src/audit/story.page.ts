import { html } from '#html';
import type { Html } from '#html';
import type { HistoryEntry, ItemAnswer, PlanAnswer, TimelineAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import type { PageOf } from '../page-request.js';
import { itemPath, planPath, storyPath } from '../plans/addresses.js';
import { judgementText } from '../plans/judgement.js';
import { asked, dayField, momentForm, momentOf, momentQuery, toldMoment } from '../plans/moment.js';
import { roleNames, swedishDay, swedishInstant } from '../words.js';
import { wordsCompared } from './words-compared.js';

/** How many entries one page shows. */
const pageLength = 50;

/**
 * Everything that was recorded of an item, of all that it came from and of all that came of it, in order, by whom and on what
 * decision; and the item as it was at a moment.
 */
export const storyPage: PageOf = async ({ api, params, query }) => {
  const moment = momentOf(query);
  const from = Math.max(0, Number.parseInt(query['fran-post'] ?? '0', 10) || 0);
  const id = encodeURIComponent(params['item']!);
  const [item, story] = await Promise.all([
    api.get<ItemAnswer>(`/v1/items/${id}`, asked(moment)),
    api.get<TimelineAnswer>(`/v1/items/${id}/timeline`, {
      ...asked(moment),
      limit: String(pageLength),
      offset: String(from),
    }),
  ]);
  const plan = await api.get<PlanAnswer>(`/v1/plans/${item.planId}`);
  const kept = momentQuery(moment);
  return {
    title: `Historia: ${item.label}`,
    crumbs: [
      { href: '/', text: 'Planer' },
      { href: `${planPath(plan)}${kept}`, text: plan.title },
      { href: `${itemPath(plan, item)}${kept}`, text: item.label },
    ],
    content: html`<p class="lead">${item.title}</p>
      ${toldMoment(moment)} ${momentForm(storyPath(item), moment)}
      <h2>${kept ? 'Så stod det' : 'Så står det'}</h2>
      ${item.status ? judgementText(item.status) : html`<p>${badge(undefined)}</p>`} ${lineage(story, item.id, kept)}
      <h2>Vad som har hänt</h2>
      <p class="soft">${story.total} ${story.total === 1 ? 'händelse' : 'händelser'} i den ordning de registrerades.</p>
      <ol class="line">
        ${story.items.map((told) => entry(told, story.lineage.length > 1))}
      </ol>
      ${pages(storyPath(item), kept, from, story.total)}
      <h2>Jämför två dagar</h2>
      <form class="asked" method="get" action="${storyPath(item)}/jamfor">
        ${dayField('fran', 'Från', 'Den första dagen')} ${dayField('till', 'Till', 'Den andra dagen; annars i dag')}
        <button>Jämför</button>
      </form>`,
  };
};

function pages(path: string, kept: string, from: number, total: number): Html | false {
  if (total <= pageLength) return false;
  const to = (start: number): string => `${path}${kept ? `${kept}&` : '?'}fran-post=${start}`;
  return html`<p>
    ${from > 0 && html`<a href="${to(Math.max(0, from - pageLength))}">Tidigare händelser</a>`}
    ${from + pageLength < total && html`<a href="${to(from + pageLength)}">Senare händelser</a>`}
  </p>`;
}

/** What an item came from and what came of it, over plans; nothing where it is alone. */
function lineage({ isWhole, lineage: items, links }: TimelineAnswer, id: string, kept: string): Html | false {
  if (items.length < 2) return false;
  return html`<h2>Föregångare och efterföljare</h2>
    <ul>
      ${links.map(({ on, words }) => html`<li>${words} <span class="soft">${swedishDay(on)}</span></li>`)}
    </ul>
    <p>
      ${items
        .filter((item) => item.id !== id)
        .map((item) => html`<a href="${storyPath(item)}${kept}">${item.label}${item.plan && `, ${item.plan}`}</a> `)}
    </p>
    ${!isWhole && html`<p class="soft">Det finns fler; de närmaste visas.</p>`}`;
}

/** @param amongOthers whether it must say which item it happened to */
const entry = (told: TimelineAnswer['items'][number], amongOthers: boolean): Html =>
  html`<li>
    <h3>${amongOthers && `${told.item.label}${told.item.plan ? `, ${told.item.plan}` : ''}: `}${told.summary}</h3>
    ${words(told)}
    <p class="soft">
      <small
        >Gäller <time datetime="${told.effectiveOn}">${swedishDay(told.effectiveOn)}</time>. Registrerat
        <time datetime="${told.recordedAt}">${swedishInstant(told.recordedAt)}</time> av
        ${roleNames[told.actor.role as keyof typeof roleNames] ?? told.actor.role} (${told.actor.id}).
        ${told.attested && `Sagt ${swedishDay(told.attested.on)}.`} ${decision(told)}
        ${told.invented && html`<span class="mark">Påhittat</span>`}</small
      >
    </p>
  </li>`;

/** What the words were before and became: of a wording or of a motivation. */
function words({ after, before }: HistoryEntry): readonly Html[] {
  return ['title', 'text', 'motivation'].flatMap((field) => {
    const [was, is] = [before[field], after[field]];
    if (typeof is !== 'string' || (field !== 'motivation' && typeof was !== 'string') || was === is) return [];
    return [html`<blockquote><p>${typeof was === 'string' ? wordsCompared(was, is) : is}</p></blockquote>`];
  });
}

function decision({ decision: made }: HistoryEntry): string {
  if (!made) return '';
  const by = typeof made.body === 'object' ? made.body.name : undefined;
  const parts = [by, made.date && swedishDay(made.date), made.paragraph, made.diarienummer].filter(Boolean);
  return parts.length > 0 ? `Beslut: ${parts.join(', ')}.` : '';
}
