import type { AmendedRound, BodyCoverage, RoundAmendment, Snapshot } from '../../format/snapshot.js';
import { html } from '#html';
import type { Html } from '#html';
import { region } from '../region.html.js';
import { mark, provenance } from '../status.html.js';
import { swedishInstant, swedishNumber, unbroken } from '../swedish.js';

/** Who has reported, and what is missing. */
export function coverageSection({ coverage, items, round }: Snapshot): Html {
  const labels = new Map(items.map(({ itemId, label }) => [itemId, unbroken(label)]));
  return html`<section aria-labelledby="tackning">
    <h2 id="tackning">Täckning</h2>
    ${region(
      'Nämnder och bolag',
      html`<table class="coverage">
        <caption>
          Nämnder och bolag: när de sade sig vara klara, och vad de inte har bedömt
        </caption>
        <thead>
          <tr>
            <th scope="col">Nämnd eller bolag</th>
            <th scope="col">Sade sig klar</th>
            <th scope="col" class="n">Bedömda</th>
            <th scope="col">Saknas</th>
          </tr>
        </thead>
        <tbody>
          ${coverage.bodies.map((one) => row(one, labels))}
        </tbody>
      </table>`,
    )}
    ${
      coverage.missingAtFreeze.length > 0 &&
      html`<h3>Saknades vid frysningen</h3>
        <ul class="plain">
          ${coverage.missingAtFreeze.map(
            ({ body, items: missing }) =>
              html`<li>
                ${body.name}:
                ${missing.map(({ label }) => unbroken(label)).join(', ') || 'hade inte sagt sig vara klar'}
              </li> `,
          )}
        </ul>`
    }
    ${
      round.amendments &&
      html`<h3>Ändrat i uppföljningen</h3>
        <ul class="plain">
          ${round.amendments.map((one) => html`<li>${amendedText(one)} ${provenance(one)}</li> `)}
        </ul>`
    }
  </section>`;
}

const properties: Readonly<Record<keyof AmendedRound, string>> = {
  label: 'namn',
  referenceDate: 'dag som den avser',
  deadline: 'sista dag',
  scope: 'omfattning',
  othersMayContribute: 'bidrag från andra än berörda',
  schedule: 'schema',
};

/** Such as `sista dag 2025-04-30 → 2025-05-07: Nämnderna sammanträder senare`. */
function amendedText({ after, before, reason }: RoundAmendment): string {
  const told = (Object.keys(properties) as (keyof AmendedRound)[]).flatMap((property) => {
    const [then, now] = [before[property], after[property]];
    if (now === undefined) return [];
    if (typeof now === 'boolean') return [`${properties[property]} ${now ? 'nej → ja' : 'ja → nej'}`];
    const isText = typeof now === 'string' && typeof then === 'string';
    return isText ? [`${properties[property]} ${then} → ${now}`] : [properties[property]];
  });
  return `${told.join(', ')}: ${reason}`;
}

function row(
  { assessed, body, deadline, expected, missingItemIds, owner, ready }: BodyCoverage,
  labels: ReadonlyMap<string, string>,
): Html {
  const missing = missingItemIds.map((itemId) => labels.get(itemId) ?? itemId);
  const number = (count: number): string => swedishNumber(String(count));
  return html`<tr>
    <th scope="row">
      ${body.name}${owner && html`<span class="small">Planens ägare</span>`}${deadline && html`<span class="small">Anstånd till ${deadline}</span>`}
    </th>
    <td>
      ${
        ready
          ? html`<span class="when">${swedishInstant(ready.recordedAt)}</span
              >${ready.late && html` ${mark('Efter frysningen')}`}${!ready.late && ready.afterDeadline && html` ${mark('Efter sista dag')}`}${missing.length > 0 && html` ${mark('Bedömningar saknas')}`}${ready.comment && html`<span class="small">${ready.comment}</span>`}${provenance(ready)}`
          : 'Har inte sagt sig vara klar'
      }
    </td>
    <td class="n">${number(assessed)} av ${number(expected)}</td>
    <td>${missing.length > 0 ? missing.join(', ') : 'Inget'}</td>
  </tr> `;
}
