import { html } from '#html';
import type { Html } from '#html';
import type { Problem } from '../api/api-refused.js';

/** Above a form that was refused: why, and how to say that what looks like a mistake is meant. */
export const refusedNotice = ({ confirm = [], detail, doubts = [], faults = [], title }: Problem): Html =>
  html`<div class="notice fault" role="alert" tabindex="-1" id="fel">
    <h2>${title}</h2>
    ${
      doubts.length + faults.length > 1
        ? html`<ul>
            ${[...doubts, ...faults].map(({ message }) => html`<li>${message}</li>`)}
          </ul>`
        : html`<p>${detail}</p>`
    }
    ${confirm.length > 0 && html`<p>Stämmer det ändå, skicka formuläret igen med krysset ”Det stämmer”.</p>`}
  </div>`;

/** A choice that says that what is doubted is meant; nothing where nothing is. */
export const confirmChoice = ({ confirm = [] }: Partial<Problem> = {}): Html | false =>
  confirm.length > 0 &&
  html`<p class="choice">
    <input type="checkbox" id="stammer" name="stammer" value="${confirm.join(' ')}" />
    <label for="stammer">Det stämmer</label>
  </p>`;

/** What of a form confirms doubts. */
export const confirmedIn = ({ stammer }: Readonly<Record<string, string>>): { readonly confirm?: readonly string[] } =>
  stammer ? { confirm: stammer.split(' ') } : {};
