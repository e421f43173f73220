import { html } from '#html';
import type { Html } from '#html';
import type { Judgement } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import { swedishDay, swedishInstant, trends } from '../words.js';

/** One judgement: the level, the words, and who said it when. */
export const judgementText = ({
  body,
  effectiveOn,
  invented,
  level,
  motivation,
  recordedAt,
  round,
  trend,
}: Judgement): Html =>
  html`<p>
      ${badge(level)} ${trend && trends[trend] && html`<span class="soft">${trends[trend]}</span>`}
      ${invented && html`<span class="mark">Påhittat</span>`}
    </p>
    <blockquote><p>${motivation}</p></blockquote>
    <p class="soft">
      <small
        >${body.name}${round && `, ${round}`}. Gäller <time datetime="${effectiveOn}">${swedishDay(effectiveOn)}</time>,
        registrerat <time datetime="${recordedAt}">${swedishInstant(recordedAt)}</time>.</small
      >
    </p>`;

/** The names of bodies; those beyond the first few folded away, and open in print. */
export function bodyNames(names: readonly string[]): Html {
  if (names.length <= 4) return html`${names.join(', ')}`;
  return html`<details>
    <summary>${names.length} nämnder och bolag</summary>
    ${names.join(', ')}
  </details>`;
}
