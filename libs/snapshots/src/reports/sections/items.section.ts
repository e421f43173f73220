import { evidenceText } from '../../format/evidence-text.js';
import { particularsOf } from '../../format/link-text.js';
import { madeUp } from '../../format/provenance-text.js';
import type { AssessmentContent, ItemContent, Said, Snapshot } from '../../format/snapshot.js';
import { differencesOf, isJudgedDifferently } from '../differing.js';
import { html } from '#html';
import type { Html } from '#html';
import { region } from '../region.html.js';
import { levelBadge, mark, notAssessedBadge, provenance } from '../status.html.js';
import {
  discontinuations,
  lifecycles,
  namesOf,
  sentence,
  swedishBy,
  swedishHold,
  swedishInstant,
  swedishTrend,
} from '../swedish.js';

/** Every item in scope under its topmost item. One that lies under several is told of under the first. */
export function itemSection({ items, plan, topItems }: Snapshot): Html {
  const byId = new Map(items.map((item) => [item.itemId, item]));
  const told = new Map<string, string>();
  return html`<section aria-labelledby="bedomningar">
    <h2 id="bedomningar">Bedömningar</h2>
    ${topItems.map(({ item: top, itemIds }) => {
      const here = itemIds.filter((itemId) => !told.has(itemId));
      const elsewhere = itemIds.filter((itemId) => told.has(itemId));
      const seeAlso = elsewhere.map((itemId) => `${byId.get(itemId)!.label} (under ${told.get(itemId)})`);
      for (const itemId of here) told.set(itemId, top.label);
      return html`<h3>${top.label}: ${top.title}</h3>
        ${
          here.length > 0 &&
          itemTable(
            `Bedömningar under ${top.label}`,
            here.map((itemId) => byId.get(itemId)!),
            plan,
          )
        }
        ${seeAlso.length > 0 && html`<p>Se även ${seeAlso.join(', ')}.</p>`} `;
    })}
  </section>`;
}

const itemTable = (caption: string, items: readonly ItemContent[], plan: Snapshot['plan']): Html =>
  region(
    caption,
    html`<table class="items">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Punkt</th>
          <th scope="col">Bedömning</th>
          <th scope="col">Motivering och underlag</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              <th scope="row">${nameCell(item)}</th>
              <td>${statusCell(item)}${isJudgedDifferently(item, plan) && mark('Bedöms olika')}</td>
              <td>${groundsCell(item, plan)}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );

function nameCell(item: ItemContent): Html {
  const { concerned, hold, lifecycle, responsible } = item;
  const reason = lifecycle.reason && ` (${discontinuations[lifecycle.reason] ?? lifecycle.reason})`;
  return html`${item.label}<span class="title">${item.title}</span>${provenance(item)}${
      responsible.length > 0 && html`<span class="small">Ansvarig: ${namesOf(responsible)}</span>`
    }${concerned && html`<span class="small">Berörda: ${concerned.group ?? namesOf(concerned.bodies)}</span>`}${particularsOf(
      item,
    ).map(({ name, told }) => told && html`<span class="small">${name}: ${told}</span>`)}${
      lifecycle.state !== 'active' &&
      html`<span class="small"
          >${lifecycles[lifecycle.state]}
          ${lifecycle.since}${reason}${lifecycle.printedLabel && ` (i dokumentet: ${lifecycle.printedLabel})`}${lifecycle.comment && html`: ${lifecycle.comment}`}</span
        >${provenance(lifecycle)}`
    }${hold && html`<span class="small">${swedishHold(hold)}</span>${provenance(hold)}`}`;
}

function statusCell({ hold, lifecycle, previously, status, trend }: ItemContent): Html {
  if (!status) {
    const unasked = lifecycle.state === 'discontinued' || hold !== undefined;
    const badge = unasked ? html`Bedöms inte` : notAssessedBadge();
    return html`${badge}${previously && html`<span class="small">I förra utgåvan: ${previously.level.label}, som har dragits tillbaka</span>`}`;
  }
  return html`${levelBadge(status.level)}${trend && html`<span class="small">${swedishTrend(trend)}</span>`}${marks(status)}`;
}

/** What makes an assessment other than one that came in time and stands as it was. */
const marks = ({ afterDeadline, corrections, late }: AssessmentContent): Html =>
  html`${late && mark('Efter frysningen')}${!late && afterDeadline && mark('Efter sista dag')}${corrections.length > 0 && mark('Rättad')}`;

function groundsCell(item: ItemContent, plan: Snapshot['plan']): Html {
  const { contributions, status, withdrawn } = item;
  const differences = new Map(
    differencesOf(item, plan).map(({ contribution, words }) => [contribution, capitalised(sentence(words))]),
  );
  return html`${status && html`${status.motivation}${evidence(status)}${provenance(status)}${history(status)}`}${
    contributions.length > 0 &&
    html`<div class="aside">
      ${contributions.map(
        (one) =>
          html`<p><strong>${one.body.name}:</strong> ${levelBadge(one.level)} ${one.motivation} ${marks(one)}</p>
            ${differences.has(one) && html`<span class="small">${differences.get(one)}</span>`}${evidence(one)}${provenance(one)}${history(one)}`,
      )}
    </div>`
  }${withdrawn.map(
    (one) =>
      html`<p class="small">
        Tillbakadragen bedömning från ${one.body.name} (${madeUp(one.made ?? {}, one.level.label)}),
        ${swedishInstant(one.recordedAt)}: ${one.reason} ${provenance(one)}
      </p>`,
  )}`;
}

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);

const evidence = ({ evidence: grounds }: Said): Html | false =>
  grounds.length > 0 && html`<span class="small">Underlag: ${grounds.map(evidenceText).join('; ')}</span>`;

/** What was said before: in the issue that is replaced, before corrections, and before the body judged anew. */
function history({ corrections, previously, replaced }: AssessmentContent): Html {
  return html`${previously === null && html`<span class="small">I förra utgåvan: inte bedömd</span>`}${
    previously && html`<span class="small">I förra utgåvan: ${previously.level.label}. ${previously.motivation}</span>`
  }${corrections.map(
    ({ before, by, reason, recordedAt, ...whence }) =>
      html`<span class="small"
          >Rättad ${swedishInstant(recordedAt)} av ${swedishBy(by)}: ${sentence(reason)} Tidigare:
          ${before.level.label}. ${before.motivation}</span
        >${provenance(whence)}`,
  )}${replaced.map(
    ({ level, motivation, recordedAt, ...whence }) =>
      html`<span class="small">Tidigare bedömning ${swedishInstant(recordedAt)}: ${level.label}. ${motivation}</span
        >${provenance(whence)}`,
  )}`;
}
