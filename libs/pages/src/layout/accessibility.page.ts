import { html } from '#html';
import type { Page } from './layout.js';

/** How accessible the pages are, in words of their own. */
export const accessibilityPage: Page = {
  title: 'Tillgänglighet',
  content: html`<p class="lead">Sidorna ska gå att använda av alla, enligt WCAG 2.2 på nivå AA.</p>
    <h2>Så fungerar sidorna</h2>
    <ul>
      <li>Allt går att nå och använda med tangentbord, och det syns var fokus är.</li>
      <li>En nivå visas med ord, tecken och ram, aldrig med bara färg.</li>
      <li>Sidorna fungerar utan JavaScript, i ljust och mörkt läge, i 200 procents förstoring och på en telefon.</li>
      <li>Varje diagram följs av en tabell med samma värden.</li>
    </ul>
    <h2>Vad som inte är provat än</h2>
    <p>Sidorna har prövats med automatiska verktyg, inte av personer som använder hjälpmedel till vardags.</p>
    <h2>Om något inte fungerar</h2>
    <p>Tala om det för kommunen, som tar emot synpunkter och rättar. Räcker inte det kan du anmäla till Digg.</p>`,
};
