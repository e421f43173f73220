import { html } from '#html';
import type { Problem } from '../api/api-refused.js';
import type { Page } from './layout.js';

const titles: Readonly<Record<number, string>> = {
  400: 'Sidan förstod inte frågan',
  401: 'Du är inte inloggad',
  403: 'Det får du inte i din roll',
  404: 'Sidan finns inte',
  413: 'Det var för mycket på en gång',
  415: 'Sidan tar bara emot sina egna formulär',
  429: 'För många frågor på en gång',
  500: 'Något gick fel',
  503: 'Spårbar kan inte svara just nu',
};

/** What a person reads where there is no page, and where to go from there. */
export const faultPage = (status: number, problem?: Problem): Page => ({
  title: titles[status] ?? problem?.title ?? titles[500]!,
  content: html`<div class="notice fault" role="alert">
      <p>${problem?.detail ?? advice(status)}</p>
      ${
        (problem?.faults ?? []).length > 1 &&
        html`<ul>
          ${problem!.faults!.map(({ message }) => html`<li>${message}</li>`)}
        </ul>`
      }
    </div>
    <p><a href="/">Till startsidan</a></p>`,
});

function advice(status: number): string {
  if (status === 404) return 'Adressen kan vara felskriven, eller så har det den ledde till tagits bort.';
  if (status === 403)
    return 'Formuläret kom inte från en sida här, eller så har inloggningen gått ut. Gå tillbaka och försök igen.';
  return 'Försök igen om en stund. Går det fortfarande inte, tala om det för den som sköter systemet.';
}
