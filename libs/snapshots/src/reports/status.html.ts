import { whenceTexts } from '../format/provenance-text.js';
import type { LevelContent, ProvenanceContent } from '../format/snapshot.js';
import { html, Html } from '#html';

/** Shapes on a field of 16 × 16. They tell levels apart where colours do not: in print, and for those who see few of them. */
const shapes: Readonly<Record<string, string>> = {
  'check-circle': '<circle cx="8" cy="8" r="6.6"/><path d="m4.9 8.3 2.2 2.2 4.1-4.6"/>',
  check: '<path d="m2.6 8.6 3.6 3.6 7.2-8.2"/>',
  arrow: '<path d="M2 8h11M8.8 3.6 13.2 8l-4.4 4.4"/>',
  clock: '<circle cx="8" cy="8" r="6.6"/><path d="M8 4.2V8l2.8 1.9"/>',
  triangle: '<path d="M8 2 14.6 13.6H1.4zM8 6.4v3.4M8 11.6v.4"/>',
  cross: '<path d="m3.4 3.4 9.2 9.2M12.6 3.4l-9.2 9.2"/>',
  none: '<path d="M3 8h10" stroke-dasharray="2 2.4"/>',
  other: '<rect x="3" y="3" width="10" height="10"/>',
};

const colours = new Set(['green', 'yellow', 'red']);

/** An icon beside a text that says the same. */
const icon = (code: string): Html =>
  new Html(
    `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[code] ?? shapes['other']}</svg>`,
  );

/** A level as text, icon and colour. */
export const levelBadge = ({ colour, icon: shape, label }: LevelContent): Html =>
  html`<span class="level ${colours.has(colour) ? colour : 'neutral'}">${icon(shape)}${label}</span>`;

export const notAssessedBadge = (): Html => html`<span class="level neutral">${icon('none')}Inte bedömd</span>`;

/** A remark that must not be overlooked, such as “Sent inkommen”. */
export const mark = (text: string): Html => html`<span class="mark">${text}</span>`;

/** Where something comes from, where that is not who recorded it: that it was made up must not be overlooked. */
export function provenance(of: ProvenanceContent): Html {
  const said = whenceTexts(of).map((told) => html`<span class="small whence">${told}</span>`);
  return html`${of.invented && mark('Påhittat')}${said}`;
}
