import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { kind, shownLine } from '#kernel';
import type { ApiClient } from './api-client.js';
import { short, table } from './print.js';
import { itemId, momentQuery, planId } from './references.js';
import type { AskedMoment } from './references.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>) => Promise<void>;

/** The commands that tell what happened to an item. */
export function historyCommands(program: Command, act: Act): void {
  program
    .command('history <item>')
    .description('tell everything that happened to an item')
    .option('--as-of <moment>', 'only what speaks of that day or of an earlier one', valueOf(kind.moment))
    .option('--known-at <moment>', 'only what was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'only what had been said in the world by that day', valueOf(kind.day))
    .action((item: string, moment: AskedMoment) => act((client) => history(client, item, moment)));
  program
    .command('timeline <item>')
    .description('tell what happened to an item, to what it came from and to what came of it, over plans')
    .option('--as-of <moment>', 'only what speaks of that day or of an earlier one', valueOf(kind.moment))
    .option('--known-at <moment>', 'only what was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'only what had been said in the world by that day', valueOf(kind.day))
    .action((item: string, moment: AskedMoment) => act((client) => timeline(client, item, moment)));
  program
    .command('answers <item>')
    .description('gather how the items of other plans stand that answer an item, or any item under it')
    .option('--as-of <moment>', 'as it was on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as it was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .action((item: string, moment: AskedMoment) => act((client) => answers(client, item, moment)));
  program
    .command('appendix <older> <newer>')
    .description('tell what became of each item of a plan in the plan after it, with the wordings word by word')
    .addOption(new Option('--format <format>', 'its form').choices(Object.keys(appendixForms)).default('markdown'))
    .option('--kind <kind>', 'only items of this kind', valueOf(kind.code))
    .option('--out <file>', 'write it there, byte for byte')
    .option('--as-of <moment>', 'as it was on that day', valueOf(kind.moment))
    .option('--known-at <moment>', 'as it was known then', valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day))
    .action((older: string, newer: string, asked: AskedAppendix) =>
      act((client) => appendix(client, older, newer, asked)),
    );
}

const appendixForms = { json: '', html: '/report', csv: '/table', markdown: '/markdown' } as const;
type AppendixFormat = keyof typeof appendixForms;

interface AskedAppendix extends AskedMoment {
  readonly kind?: string;
  readonly format: AppendixFormat;
  readonly out?: string;
}

async function appendix(
  client: ApiClient,
  older: string,
  newer: string,
  { format, kind: asked, out, ...moment }: AskedAppendix,
): Promise<Outcome> {
  const query = momentQuery(moment, {
    newer: await planId(client, newer),
    ...(asked !== undefined && { kind: asked }),
  });
  const path = `/v1/plans/${await planId(client, older)}/appendix${appendixForms[format]}${query}`;
  const bytes = await client.getBytes(path);
  if (out !== undefined) {
    await writeFile(out, bytes);
    return { result: { file: out, bytes: bytes.length }, text: `Wrote ${bytes.length} bytes to ${out}` };
  }
  const text = bytes.toString('utf8');
  return { result: format === 'json' ? (JSON.parse(text) as unknown) : text, text };
}

interface Entry {
  readonly recordedAt: string;
  readonly effectiveOn: string;
  readonly attested?: { readonly on: string };
  readonly actor: { readonly role: string };
  readonly summary: string;
  readonly confirmed?: readonly string[];
}

async function history(client: ApiClient, item: string, moment: AskedMoment): Promise<Outcome> {
  const path = `/v1/items/${await itemId(client, item, moment)}/history${momentQuery(moment)}`;
  const result = await client.list<Entry>(path);
  const rows = result.map(({ actor, attested, confirmed, effectiveOn, recordedAt, summary }) => [
    short(recordedAt),
    attested?.on ?? '',
    effectiveOn,
    actor.role,
    `${summary}${confirmed ? ` (bekräftat: ${confirmed.join(', ')})` : ''}`,
  ]);
  return { result, text: table([['recorded', 'said', 'speaks of', 'by', ''], ...rows]) };
}

interface TimelineItem {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly plan?: string;
  readonly statusLabel?: string;
}

interface TimelineEntry extends Entry {
  readonly item: TimelineItem;
  readonly by: string;
  readonly motivation?: string;
  readonly decisionInWords?: string;
}

interface Answers {
  readonly items: readonly AnsweringItem[];
  readonly total: number;
  readonly bodies: readonly {
    readonly body: { readonly name: string };
    readonly items: number;
    readonly statuses: readonly { readonly statusLabel: string; readonly count: number }[];
  }[];
}

interface AnsweringItem {
  readonly body: { readonly name: string };
  readonly label: string;
  readonly plan: string;
  readonly statusLabel: string;
  readonly title: string;
  readonly answers: readonly { readonly label: string }[];
}

async function answers(client: ApiClient, item: string, moment: AskedMoment): Promise<Outcome> {
  const path = `/v1/items/${await itemId(client, item, moment)}/answers${momentQuery(moment)}`;
  const { bodies, items } = await client.wholeList<Answers>(path);
  if (items.length === 0) return { result: { bodies, items }, text: 'Inget i andra planer svarar mot det' };
  const counted = bodies.map(({ body, items: all, statuses }) => [
    body.name,
    String(all),
    statuses.map(({ count, statusLabel }) => `${statusLabel} ${count}`).join(', '),
  ]);
  const rows = items.map(({ answers: answered, body, label, plan, statusLabel, title }) => [
    answered.map((one) => one.label).join(', '),
    body.name,
    `${label} i ${plan}`,
    statusLabel,
    title,
  ]);
  const text = [table([['Av', 'Svar', 'Status'], ...counted]), table([['Mot', 'Av', 'Svar', 'Status', ''], ...rows])];
  return { result: { bodies, items }, text: text.join('\n\n') };
}

interface Timeline {
  readonly total: number;
  readonly lineage: readonly TimelineItem[];
  readonly links: readonly { readonly on: string; readonly words: string; readonly comment?: string }[];
  readonly isWhole: boolean;
}

async function timeline(client: ApiClient, item: string, moment: AskedMoment): Promise<Outcome> {
  const path = `/v1/items/${await itemId(client, item, moment)}/timeline`;
  const head = await client.get<Timeline>(`${path}${momentQuery(moment, { limit: '1' })}`);
  const items = await client.list<TimelineEntry>(`${path}${momentQuery(moment)}`);
  return { result: { ...head, items }, text: timelineText(head, items) };
}

function timelineText({ isWhole, lineage, links }: Timeline, entries: readonly TimelineEntry[]): string {
  const items = lineage.map(({ label, plan = '', statusLabel = 'Fanns inte', title }) => [
    plan,
    label,
    statusLabel,
    title,
  ]);
  const told = entries.map(
    ({ by, decisionInWords, effectiveOn, item: { label, plan }, motivation, recordedAt, summary }) =>
      [
        `${effectiveOn}  ${label} i ${plan ?? '–'}`,
        `  ${summary}`,
        ...(motivation === undefined ? [] : [`  Motivering: ${motivation}`]),
        ...(decisionInWords === undefined ? [] : [`  Beslut: ${decisionInWords}`]),
        `  Registrerat ${short(recordedAt)} av ${by}`,
      ]
        .map(shownLine)
        .join('\n'),
  );
  return [
    table([['Plan', '', 'Status', ''], ...items]),
    ...(isWhole ? [] : ['Fler finns längre bort: bara de hundra närmaste visas.']),
    ...(links.length === 0
      ? ['Inga föregångare och inga efterföljare']
      : [table(links.map(({ comment, on, words }) => [on, comment === undefined ? words : `${words}: ${comment}`]))]),
    ...told,
  ].join('\n\n');
}
