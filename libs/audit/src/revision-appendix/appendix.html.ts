import { Html, html } from '#html';
import { style } from '#snapshots';
import { calledLink } from './appendix.words.js';
import type { Appendix, AppendixRow, AppendixSuccessor } from './appendix.js';
import { differ } from './compared-words.js';
import type { Word } from './compared-words.js';

/** What differs is struck out or underlined and stands in brackets: neither by colour nor by line alone. */
const marks = 'del{text-decoration:line-through}ins{text-decoration:underline}';

/** An appendix as a page of its own, without scripts and without anything that is fetched. */
export function appendixHtml({ added, newer, older, rows, totals }: Appendix): string {
  const title = `Från ${older.title} till ${newer.title}`;
  return html`<!DOCTYPE html>
    <html lang="sv">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(style + marks)}
        </style>
      </head>
      <body>
        <a class="skip" href="#innehall">Hoppa till innehållet</a>
        <header>
          <h1>${title}</h1>
          <p class="plan">Vad som hände med varje punkt</p>
        </header>
        <main id="innehall" tabindex="-1">
          <h2 class="first">Sammanfattning</h2>
          <table class="counts">
            <caption>
              Punkter i ${older.title} efter utfall
            </caption>
            <thead>
              <tr>
                <th scope="col">Utfall</th>
                <th scope="col" class="n">Antal</th>
              </tr>
            </thead>
            <tbody>
              ${totals.map(
                ({ count, label }) =>
                  html`<tr>
                    <th scope="row">${label}</th>
                    <td class="n">${count}</td>
                  </tr> `,
              )}
              <tr>
                <th scope="row">Alla</th>
                <td class="n">${rows.length}</td>
              </tr>
            </tbody>
          </table>
          <h2>Punkterna</h2>
          <p>
            Det som bara den äldre texten har är struket och står inom [− −]. Det som bara den nyare har är understruket
            och står inom {+ +}.
          </p>
          ${rows.length === 0 ? html`<p>Inga punkter.</p>` : tableOf(rows)}
          <h2>Utan föregångare</h2>
          ${
            added.length === 0
              ? html`<p>Inga punkter.</p>`
              : html`<ul>
                  ${added.map(({ label, title: wording }) => html`<li>${label}: ${wording}</li> `)}
                </ul>`
          }
        </main>
        <footer><p>Framställt av Spårbar ur loggen. Roller anges, aldrig personnamn.</p></footer>
      </body>
    </html> `.markup;
}

const tableOf = (rows: readonly AppendixRow[]): Html =>
  html`<div class="scroll" role="region" aria-label="Punkterna" tabindex="0">
    <table>
      <caption>
        En rad för varje punkt i den äldre planen
      </caption>
      <thead>
        <tr>
          <th scope="col">Punkt</th>
          <th scope="col">Utfall</th>
          <th scope="col">Efterföljare, ord för ord</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(rowOf)}
      </tbody>
    </table>
  </div>`;

const rowOf = ({ classLabel, comment, decision, item, printedLabel, successors, warnings }: AppendixRow): Html =>
  html`<tr>
    <th scope="row">${item.label}<span class="title">${item.title}</span></th>
    <td>
      ${classLabel}${printedLabel && html`<span class="small">I dokumentet: ${printedLabel}</span>`}${
        comment && html`<span class="small">${comment}</span>`
      }${decision && html`<span class="small">Beslut: ${decision}</span>`}${warnings.map(
        ({ words }) => html`<strong class="small">Att veta: ${words}</strong>`,
      )}
    </td>
    <td>${successors.length === 0 ? 'Ingen' : successors.map(successorOf)}</td>
  </tr> `;

const successorOf = ({ item, links, text, title }: AppendixSuccessor): Html =>
  html`<div>
    <p><strong>${item.label}</strong>: ${links.map(calledLink).join(', ')}</p>
    <p>${differ(title) ? compared(title) : html`${item.title} <span class="small">Rubriken är densamma.</span>`}</p>
    ${text.length > 0 && html`<p>${differ(text) ? compared(text) : 'Texten är densamma.'}</p>`}
  </div>`;

const compared = (words: readonly Word[]): Html[] =>
  words.map(({ change, text }) => {
    if (change === 'removed') return html`<del>[−${text}−]</del>`;
    return change === 'added' ? html`<ins>{+${text}+}</ins>` : html`${text}`;
  });
