import { html } from '#html';
import type { Content, Html } from '#html';
import type { BodyName, DifferencesAnswer, IssueAnswer, Level, PlanAnswer, RoundAnswer } from '../api/answers.js';
import { badge } from '../layout/badge.js';
import { hidden } from '../layout/layout.js';
import { confirmChoice, confirmedIn, refusedNotice } from '../layout/refused.js';
import type { Doing, FormPage, Refused } from '../page-request.js';
import { issuePath, itemPath, planPath, roundPath } from '../plans/addresses.js';
import { roundStatuses, swedishDay, swedishInstant } from '../words.js';

interface Counts {
  readonly expected: number;
  readonly assessed: number;
  readonly missing: number;
  readonly afterDeadline: number;
}

interface Coverage {
  readonly totals: Counts & { readonly items: number; readonly bodies: number; readonly ready: number };
  readonly items: readonly BodyCoverage[];
}

interface BodyCoverage {
  readonly body: BodyName;
  readonly ready: { readonly at?: string } | null;
  readonly deadline?: string;
  readonly counts: Counts;
  readonly entriesTotal: number;
  readonly entries: readonly {
    readonly itemId: string;
    readonly label: string;
    readonly title: string;
    readonly state: string;
    readonly expected: boolean;
    readonly assessment?: { readonly level: Level; readonly afterDeadline: boolean };
  }[];
}

/** The most bodies, entries of each, and items that are judged differently, that one page shows. */
const most = { bodies: 50, entries: 200, differences: 50 };

/** A round: who owes what, what is there and what is missing, its issues, and what a controller may do with it. */
export const roundPage: FormPage = async ({ api, csrf, params, person }, refused) => {
  const id = encodeURIComponent(params['round']!);
  const [round, coverage, { items: issues }, differences] = await Promise.all([
    api.get<RoundAnswer>(`/v1/rounds/${id}`),
    api.get<Coverage>(`/v1/rounds/${id}/coverage`, { limit: String(most.bodies), entryLimit: String(most.entries) }),
    api.all<IssueAnswer>(`/v1/rounds/${id}/snapshots`),
    api.get<DifferencesAnswer>(`/v1/rounds/${id}/differences`, { limit: String(most.differences) }),
  ]);
  const plan = await api.get<PlanAnswer>(`/v1/plans/${round.planId}`);
  const { totals } = coverage;
  return {
    title: round.label,
    crumbs: [
      { href: '/', text: 'Planer' },
      { href: planPath(plan), text: plan.title },
    ],
    content: html`${refused && refusedNotice(refused.problem)}
      <p>
        <span class="mark">${roundStatuses[round.status] ?? round.status}</span> Läget
        <time datetime="${round.referenceDate}">${swedishDay(round.referenceDate)}</time>${
          round.deadline && html`, sista dag <time datetime="${round.deadline}">${swedishDay(round.deadline)}</time>`
        }
      </p>
      <ul class="counts">
        <li><b>${totals.assessed}</b> av <b>${totals.expected}</b> bedömningar finns</li>
        <li><b>${totals.missing}</b> saknas</li>
        ${totals.afterDeadline > 0 && html`<li><b>${totals.afterDeadline}</b> kom efter sista dag</li>`}
        <li><b>${totals.ready}</b> av <b>${totals.bodies}</b> har sagt att de är klara</li>
      </ul>
      ${
        issues.length > 0 &&
        html`<h2>Ögonblicksbilder</h2>
          ${issueList(issues)}`
      }
      ${person.actor.role === 'controller' && actions(round, csrf, refused)}
      ${differences.total > 0 && judgedDifferently(plan, differences)}
      ${coverage.items.map((body) => bodySection(plan, body))}`,
  };
};

