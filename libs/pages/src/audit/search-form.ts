import { html } from '#html';
import type { Html } from '#html';

/** Where somebody searches for an item. */
export const searchForm = (text = ''): Html =>
  html`<form class="asked" method="get" action="/granska" role="search">
    <p>
      <label for="sok">Sök</label>
      <span class="hint" id="sok-tips">Ett nummer, ett ord ur formuleringen eller en nämnd</span>
      <input id="sok" name="sok" type="search" value="${text}" size="30" aria-describedby="sok-tips" />
    </p>
    <button>Sök</button>
  </form>`;
