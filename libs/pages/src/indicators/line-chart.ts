import { html } from '#html';
import type { Html } from '#html';
import type { Cell, IndicatorAnswer } from '../api/answers.js';

const size = { width: 640, height: 300 };
/** Room for the largest letters that the style has, those on a phone. */
const frame = { left: 90, right: 104, top: 20, bottom: 72 };
const columns = [
  { of: 'total', name: 'Totalt' },
  { of: 'women', name: 'Kvinnor' },
  { of: 'men', name: 'Män' },
] as const;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly begins: boolean;
}

const numberOf = (cell: Cell | undefined): number | undefined =>
  cell?.value === undefined ? undefined : Number(cell.value);

/**
 * A series as lines; nothing where there is no line to draw. A line is broken where a value is missing or means something else.
 * Numbers are floating point here and only here: a drawing is no finer than its pixels. The axis says so where it does not begin at 0.
 */
export function lineChart({ measure, name, series }: IndicatorAnswer): Html | undefined {
  const values = series.flatMap((period) => columns.flatMap(({ of }) => numberOf(period[of]) ?? []));
  if (values.length < 2 || series.length < 2) return undefined;
  const { bottom, top } = axisOf(values);
  const x = (index: number): number =>
    round(frame.left + (index * (size.width - frame.left - frame.right)) / (series.length - 1));
  const y = (value: number): number =>
    round(frame.top + ((top - value) * (size.height - frame.top - frame.bottom)) / (top - bottom));
  const lines = columns
    .map((column) => ({ ...column, points: pointsOf(series, column.of, x, y) }))
    .filter(({ points }) => points.length > 0);
  const labels = apart(lines.map(({ points }) => points.at(-1)!.y));
  return html`<svg
    class="chart"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-labelledby="kurva kurva-text"
  >
    <title id="kurva">${name}</title>
    <desc id="kurva-text">
      Linjediagram i ${measure.unit}, ${series[0]!.period} till ${series.at(-1)!.period}. Alla värden står i tabellen
      efter.
    </desc>
    <g class="axis">
      ${[bottom, top].map(
        (value) =>
          html`<path d="M${frame.left} ${y(value)}H${size.width - frame.right}" /><text
              x="${frame.left - 8}"
              y="${y(value) + 5}"
              text-anchor="end"
              >${swedish(value)}</text
            >`,
      )}
      ${
        bottom !== 0 &&
        html`<path d="M${frame.left - 6} ${y(bottom) - 12}l12 -5m-12 11l12 -5" /><text
            x="${frame.left}"
            y="${size.height - 8}"
            >Axeln börjar inte vid 0</text
          >`
      }
      ${shownPeriods(series.length).map(
        (index) =>
          html`<text x="${x(index)}" y="${size.height - 42}" text-anchor="middle">${series[index]!.period}</text>`,
      )}
    </g>
    ${lines.map(({ name: called, of, points }, index) => line(of, called, points, labels[index]!))}
  </svg>`;
}

/** From 0 where the values come near to it, else from a little below the least. */
function axisOf(values: readonly number[]): { readonly bottom: number; readonly top: number } {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const bottom = least >= 0 && least <= greatest / 2 ? 0 : Math.floor(least - (greatest - least) * 0.1);
  const top = Math.ceil(greatest);
  return { bottom, top: top === bottom ? bottom + 1 : top };
}

function pointsOf(
  series: IndicatorAnswer['series'],
  of: (typeof columns)[number]['of'],
  x: (index: number) => number,
  y: (value: number) => number,
): Point[] {
  let begins = true;
  return series.flatMap((period, index) => {
    const value = numberOf(period[of]);
    begins ||= period.break !== undefined || period.movement === 'not-comparable';
    if (value === undefined) {
      begins = true;
      return [];
    }
    const point = { x: x(index), y: y(value), begins };
    begins = false;
    return [point];
  });
}

const line = (of: string, name: string, points: readonly Point[], labelY: number): Html =>
  html`<g class="series ${of}">
    <path d="${points.map(({ begins, x, y }) => `${begins ? 'M' : 'L'}${x} ${y}`).join('')}" />
    ${points.map(({ x, y }) => mark(of, x, y))}
    <text x="${size.width - frame.right + 12}" y="${labelY + 5}">${name}</text>
  </g>`;

/** Lines differ by their marks, not by colour alone. */
function mark(of: string, x: number, y: number): Html {
  if (of === 'total') return html`<circle cx="${x}" cy="${y}" r="4" />`;
  if (of === 'women') return html`<rect x="${x - 4}" y="${y - 4}" width="8" height="8" />`;
  return html`<path d="M${x} ${round(y - 5)}l5 9h-10z" />`;
}

/** Labels a line apart at the least, so that none covers another. */
function apart(places: readonly number[]): number[] {
  const order = places.map((y, index) => ({ y, index })).sort((one, other) => one.y - other.y);
  const moved: number[] = [];
  let lowest = -Infinity;
  for (const { index, y } of order) moved[index] = lowest = Math.max(y, lowest + 20);
  const over = Math.max(0, lowest - (size.height - frame.bottom));
  return moved.map((y) => round(y - over));
}

/** At the most six periods are named under the drawing, the first and the last among them. */
function shownPeriods(count: number): number[] {
  const step = Math.ceil((count - 1) / 5);
  const indexes = Array.from({ length: count }, (_, index) => index);
  return indexes.filter((index) => index === count - 1 || (index % step === 0 && count - 1 - index >= step));
}

const swedish = (value: number): string => new Intl.NumberFormat('sv-SE').format(value);
const round = (place: number): number => Math.round(place * 10) / 10;
