import { Deadline, pause } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { short, table } from './print.js';
import { momentQuery, planId, roundId } from './references.js';
import type { AskedMoment } from './references.js';

interface RoundAnswer {
  readonly key?: string;
  readonly id: string;
  readonly label: string;
  readonly status: keyof typeof statuses;
  readonly referenceDate: string;
  readonly deadline: string;
  readonly ready: readonly object[];
  readonly issues: readonly object[];
  readonly invented?: boolean;
}

interface Counts {
  readonly expected: number;
  readonly assessed: number;
  readonly missing: number;
  readonly afterDeadline: number;
  readonly afterFreeze: number;
  readonly correctedAfterFreeze: number;
}

interface BodyAnswer {
  /** The last day for its assessments. */
  readonly deadline: string;
  readonly body: { readonly id: string; readonly name: string };
  readonly ready: { readonly at: string } | null;
  readonly counts: Counts;
  readonly entries: readonly { readonly label: string; readonly expected: boolean; readonly state: string }[];
  readonly entriesTotal: number;
}

interface CoverageAnswer {
  readonly label: string;
  readonly status: keyof typeof statuses;
  readonly referenceDate: string;
  readonly deadline: string;
  readonly totals: Counts & { readonly bodies: number; readonly ready: number; readonly readyLacking: number };
  readonly indicators: readonly object[];
  readonly items: readonly BodyAnswer[];
  readonly total: number;
}

const statuses = {
  planned: 'Planerad',
  open: 'Öppen',
  frozen: 'Fryst',
  decided: 'Beslutad',
  cancelled: 'Inställd',
} as const;
const page = 100;
const entriesOfPage = 500;
/** A snapshot of a long log is made in seconds. */
const snapshotMilliseconds = 120_000;
const askAgainMilliseconds = 50;

interface SnapshotAnswer {
  readonly id: string;
  /** Undefined until it has been made. */
  readonly sha256?: string;
}

export async function roundsOf(
  client: ApiClient,
  plan: string,
  moment: AskedMoment = {},
): Promise<{ result: readonly RoundAnswer[]; text: string }> {
  const path = `/v1/plans/${await planId(client, plan, moment)}/rounds${momentQuery(moment)}`;
  const result = await client.list<RoundAnswer>(path);
  const rows = result.map(({ deadline, id, invented, issues, key = id, label, ready, referenceDate, status }) => [
    key,
    statuses[status],
    referenceDate,
    deadline,
    String(ready.length),
    String(issues.length),
    `${invented ? 'Påhittat: ' : ''}${label}`,
  ]);
  const head = ['', 'Läge', 'Avser', 'Sista dag', 'Har sagt sig klara', 'Utgåvor', ''];
  return { result, text: table([head, ...rows]) };
}

/** Every body of a round with all that it owes, whichever pages that takes. */
export async function coverage(
  client: ApiClient,
  reference: string,
  moment: AskedMoment = {},
): Promise<{ result: CoverageAnswer; text: string }> {
  const parts = momentQuery(moment, { limit: String(page), entryLimit: String(entriesOfPage) });
  const path = `/v1/rounds/${await roundId(client, reference, moment)}/coverage${parts}`;
  const first = await client.get<CoverageAnswer>(path);
  const items = [...first.items];
  while (items.length < first.total) {
    const more = await client.get<CoverageAnswer>(`${path}&offset=${items.length}`);
    if (more.items.length === 0) break;
    items.push(...more.items);
  }
  const whole: BodyAnswer[] = [];
  for (const body of items) whole.push(await withAllEntries(body, path, client));
  const result = { ...first, items: whole };
  return { result, text: coverageText(result) };
}

/** @param path where a page of the coverage is found that tells the first of its entries */
async function withAllEntries(told: BodyAnswer, path: string, client: ApiClient): Promise<BodyAnswer> {
  const entries = [...told.entries];
  while (entries.length < told.entriesTotal) {
    const query = `bodyId=${told.body.id}&entryOffset=${entries.length}`;
    const [more] = (await client.get<CoverageAnswer>(`${path}&${query}`)).items;
    if (!more || more.entries.length === 0) break;
    entries.push(...more.entries);
  }
  return { ...told, entries };
}

/**
 * Freezes a round, with a reason where bodies are not ready. Where this process makes the snapshot, it is waited for:
 * nobody else may be there to make it.
 */
export async function freeze(
  client: ApiClient,
  reference: string,
  { override }: { readonly override?: string },
): Promise<{ result: object; text: string }> {
  const round = `/v1/rounds/${await roundId(client, reference)}`;
  const receipt = await client.post<{ position: string }>(
    `${round}/freeze`,
    'controller',
    json({ ...(override && { override }) }),
  );
  const snapshot = await firstSnapshot(client, `${round}/snapshots`);
  const { id, sha256 } = snapshot;
  const told = sha256
    ? `Utgåva 1 är ${id} med SHA-256 ${sha256}`
    : `Utgåva 1 är ${id}, som görs nu. Följ den med: sparbar snapshot list ${reference}`;
  return { result: { ...receipt, snapshot }, text: `Fryst vid ${receipt.position}\n${told}` };
}

/** The first issue of a round's snapshot: made, where that is this process's own work and is done within its time. */
async function firstSnapshot(client: ApiClient, path: string): Promise<SnapshotAnswer> {
  for (const deadline = new Deadline(snapshotMilliseconds); ; await pause(askAgainMilliseconds)) {
    const snapshot = (await client.list<SnapshotAnswer>(path))[0]!;
    if (snapshot.sha256 !== undefined || !client.worksHere || deadline.hasPassed) return snapshot;
  }
}

function coverageText({ deadline, indicators, items, label, referenceDate, status, totals }: CoverageAnswer): string {
  const head = ['', 'Sista dag', 'Klar', 'Bedömda', 'Saknas', 'Efter sista dag', 'Efter frysning', 'Rättade', ''];
  const rows = items.map(({ body, counts, deadline: last, entries, ready }) => {
    const missing = entries.filter(({ expected, state }) => expected && state === 'missing');
    const figures = [counts.afterDeadline, counts.afterFreeze, counts.correctedAfterFreeze].map(String);
    const assessed = `${counts.assessed} av ${counts.expected}`;
    const told = missing.map((entry) => entry.label).join(', ');
    return [body.name, last, readyCell(ready, counts), assessed, String(counts.missing), ...figures, told];
  });
  return [
    `${label}: ${statuses[status]}. Avser ${referenceDate}, sista dag ${deadline}.`,
    `${readyText(totals)}, ${totals.assessed} av ${totals.expected} bedömningar gjorda. ` +
      `${indicators.length} indikatorer saknar värde för året.`,
    table([head, ...rows]),
  ].join('\n\n');
}

/** When a body said to be ready, which it is not while it lacks assessments. */
const readyCell = (ready: BodyAnswer['ready'], { missing }: Counts): string =>
  ready === null ? 'nej' : missing > 0 ? `nej, sade sig klar ${short(ready.at)}` : short(ready.at);

/** Who has said to be ready and lacks assessments is not counted as ready. */
const readyText = ({ bodies, ready, readyLacking }: CoverageAnswer['totals']): string =>
  `${ready - readyLacking} av ${bodies} klara` +
  (readyLacking === 0 ? '' : ` (${readyLacking} till har sagt sig vara klara fast bedömningar saknas)`);