const issueList = (issues: readonly IssueAnswer[]): Html =>
  html`<ul>
    ${issues.map(
      ({ frozenAt, id, issue, state }) =>
        html`<li>
          <a href="${issuePath(id)}">Utgåva ${issue}</a>
          <span class="soft">fryst ${swedishInstant(frozenAt)}${state === 'being-made' && ', görs just nu'}</span>
        </li>`,
    )}
  </ul>`;

/** What a controller may do with a round as it stands. */
function actions(round: RoundAnswer, csrf: string, refused?: Refused): Html | false {
  const path = roundPath(round);
  const action = (name: string, text: string, more: Content = ''): Html =>
    html`<form class="asked" method="post" action="${path}">
      ${hidden(csrf)}<input type="hidden" name="gor" value="${name}" />${more}
      ${refused?.form['gor'] === name && confirmChoice(refused.problem)}<button>${text}</button>
    </form>`;
  switch (round.status) {
    case 'planned':
      return action('oppna', 'Öppna uppföljningen');
    case 'open':
      return html`<h2>Leda uppföljningen</h2>
        ${action('paminn', 'Påminn dem som inte är klara')}
        ${action(
          'frys',
          'Frys uppföljningen',
          html`<p>
            <label for="skal">Skäl</label> <span class="hint" id="skal-tips">Behövs när någon inte är klar</span>
            <input id="skal" name="skal" value="${refused?.form['skal']}" size="30" aria-describedby="skal-tips" />
          </p>`,
        )}`;
    default:
      return false;
  }
}

/** Opens a round, reminds of it, or freezes it. */
export const leadRound: Doing = async ({ api, params }, form) => {
  const id = params['round']!;
  const { gor, skal } = form;
  const [command, request] =
    gor === 'oppna' ? ['open', {}] : gor === 'paminn' ? ['remind', {}] : ['freeze', skal ? { override: skal } : {}];
  const path = `/v1/rounds/${encodeURIComponent(id)}/${command}`;
  const { position } = await api.post<{ position: string }>(path, { ...request, ...confirmedIn(form) });
  return `${roundPath({ id })}?efter=${position}`;
};

const judgedDifferently = (plan: PlanAnswer, { items, total }: DifferencesAnswer): Html =>
  html`<h2>Bedöms olika</h2>
    <ul class="rows">
      ${items.map(
        ({ agreement, itemId, label, levels, title }) =>
          html`<li>
            <div class="what"><a href="${itemPath(plan, { id: itemId, kind: 'punkt' })}">${label}</a> ${title}</div>
            <div>
              ${levels.map(({ body, level }) => html`<p>${badge(level)} ${body.abbreviation ?? body.name}</p>`)}
              ${agreement === 'not-comparable' && html`<span class="mark">Olika skalor</span>`}
            </div>
          </li>`,
      )}
    </ul>
    ${total > items.length && html`<p class="soft">De första ${items.length} av ${total} visas.</p>`}`;

const bodySection = (plan: PlanAnswer, { body, counts, entries, entriesTotal, ready }: BodyCoverage): Html =>
  html`<h2>${body.name}</h2>
    <p>
      ${counts.expected === 0 ? 'Ska inte bedöma något, men har gjort det.' : `${counts.assessed} av ${counts.expected} bedömda.`}
      ${ready && html`<span class="mark">Klar</span>`}
    </p>
    <details>
      <summary>Visa ${entriesTotal} ${entriesTotal === 1 ? 'punkt' : 'punkter'}</summary>
      <ul class="rows">
        ${entries.map(
          ({ assessment, itemId, label, title }) =>
            html`<li>
              <div class="what"><a href="${itemPath(plan, { id: itemId, kind: 'punkt' })}">${label}</a> ${title}</div>
              <div>
                ${badge(assessment?.level, 'Saknas')}
                ${assessment?.afterDeadline && html`<span class="mark">Sen</span>`}
              </div>
            </li>`,
        )}
      </ul>
      ${entriesTotal > entries.length && html`<p class="soft">De första ${entries.length} visas.</p>`}
    </details>`;
