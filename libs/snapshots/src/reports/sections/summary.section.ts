import type { Counts, NamedCounts, ScaleRef, Snapshot } from '../../format/snapshot.js';
import { differencesInAll } from '../differing.js';
import { html } from '#html';
import type { Html } from '#html';
import { region } from '../region.html.js';
import { levelBadge } from '../status.html.js';
import { swedishNumber } from '../swedish.js';

/** How many items have each level. */
export function summarySection(snapshot: Snapshot): Html {
  const { plan, totals } = snapshot;
  const differences = differencesInAll(snapshot);
  const levels = totals.all.levels;
  const scales = [plan.scale, ...(plan.otherScales ?? [])];
  const meaningOf = ({ code, scale = plan.scale }: LevelRow) =>
    scales.find((one) => isSame(one, scale))?.levels.find((level) => level.code === code);
  return html`<section aria-labelledby="sammanfattning">
    <h2 id="sammanfattning" class="first">Sammanfattning</h2>
    ${countsTable('Antal punkter med varje bedömning, efter slag', [{ id: 'all', label: 'Alla', ...totals.all }, ...totals.byKind], levels)}
    ${countsTable('Antal punkter med varje bedömning, efter överordnat mål', totals.byTopItem, levels)}
    ${countsTable('Antal punkter med varje bedömning, efter berörd eller ansvarig nämnd eller bolag', totals.byBody, levels)}
    ${differences && html`<p>${differences}</p>`}
    <h3>Så läses bedömningarna</h3>
    <ul class="plain">
      ${levels.map((row) => {
        const level = meaningOf(row);
        const told = level && { ...level, label: row.label };
        return html`<li>${told ? html`${levelBadge(told)} ${told.meaning}` : row.label}</li> `;
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
  return region(
    caption,
    html`<table class="counts">
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
              ${number(row.items)}${levels.map((level) => number(row.levels.find((one) => isSameRow(one, level))?.count ?? 0))}${number(row.notAssessed)}${tellsHolds && number(row.onHold ?? 0)}${number(row.discontinued)}
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}

type LevelRow = Counts['levels'][number];

const isSame = (one: ScaleRef, other: ScaleRef): boolean =>
  one.scaleId === other.scaleId && one.version === other.version;
const isSameRow = (one: LevelRow, other: LevelRow): boolean =>
  one.code === other.code && (one.scale && other.scale ? isSame(one.scale, other.scale) : one.scale === other.scale);

const number = (count: number): Html => html`<td class="n">${swedishNumber(String(count))}</td>`;
