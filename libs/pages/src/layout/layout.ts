import { html } from '#html';
import type { Content, Html } from '#html';
import type { Person } from '../sign-in/person.js';
import { roleNames } from '../words.js';
import { draftsPath } from './drafts.js';
import { iconPath, stylePath } from './style.js';

export interface Page {
  /** What it is about, in the title of the window and as its first heading. */
  readonly title: string;
  readonly content: Content;
  /** Whether the browser is to keep what is written in its forms, or to let go of what was taken. */
  readonly drafts?: boolean;
  /** Where it belongs, from the start down to what is above it. */
  readonly crumbs?: readonly { readonly href: string; readonly text: string }[];
}

export interface Frame {
  readonly person: Person | undefined;
  /** The path of the page. */
  readonly path: string;
  /** Goes with every form, so that no other page can send one in somebody's name. */
  readonly csrf: string;
}

/** The places that whoever signed in is led to from each page. */
const placesOf = ({ actor }: Person): { readonly href: string; readonly text: string }[] => [
  ...(actor.body ? [{ href: '/mitt', text: 'Att rapportera' }] : []),
  { href: '/', text: 'Planer' },
  { href: '/granska', text: 'Sök och granska' },
];

/** A whole page, with what is on all of them. */
export const layout = ({ content, crumbs = [], drafts = false, title }: Page, frame: Frame): string =>
  html`<!doctype html>
    <html lang="sv">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === 'Spårbar' ? title : `${title} – Spårbar`}</title>
        <link rel="stylesheet" href="${stylePath}" />
        <link rel="icon" href="${iconPath}" type="image/svg+xml" />
        ${drafts && html`<script type="module" src="${draftsPath}"></script>`}
      </head>
      <body>
        <a class="skip" href="#innehall">Hoppa till innehållet</a>
        <header class="band">
          <div>
            <a class="brand" href="/">Spårbar</a
            >${frame.person && [menu(frame.person, frame.path), whoSignedIn(frame.person, frame.csrf)]}
          </div>
        </header>
        <main id="innehall" tabindex="-1">
          ${crumbs.length > 0 && trail(crumbs)}
          <h1>${title}</h1>
          ${content}
        </main>
        <footer>
          <div>
            Spårbar visar hur bedömningar och formuleringar har ändrats, och när.
            <a href="/tillganglighet">Tillgänglighet</a>
          </div>
        </footer>
      </body>
    </html>`.markup;

const menu = (person: Person, path: string): Html =>
  html`<nav aria-label="Huvudmeny">
    <ul>
      ${placesOf(person).map(({ href, text }) => html`<li><a href="${href}" ${href === path && current}>${text}</a></li>`)}
    </ul>
  </nav>`;

const current = html`aria-current="page"`;

const whoSignedIn = ({ actor, bodyName }: Person, csrf: string): Html =>
  html`<div class="who">
    <span>${roleNames[actor.role]}${bodyName && `, ${bodyName}`}</span>
    <form method="post" action="/logga-ut">${hidden(csrf)}<button class="plain">Logga ut</button></form>
  </div>`;

const trail = (crumbs: NonNullable<Page['crumbs']>): Html =>
  html`<nav class="crumbs" aria-label="Sökväg">
    <ol>
      ${crumbs.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}
    </ol>
  </nav>`;

/** What every form carries. */
export const hidden = (csrf: string): Html => html`<input type="hidden" name="_fran" value="${csrf}" />`;
