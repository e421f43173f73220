import { linkKind } from '../../format/link-text.js';
import type { RevisionContent, Snapshot, Succession, Wording } from '../../format/snapshot.js';
import { html } from '#html';
import type { Html } from '#html';
import { region } from '../region.html.js';
import { mark, provenance } from '../status.html.js';
import { discontinuations, lifecycles, namesOf, revisionKinds, swedishDecision } from '../swedish.js';

/** What happened to the plan since the round before. */
export function revisionSection({ previousRound, revisions }: Snapshot): Html {
  const since = previousRound ? `sedan ${previousRound.label}` : 'sedan planen antogs';
  return html`<section aria-labelledby="revideringar">
    <h2 id="revideringar">Revideringar ${since}</h2>
    ${
      revisions.length === 0
        ? html`<p>Inga punkter har reviderats.</p>`
        : region(
            'Revideringar',
            html`<table class="revisions">
              <caption>
                Revideringar i den ordning som de gäller från
              </caption>
              <thead>
                <tr>
                  <th scope="col">Gäller från</th>
                  <th scope="col">Punkt</th>
                  <th scope="col">Vad</th>
                  <th scope="col">Före</th>
                  <th scope="col">Efter</th>
                </tr>
              </thead>
              <tbody>
                ${revisions.map(row)}
              </tbody>
            </table>`,
          )
    }
  </section>`;
}

const row = (revision: RevisionContent): Html =>
  html`<tr>
    <td class="when">${revision.effectiveOn}</td>
    <th scope="row">${revision.item.label}<span class="title">${revision.item.title}</span></th>
    <td>${what(revision)}</td>
    <td>${wordingText(revision.before)}</td>
    <td>${wordingText(revision.after)}${revision.successor && successorText(revision.successor)}</td>
  </tr> `;

const successorText = (link: Succession): string => `${link.item.label}: ${link.item.title} (${linkKind(link)})`;

function what({ comment, decision, kind, late, printedLabel, reason, ...whence }: RevisionContent): Html {
  return html`${revisionKinds[kind]}${late && html` ${mark('Efter frysningen')}`}${printedLabel && html`<span class="small">I dokumentet: ${printedLabel}</span>`}${
    reason && html`<span class="small">${discontinuations[reason] ?? reason}</span>`
  }${comment && html`<span class="small">${comment}</span>`}${decision && html`<span class="small">Beslut: ${swedishDecision(decision)}</span>`}${provenance(whence)}`;
}

/** The parts of a wording that a revision changed, in words. */
export function wordingText(wording: Wording): string {
  const { concerned, documents, expectedEffects, heldUntil, number, parents, responsible, state, text, title } =
    wording;
  const parts = [
    number === null ? 'utan nummer' : number !== undefined && `nummer ${number}`,
    title,
    text === null ? 'utan text' : text,
    expectedEffects && `effekter: ${expectedEffects.join('; ') || 'inga'}`,
    documents && `styrdokument: ${documents.join('; ') || 'inga'}`,
    parents && `under ${parents.map(({ label }) => label).join(', ') || 'inget'}`,
    concerned === null ? 'inga berörda' : concerned && `berörda: ${concerned.group ?? namesOf(concerned.bodies)}`,
    responsible && `ansvariga: ${namesOf(responsible) || 'inga'}`,
    state && lifecycles[state],
    heldUntil === null ? 'vilar inte' : heldUntil && `vilar till ${heldUntil}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
