import { html } from '#html';
import type { Html } from '#html';

/** A table that is scrolled for itself where it is wider than the page. @param label what it tells of */
export const region = (label: string, table: Html): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>`;
