import { html } from '#html';
import type { Html } from '#html';
import type { Query } from '../api/api.js';
import { swedishDay } from '../words.js';

/** What of the address of a page says which of the times it is to tell of. */
export interface Moment {
  /** As it was on this day, by what is known now. */
  readonly asOf?: string;
  /** As it was known on this day. */
  readonly knownAt?: string;
  /** By what had been said by this day. */
  readonly saidBy?: string;
}

/** The moment that the query of a page asks for: `laget`, `kant` and `sagt`, each an ISO day. */
export function momentOf({ kant, laget, sagt }: Query): Moment {
  return { ...(laget && { asOf: laget }), ...(kant && { knownAt: kant }), ...(sagt && { saidBy: sagt }) };
}

/** The moment as the API asks for it. */
export const asked = ({ asOf, knownAt, saidBy }: Moment): Query => ({ asOf, knownAt, saidBy });

/** The moment as the query of a page; nothing where it is now. */
export function momentQuery({ asOf, knownAt, saidBy }: Moment): string {
  const pairs = Object.entries({ laget: asOf, kant: knownAt, sagt: saidBy }).filter(([, day]) => day);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs as [string, string][]).toString()}`;
}

/** What a page tells that is not as it is now; nothing where it is. */
export function toldMoment({ asOf, knownAt, saidBy }: Moment): Html | undefined {
  const parts = [
    asOf && `som det var den ${dayOrText(asOf)}`,
    knownAt && `efter vad som var känt den ${dayOrText(knownAt)}`,
    saidBy && `efter vad som var sagt den ${dayOrText(saidBy)}`,
  ].filter(Boolean);
  if (parts.length === 0) return undefined;
  return html`<p class="notice" role="status">Sidan visar läget ${parts.join(', ')}.</p>`;
}

const dayOrText = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? swedishDay(text) : text);

/** A form that asks for the same page at another moment. @param path of the page */
export const momentForm = (path: string, { asOf, knownAt, saidBy }: Moment): Html =>
  html`<form class="asked" method="get" action="${path}">
    ${dayField('laget', 'Som det var', 'Dagen som bedömningar och formuleringar gäller', asOf)}
    ${dayField('kant', 'Som det var känt', 'Det som fanns i systemet den dagen', knownAt)}
    ${dayField('sagt', 'Som det var sagt', 'Det som hade sagts, till exempel i en rapport', saidBy)}
    <button>Visa</button>
    ${(asOf ?? knownAt ?? saidBy) && html`<a href="${path}">Visa i dag</a>`}
  </form>`;

/** A day as text: the field that browsers have for days follows their own language, not that of the page. */
export const dayField = (name: string, label: string, hint: string, value = ''): Html =>
  html`<p>
    <label for="${name}">${label}</label> <span class="hint" id="${name}-tips">${hint}</span>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      size="11"
      inputmode="numeric"
      autocomplete="off"
      placeholder="2025-06-30"
      aria-describedby="${name}-tips"
    />
  </p>`;
