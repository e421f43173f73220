import { html } from '#html';
import type { Html } from '#html';
import type { IssueAnswer } from '../api/answers.js';
import type { PageOf } from '../page-request.js';
import { roundPath } from '../plans/addresses.js';
import { swedishInstant } from '../words.js';

interface Verification {
  readonly verdict: string;
  readonly folded?: string;
  readonly recorded?: string;
  readonly kept?: string;
  readonly events: number;
  readonly damagedStreams: number;
}

const verdicts: Readonly<Record<string, string>> = {
  same: 'Utgåvan är den som frystes: samma händelser i loggen ger samma innehåll, tecken för tecken.',
  'not-made-yet': 'Utgåvan görs just nu. Ladda om sidan om en stund.',
  'kept-bytes-missing':
    'Det bevarade innehållet finns inte längre. Loggen säger samma sak som när utgåvan registrerades.',
  'kept-bytes-differ': 'Det bevarade innehållet är inte det som loggen säger.',
  'recorded-hash-differs': 'Loggen ger ett annat innehåll nu än det som registrerades när utgåvan gjordes.',
};

/** An issue of a snapshot, compared with the log anew, and its report. */
export const issuePage: PageOf = async ({ api, params }) => {
  const id = encodeURIComponent(params['issue']!);
  const issue = await api.get<IssueAnswer>(`/v1/snapshots/${id}`);
  const verification = await api.get<Verification>(`/v1/snapshots/${id}/verification`);
  return {
    title: `${issue.round}, utgåva ${issue.issue}`,
    crumbs: [
      { href: '/', text: 'Planer' },
      { href: roundPath({ id: issue.roundId }), text: issue.round },
    ],
    content: html`<p>
        Fryst <time datetime="${issue.frozenAt}">${swedishInstant(issue.frozenAt)}</time>, efter regel ${issue.rule}.
      </p>
      <p><a class="button" href="/granska/utgavor/${issue.id}/rapport">Läs rapporten</a></p>
      <h2>Kontroll</h2>
      ${verified(verification)}`,
  };
};

const verified = ({ damagedStreams, events, folded, kept, recorded, verdict }: Verification): Html =>
  html`<div class="notice ${verdict !== 'same' && verdict !== 'not-made-yet' && 'fault'}">
      <p>${verdicts[verdict] ?? 'Utgåvan stämmer inte med loggen. Tala om det för den som sköter systemet.'}</p>
    </div>
    <dl class="facts">
      <dt>Händelser</dt>
      <dd>${events} lästes om ur loggen${damagedStreams > 0 && `, ${damagedStreams} strömmar är skadade`}</dd>
      <dt>Ur loggen</dt>
      <dd>${folded ?? 'kan inte göras'}</dd>
      <dt>Registrerat</dt>
      <dd>${recorded ?? 'inget'}</dd>
      <dt>Bevarat</dt>
      <dd>${kept ?? 'inget'}</dd>
    </dl>`;
