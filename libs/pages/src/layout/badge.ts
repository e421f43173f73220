import { html } from '#html';
import type { Html } from '#html';
import type { Level } from '../api/answers.js';

/** How the colours of a scale are drawn: what is completed is filled, so that two greens are told apart. */
const looks: Readonly<Record<string, string>> = { green: 'good', yellow: 'late', red: 'bad' };

const drawings: Readonly<Record<string, string>> = {
  'check-circle': 'M4 12.5l5 5L20 6.5',
  arrow: 'M4 12h15m-6-6l6 6-6 6',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zm0 4v5l3.5 2',
  cross: 'M5 5l14 14M19 5L5 19',
};

/** A level as its word, its icon and its colour; what has not been assessed says so. */
export function badge(level: Pick<Level, 'label' | 'colour' | 'icon'> | undefined, otherwise = 'Inte bedömd'): Html {
  if (!level) return html`<span class="badge none">${icon('M5 12h3m3 0h3m3 0h3')}${otherwise}</span>`;
  const look = level.icon === 'check-circle' ? 'done' : (looks[level.colour ?? ''] ?? 'none');
  return html`<span class="badge ${look}">${icon(drawings[level.icon ?? ''] ?? 'M6 12h12')}${level.label}</span>`;
}

const icon = (path: string): Html => html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}" /></svg>`;
