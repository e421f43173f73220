import { isMadeUp } from '../format/provenance-text.js';
import type { CellContent, IndicatorContent } from '../format/snapshot.js';
import { shownCell } from './computed.js';
import { html } from '#html';
import type { Html } from '#html';
import { swedishCell, swedishNumber } from './swedish.js';

const width = 560;
const height = 200;
const frame = { left: 64, right: 104, top: 16, bottom: 30 };

interface Point {
  readonly x: number;
  readonly y: number;
  /** Whether no line leads to it: it measures another thing than the point before. */
  readonly begins?: boolean;
}

interface Line {
  readonly name: string;
  readonly style: 'total' | 'women' | 'men';
  readonly points: readonly Point[];
}

const columns = [
  { style: 'total', name: 'Totalt' },
  { style: 'women', name: 'Kvinnor' },
  { style: 'men', name: 'Män' },
] as const;

const valueOf = (cell: CellContent | undefined): number | undefined =>
  cell && 'value' in cell ? Number(cell.value) : undefined;

/**
 * The series as a drawing; undefined where it has fewer than two values to draw a line between. Numbers are floating
 * point here and only here: a drawing is no finer than its pixels. Lines differ in dashes and marks, not in colour alone.
 */
export function chart(indicator: IndicatorContent, id: string): Html | undefined {
  const { measure, name, series } = indicator;
  const values = columns.flatMap(({ style }) => series.flatMap((entry) => valueOf(shownCell(entry, style)) ?? []));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const placeX = (index: number): number =>
    round(frame.left + (series.length < 2 ? 0 : (index * (width - frame.left - frame.right)) / (series.length - 1)));
  const placeY = (value: number): number =>
    round(
      high === low ? height / 2 : frame.top + ((high - value) * (height - frame.top - frame.bottom)) / (high - low),
    );
  const lines = columns
    .map(({ name: called, style }): Line => ({
      name: called,
      style,
      points: pointsOf(series, style, (value, index) => ({ x: placeX(index), y: placeY(value) })),
    }))
    .filter(({ points }) => points.length > 1);
  if (lines.length === 0) return undefined;
  const [first, last] = [series[0]!, series.at(-1)!];
  const labels = spread(lines.map(({ points }) => points.at(-1)!.y));
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">
    <title id="${id}-t">${name}, ${measure.unit}</title>
    <desc id="${id}-d">
      Linjediagram från ${first.period} till ${last.period}. Totalt ${swedishCell(shownCell(first, 'total'))} respektive
      ${swedishCell(shownCell(last, 'total'))}.${breaksIn(series)}${madeUpIn(series)} Alla värden står i tabellen efter
      diagrammet.
    </desc>
    <g class="axis">
      <path
        d="M${frame.left} ${placeY(high)}H${width - frame.right}M${frame.left} ${placeY(low)}H${width - frame.right}"
      />
      <text x="${frame.left - 8}" y="${placeY(high) + 4}" text-anchor="end">${axisNumber(high, series)}</text>
      ${
        high !== low &&
        html`<text x="${frame.left - 8}" y="${placeY(low) + 4}" text-anchor="end">${axisNumber(low, series)}</text>`
      }
      ${series.map((entry, index) => entry.break && html`<path class="break" d="M${round(placeX(index) - 10)} ${frame.top}V${height - frame.bottom}" stroke-dasharray="2 3" />`)}
      ${series.map(({ period }, index) => html`<text x="${placeX(index)}" y="${height - 8}" text-anchor="middle">${period}</text>`)}
    </g>
    ${lines.map(({ name: called, points, style }, index) => drawn({ points, style, name: called }, labels[index]!))}
  </svg>`;
}

/** The points of a column. No line leads over a break, also where the period that it came with has no value. */
function pointsOf(
  series: IndicatorContent['series'],
  style: Line['style'],
  place: (value: number, index: number) => Point,
): Point[] {
  let begins = false;
  return series.flatMap((entry, index) => {
    begins ||= entry.break !== undefined;
    const value = valueOf(shownCell(entry, style));
    if (value === undefined) return [];
    const point = { ...place(value, index), begins };
    begins = false;
    return [point];
  });
}

/** ` Seriebrott vid 2025.`; nothing where the series goes on. */
function breaksIn(series: IndicatorContent['series']): string {
  const periods = series.flatMap((entry) => (entry.break ? entry.period : []));
  return periods.length === 0 ? '' : ` Seriebrott vid ${periods.join(', ')}.`;
}

/** ` Påhittat: 2023, 2024.`; nothing where nothing was made up. */
function madeUpIn(series: IndicatorContent['series']): string {
  const periods = series.filter(isMadeUp).map(({ period }) => period);
  return periods.length === 0 ? '' : ` Påhittat: ${periods.join(', ')}.`;
}

function drawn({ name, points, style }: Line, labelY: number): Html {
  const path = points.map(({ begins, x, y }, index) => `${index === 0 || begins ? 'M' : 'L'}${x} ${y}`).join('');
  return html`<g class="${style}"
    ><path class="line" d="${path}" />${points.map((point) => markOf(style, point))}<text
      x="${width - frame.right + 12}"
      y="${labelY + 4}"
      >${name}</text
    ></g
  > `;
}

function markOf(style: Line['style'], { x, y }: Point): Html {
  if (style === 'total') return html`<circle cx="${x}" cy="${y}" r="4" />`;
  if (style === 'women') return html`<rect x="${x - 4}" y="${y - 4}" width="8" height="8" />`;
  return html`<path class="point" d="M${x} ${round(y - 5)}l5 9h-10z" />`;
}

/** Labels at least a line apart, so that none covers another or what is under the drawing. */
function spread(places: readonly number[]): number[] {
  const order = places
    .map((y, index) => ({ y, index }))
    .sort((left, right) => left.y - right.y || left.index - right.index);
  const spreadOut: number[] = [];
  let lowest = -Infinity;
  for (const { index, y } of order) {
    lowest = Math.max(y, lowest + 15);
    spreadOut[index] = lowest;
  }
  const tooFar = Math.max(0, lowest - (height - frame.bottom));
  return spreadOut.map((y) => round(y - tooFar));
}

/** The recorded decimal that has this value, as it was recorded. */
function axisNumber(value: number, series: IndicatorContent['series']): string {
  const cells = series.flatMap((entry) => columns.map(({ style }) => shownCell(entry, style)));
  const found = cells.find((cell) => valueOf(cell) === value);
  return found && 'value' in found ? swedishNumber(found.value) : swedishNumber(String(value));
}

const round = (place: number): number => Math.round(place * 10) / 10;
