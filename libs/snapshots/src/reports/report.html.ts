import type { Snapshot } from '../format/snapshot.js';
import { html, Html as Markup } from '#html';
import type { Html } from '#html';
import { coverageSection } from './sections/coverage.section.js';
import { indicatorSection } from './sections/indicators.section.js';
import { itemSection } from './sections/items.section.js';
import { originSection } from './sections/origin.section.js';
import type { Origin } from './sections/origin.section.js';
import { revisionSection } from './sections/revisions.section.js';
import { summarySection } from './sections/summary.section.js';
import { provenance } from './status.html.js';
import { style } from './style.js';
import { swedishDecision, swedishInstant } from './swedish.js';

/**
 * A snapshot as a page of its own, for reading and for the papers of a nämnd: without scripts and without anything that
 * is fetched. The same snapshot always gives the same page.
 */
export function reportHtml(snapshot: Snapshot, origin: Origin): string {
  const { plan, round } = snapshot;
  const title = `${round.label} – ${plan.title}`;
  return html`<!DOCTYPE html>
    <html lang="sv">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#innehall">Hoppa till innehållet</a>
        <header>
          <h1>${round.label}</h1>
          <p class="plan">${plan.title}, ${plan.owner.body.name} ${provenance(plan)}</p>
          ${inventedNotice(snapshot)}${issueNotice(snapshot)}
          <dl class="facts">
            <dt>Avser läget</dt>
            <dd>${round.referenceDate} ${provenance(round)}</dd>
            <dt>Sista dag för bedömning</dt>
            <dd>${round.deadline}</dd>
            ${
              snapshot.issue &&
              html`<dt>Fryst</dt>
                <dd>${swedishInstant(snapshot.issue.frozenAt)}</dd> `
            }
            <dt>Omfattar</dt>
            <dd>${scopeOf(snapshot)}</dd>
            ${plan.decisions.map(
              (decision) =>
                html`<dt>${decision.about === 'adoption' ? 'Planen antagen' : 'Planen ändrad'}</dt>
                  <dd>${swedishDecision(decision)}</dd> `,
            )}
          </dl>
        </header>
        <nav aria-label="Innehåll">
          <ul>
            <li><a href="#sammanfattning">Sammanfattning</a></li>
            <li><a href="#bedomningar">Bedömningar</a></li>
            <li><a href="#revideringar">Revideringar</a></li>
            <li><a href="#indikatorer">Indikatorer</a></li>
            <li><a href="#tackning">Täckning</a></li>
            <li><a href="#om">Om underlaget</a></li>
          </ul>
        </nav>
        <main id="innehall" tabindex="-1">
          ${summarySection(snapshot)} ${itemSection(snapshot)} ${revisionSection(snapshot)}
          ${indicatorSection(snapshot)} ${coverageSection(snapshot)} ${originSection(snapshot, origin)}
        </main>
        <footer><p>Framställt av Spårbar ur den frysta ögonblicksbilden. Roller anges, aldrig personnamn.</p></footer>
      </body>
    </html> `.markup;
}

/** What was made up is counted with the rest, so that the page says first that there is such. */
const inventedNotice = ({ invented }: Snapshot): Html | false =>
  invented === true &&
  html`<div class="notice">
    <p><strong>Innehåller påhittade uppgifter.</strong> De är märkta ”Påhittat”, och räknas som de andra.</p>
  </div> `;

/** What a reader must know before reading on: that it is a new issue, or was frozen before everyone was ready. */
function issueNotice({ coverage, issue }: Snapshot): Html | false {
  if (!issue)
    return html`<div class="notice">
      <p><strong>Inte fryst.</strong> Detta är vad som är känt nu.</p>
    </div>`;
  const { decision, number, override, reason, replaces } = issue;
  if (replaces === undefined && override === undefined) return false;
  const bodies = coverage.missingAtFreeze.map(({ body }) => body.name).join(', ');
  return html`<div class="notice">
    ${
      replaces !== undefined && html`<p><strong>Utgåva ${number}, ersätter utgåva ${replaces}.</strong> ${reason}</p> `
    }${decision && html`<p>Beslut: ${swedishDecision(decision)}</p> `}${
      override !== undefined &&
      html`<p>
        <strong>Frystes trots att underlag saknades${bodies && html` från ${bodies}`}.</strong> Skäl: ${override}
      </p> `
    }
  </div>`;
}

const scopeOf = ({ plan, round }: Snapshot): string =>
  plan.kinds
    .filter(({ code }) => round.scope.includes(code))
    .map(({ plural }) => plural.toLocaleLowerCase('sv-SE'))
    .join(', ');
