import type {
  DefinitionContent,
  IndicatorContent,
  PeriodContent,
  Snapshot,
  ValueCorrection,
} from '../../format/snapshot.js';
import { chart } from '../chart.html.js';
import { computedTexts, contradictions, derivationText, shownCell } from '../computed.js';
import type { ColumnName } from '../computed.js';
import { html } from '#html';
import type { Html } from '#html';
import { region } from '../region.html.js';
import { provenanceText } from '../../format/provenance-text.js';
import { mark, provenance } from '../status.html.js';
import {
  columnsText,
  directions,
  provisional,
  sentence,
  swedishBreak,
  swedishBy,
  swedishCell,
  swedishInstant,
  swedishMovement,
  swedishNumber,
  swedishTarget,
  swedishTargetStatus,
  unitOf,
} from '../swedish.js';

/** Every indicator with its values; those that have none yet are listed together. */
export function indicatorSection({ indicators }: Snapshot): Html {
  const measured = indicators.filter(({ series }) => series.some(hasValue));
  const unmeasured = indicators.filter((indicator) => !measured.includes(indicator));
  return html`<section aria-labelledby="indikatorer">
    <h2 id="indikatorer">Indikatorer</h2>
    ${indicators.length === 0 && html`<p>Planen har inga indikatorer.</p>`}
    ${measured.map((indicator, index) => detail(indicator, `i${index + 1}`))}
    ${
      unmeasured.length > 0 &&
      html`<h3>Indikatorer utan värden</h3>
        ${region(
          'Indikatorer utan värden',
          html`<table>
            <caption>
              Indikatorer som inte har något redovisat värde
            </caption>
            <thead>
              <tr>
                <th scope="col">Indikator</th>
                <th scope="col">Enhet</th>
                <th scope="col">Önskad riktning</th>
                <th scope="col">Källa</th>
              </tr>
            </thead>
            <tbody>
              ${unmeasured.map(
                ({ direction, measure, name, source, ...whence }) =>
                  html`<tr>
                    <th scope="row">${name}${provenance(whence)}</th>
                    <td>${measure.unit}</td>
                    <td>${directions[direction]}</td>
                    <td>${source}</td>
                  </tr> `,
              )}
            </tbody>
          </table>`,
        )}`
    }
  </section>`;
}

const hasValue = (entry: PeriodContent): boolean =>
  (['total', 'women', 'men'] as const).some((column) => {
    const cell = shownCell(entry, column);
    return cell && 'value' in cell;
  });

function detail(indicator: IndicatorContent, id: string): Html {
  const {
    definitions = [],
    derived,
    direction,
    items,
    measure,
    name,
    owner,
    retired,
    series,
    source,
    splitBySex,
    target,
  } = indicator;
  const hasSexes = splitBySex || definitions.some((one) => one.splitBySex);
  const met = swedishTargetStatus(indicator);
  return html`<div class="indicator">
    <h3>${name}</h3>
    <p class="small">
      ${measure.unit} · Önskad riktning: ${directions[direction]} · Källa: ${source} · Följs av
      ${owner.name}${items.length > 0 && html` · Hör till ${items.map(({ label }) => label).join(', ')}`}
    </p>
    ${provenance(indicator)}${derived && html`<p class="small">Beräknas: ${derivationText(derived)}.</p>`}
    ${target && html`<p>Mål: ${sentence(swedishTarget(target))}${met && ` ${met}`} ${provenance(target)}</p>`}${retired && html`<p>Följs inte längre, från ${retired.on}: ${retired.reason} ${provenance(retired)}</p>`}
    ${definitions.length > 1 && html`<p class="small">Definitioner: ${definitions.map(definitionText).join(' · ')}</p>`}
    ${chart(indicator, id)}
    ${region(
      `Värden för ${name}`,
      html`<table>
        <caption>
          Värden för ${name}, ${measure.unit}
        </caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            <th scope="col" class="n">Totalt</th>
            ${
              hasSexes &&
              html`<th scope="col" class="n">Kvinnor</th>
                <th scope="col" class="n">Män</th>
                <th scope="col" class="n">Skillnad, kvinnor minus män</th>`
            }
            <th scope="col">Utveckling</th>
            <th scope="col">Anmärkning</th>
          </tr>
        </thead>
        <tbody>
          ${series.map((entry) => periodRow(entry, indicator, hasSexes))}
        </tbody>
      </table>`,
    )}
  </div>`;
}

function periodRow(entry: PeriodContent, indicator: IndicatorContent, splitBySex: boolean): Html {
  const { corrections, difference, late, period, sumOfSexes, total } = entry;
  const broken = swedishBreak(entry);
  const told = { contradictions: contradictions(entry), computed: computedTexts(entry) };
  const sexes =
    splitBySex &&
    html`${valueCell(entry, 'women')}${valueCell(entry, 'men')}
      <td class="n">${difference === undefined ? '–' : swedishNumber(difference)}</td>`;
  return html`<tr>
    <th scope="row">${period}</th>
    ${valueCell(entry, 'total')}${sexes}
    <td>${swedishMovement(entry)}</td>
    <td>
      ${broken && mark(`${broken}, ${unitOf(indicator, entry)}`)}${late && mark('Efter frysningen')}${
        corrections.length > 0 && mark('Rättad')
      }${told.contradictions.length > 0 && mark('Motsägelse')}${provisional(total)}${provenance(entry)}${
        told.contradictions.length > 0 && html`<span class="small">Motsägelse: ${told.contradictions.join('; ')}</span>`
      }${told.computed.length > 0 && html`<span class="small">Beräknat: ${told.computed.join('; ')}</span>`}${
        sumOfSexes !== undefined && html`<span class="small">Kvinnor och män: ${swedishNumber(sumOfSexes)}</span>`
      }${corrections.map(correctionText)}
    </td>
  </tr> `;
}

function valueCell(entry: PeriodContent, column: ColumnName): Html {
  const isComputed = entry[column] === undefined && entry.computed?.[column]?.value !== undefined;
  return html`<td class="n">
    ${swedishCell(shownCell(entry, column))}${isComputed && html`<span class="small">beräknat</span>`}
  </td> `;
}

/** `1 från 2025-01-01, besök`. */
const definitionText = ({ derived, measure, reason, since, version, ...whence }: DefinitionContent): string => {
  const told = [reason, derived && derivationText(derived), provenanceText(whence)].filter(Boolean);
  return `${version} från ${since}, ${measure.unit}${told.length === 0 ? '' : ` (${told.join('; ')})`}`;
};

const correctionText = ({ before, by, reason, recordedAt, ...whence }: ValueCorrection): Html =>
  html`<span class="small"
      >Rättad ${swedishInstant(recordedAt)} av ${swedishBy(by)}: ${sentence(reason)} Tidigare
      ${columnsText(before)}</span
    >${provenance(whence)}`;
