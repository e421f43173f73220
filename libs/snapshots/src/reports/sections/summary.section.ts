import type { Counts, NamedCounts, Snapshot } from '../../format/snapshot.js';
import { html } from '../html.js';
import type { Html } from '../html.js';
import { levelBadge } from '../status.html.js';
import { swedishNumber } from '../swedish.js';

/** How many items have each level. */
export function summarySection({ plan, totals }: Snapshot): Html {
  const levels = totals.all.levels;
  const known = new Map(plan.scale.levels.map((level) => [level.code, level]));
  return html`<section aria-labelledby="sammanfattning">
    <h2 id="sammanfattning" class="first">Sammanfattning</h2>
    ${countsTable('Antal punkter med varje bedömning, efter slag', [{ id: 'all', label: 'Alla', ...totals.all }, ...totals.byKind], levels)}
    ${countsTable('Antal punkter med varje bedömning, efter överordnat mål', totals.byTopItem, levels)}
    ${countsTable('Antal punkter med varje bedömning, efter berörd eller ansvarig nämnd eller bolag', totals.byBody, levels)}
    <h3>Så läses bedömningarna</h3>
    <ul class="plain">
      ${levels.map(({ code, label }) => {
        const level = known.get(code);
        return html`<li>${level ? html`${levelBadge(level)} ${level.meaning}` : label}</li> `;
      })}
    </ul>
    <p>
      En punkt som ligger under flera mål räknas under vart och ett av dem. Utgångna punkter räknas bara i
      antalet.${totals.all.onHold !== undefined && ' Vilande punkter behöver inte bedömas; de som ändå är det räknas även där.'}
    </p>
  </section>`;
}

function countsTable(caption: string, rows: readonly NamedCounts[], levels: Counts['levels']): Html | false {
  if (rows.length === 0) return false;
  const tellsHolds = rows.some(({ onHold }) => onHold !== undefined);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table class="counts">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Urval</th>
          <th scope="col" class="n">Antal</th>
          ${levels.map(({ label }) => html`<th scope="col" class="n">${label}</th>`)}
          <th scope="col" class="n">Inte bedömda</th>
          ${tellsHolds && html`<th scope="col" class="n">Vilande</th>`}
          <th scope="col" class="n">Utgångna</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.label}</th>
              ${number(row.items)}${levels.map(({ code }) =>
                number(row.levels.find((level) => level.code === code)?.count ?? 0),
              )}${number(row.notAssessed)}${tellsHolds && number(row.onHold ?? 0)}${number(row.discontinued)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

const number = (count: number): Html => html`<td class="n">${swedishNumber(String(count))}</td>`;
