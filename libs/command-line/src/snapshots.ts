import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { describeDamage } from '#kernel';
import type { SnapshotComparison, SnapshotVerification } from '#snapshots';
import type { ApiClient } from './api-client.js';
import { short, table } from './print.js';
import { roundId, snapshotId } from './references.js';

/** What a command found, and the exit code that goes with it. */
interface Outcome {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode?: number;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>) => Promise<void>;

/** A snapshot is not what the log says. */
const differs = 5;

const forms = {
  json: 'content',
  html: 'report',
  csv: 'table',
  'indicators-csv': 'indicator-table',
  xlsx: 'workbook',
} as const;
type Format = keyof typeof forms;

/** The commands about snapshots. */
export function snapshotCommands(program: Command, act: Act): void {
  const snapshot = program.command('snapshot').description('frozen rounds');
  snapshot
    .command('list <round>')
    .description('list the snapshots of a round')
    .action((round: string) => act((client) => list(client, round)));
  snapshot
    .command('verify <snapshot>')
    .description('fold the log anew, and compare with what is kept and what was recorded')
    .action((id: string) => act((client) => verify(client, id)));
  snapshot
    .command('show <snapshot>')
    .description('show a snapshot, or write it to a file')
    .addOption(new Option('--format <format>', 'its form').choices(Object.keys(forms)).default('json'))
    .option('--out <file>', 'write it there, byte for byte')
    .action((id: string, options: { format: Format; out?: string }) => act((client) => show(client, id, options)));
  snapshot
    .command('compare <snapshot> [other]')
    .description('tell what another snapshot, or what is known now, says otherwise')
    .action((id: string, other: string = 'now') => act((client) => compare(client, id, other)));
}

interface Listed {
  readonly id: string;
  readonly issue: number;
  readonly frozenAt: string;
  readonly state: string;
  readonly sha256?: string;
  readonly waitingFor?: string;
  readonly error?: string;
}

async function list(client: ApiClient, round: string): Promise<Outcome> {
  const result = await client.list<Listed>(`/v1/rounds/${await roundId(client, round)}/snapshots`);
  const rows = result.map(({ error, frozenAt, id, issue, sha256, state, waitingFor }) => [
    id,
    String(issue),
    short(frozenAt),
    sha256 ?? [state, error ?? waitingFor].filter(Boolean).join(': '),
  ]);
  return { result, text: table([['snapshot', 'issue', 'frozen', 'SHA-256'], ...rows]) };
}

const verdicts: Readonly<Record<SnapshotVerification['verdict'], string>> = {
  same: 'The log, the recorded SHA-256 and the kept bytes agree.',
  'not-made-yet': 'It has not been made yet.',
  'kept-bytes-missing': 'The log gives what was recorded, but no bytes are kept; they can be made again.',
  'kept-bytes-differ': 'The kept bytes are NOT those that the log gives and recorded.',
  'recorded-hash-differs': 'The log does NOT give what it recorded.',
};

async function verify(client: ApiClient, id: string): Promise<Outcome> {
  const result = await client.get<SnapshotVerification>(`${await pathOf(client, id)}/verification`);
  const { damaged, events, folded, kept, recorded, verdict } = result;
  const rows = [
    ['folded', folded],
    ['recorded', recorded ?? '–'],
    ['kept', kept ?? '–'],
    ['events read', String(events)],
  ];
  const text = [verdicts[verdict], ...damaged.map(describeDamage), table(rows)].join('\n');
  return { result, text, exitCode: verdict === 'same' && damaged.length === 0 ? 0 : differs };
}

async function show(
  client: ApiClient,
  id: string,
  { format, out }: { format: Format; out?: string },
): Promise<Outcome> {
  const bytes = await client.getBytes(`${await pathOf(client, id)}/${forms[format]}`);
  if (out !== undefined) {
    await writeFile(out, bytes);
    return { result: { file: out, bytes: bytes.length }, text: `Wrote ${bytes.length} bytes to ${out}` };
  }
  if (format === 'xlsx') throw new Error('A workbook is not for a terminal: name a file with --out');
  const text = bytes.toString('utf8');
  return { result: format === 'json' ? (JSON.parse(text) as unknown) : text, text };
}

async function compare(client: ApiClient, id: string, other: string): Promise<Outcome> {
  const against = other === 'now' ? other : await snapshotId(client, other);
  const path = `${await pathOf(client, id)}/comparison?with=${against}`;
  const result = await client.get<SnapshotComparison>(path);
  return { result, text: comparisonText(result) };
}

const pathOf = async (client: ApiClient, reference: string): Promise<string> =>
  `/v1/snapshots/${await snapshotId(client, reference)}`;

function comparisonText(comparison: SnapshotComparison): string {
  const { addedItems, bodies, changedIndicators, changedItems, now, removedItems, same, then, totals } = comparison;
  const sideOf = ({ invented, issue, round }: SnapshotComparison['then']): string =>
    `${round.label}, ${issue === null ? 'som det är känt nu' : `utgåva ${issue}`}${invented ? ' (med påhittade uppgifter)' : ''}`;
  const named = ({ invented, label, title }: SnapshotComparison['addedItems'][number]): string =>
    `${label}: ${madeUp(invented)}${title}`;
  const head = `${sideOf(then)} → ${sideOf(now)}`;
  if (same) return `${head}\nIngen skillnad.`;
  const moved = totals.filter((count) => count.then !== count.now);
  return [
    head,
    ...addedItems.map((item) => `+ ${named(item)}`),
    ...removedItems.map((item) => `− ${named(item)}`),
    ...changedItems.flatMap(({ changes, item }) => [
      named(item),
      ...changes.map(
        (change) =>
          `  ${change.body ? `${change.what} (${change.body.name})` : change.what}: ${change.then ?? '–'} → ${change.now ?? '–'}`,
      ),
    ]),
    ...bodies.map(
      (body) =>
        `${body.body.name}: ${body.then.assessed}/${body.then.expected} → ${body.now.assessed}/${body.now.expected}`,
    ),
    ...changedIndicators.map(
      ({ indicator, periods }) =>
        `${madeUp(indicator.invented)}${indicator.name}: ${periods.map(periodText).join(', ') || 'ny definition'}`,
    ),
    ...(moved.length > 0 ? [table(moved.map((count) => [count.label, `${count.then} → ${count.now}`]))] : []),
  ].join('\n');
}

const periodText = ({
  now,
  period,
  then,
}: SnapshotComparison['changedIndicators'][number]['periods'][number]): string =>
  `${period}${then?.invented || now?.invented ? ' (påhittat)' : ''}`;

const madeUp = (invented: boolean | undefined): string => (invented ? 'Påhittat: ' : '');
