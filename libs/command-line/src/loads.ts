import type { Command } from 'commander';
import { kind } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { short, table } from './print.js';
import { planId } from './references.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode?: number;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>, use?: { readonly records?: boolean }) => Promise<void>;

/** The commands about loads of plan files. */
export function loadCommands(program: Command, act: Act): void {
  program
    .command('loads [plan]')
    .description(
      'list the loads of plan files, of all or of those about a plan: what each recorded, and what was taken back',
    )
    .action((plan?: string) => act((client) => loadsOf(client, plan)));
  program
    .command('take-back-load <load>')
    .description('take back what a load recorded, but for what something later rests on')
    .requiredOption('--reason <reason>', 'why it should not have been loaded')
    .option('--preview', 'show what would be taken back and what would stay, and record nothing')
    .action((load: string, { preview = false, reason }: { preview?: boolean; reason: string }) =>
      act((client) => takeBack(client, valueOf(kind.id)(load), reason, preview), { records: !preview }),
    );
}

interface Load {
  readonly id: string;
  readonly file?: string;
  readonly begunAt: string;
  readonly actor: { readonly id: string };
  readonly isRecorded: boolean;
  readonly events?: number;
  readonly takenBack?: {
    readonly reason: string;
    readonly kept: number;
    readonly isCarriedOut: boolean;
    readonly undone: number;
  };
}

async function loadsOf(client: ApiClient, plan: string | undefined): Promise<Outcome> {
  const query = plan === undefined ? '' : `?planId=${await planId(client, plan)}`;
  const result = await client.list<Load>(`/v1/loads${query}`);
  const rows = result.map((load) => [
    load.id,
    short(load.begunAt),
    load.actor.id,
    load.file ?? '',
    load.isRecorded ? `${load.events} händelser` : 'Avbruten',
    load.takenBack ? takenBackText(load.takenBack) : '',
  ]);
  const head = ['', 'Inläst', 'Av', 'Fil', 'Registrerade', ''];
  return { result, text: result.length === 0 ? 'Inga inläsningar' : table([head, ...rows]) };
}

function takenBackText({ isCarriedOut, kept, reason, undone }: NonNullable<Load['takenBack']>): string {
  if (!isCarriedOut) return `Håller på att tas tillbaka: ${reason}`;
  return `Tillbakatagen${exceptFor(kept + undone)}: ${reason}`;
}

interface Thing {
  readonly category: string;
  readonly id: string;
  readonly type: string;
}
interface Preview {
  readonly taken: readonly Thing[];
  readonly kept: readonly (Thing & { readonly because: readonly string[] })[];
}
interface TakenBack {
  readonly recorded: readonly string[];
  readonly isCarriedOut: boolean;
  readonly undone: number;
}

async function takeBack(client: ApiClient, load: string, reason: string, isPreview: boolean): Promise<Outcome> {
  const path = `/v1/loads/${load}/take-back`;
  if (isPreview) {
    const result = await client.post<Preview>(`${path}/preview`, 'controller', json({ reason }));
    return { result, text: previewText(result) };
  }
  const result = await client.post<TakenBack>(path, 'controller', json({ reason }));
  if (result.recorded.length === 0) return { result, text: 'Det fanns inget att ta tillbaka' };
  return {
    result,
    text: result.isCarriedOut ? `Taget tillbaka${exceptFor(result.undone)}` : 'Håller på att tas tillbaka',
  };
}

const exceptFor = (count: number): string => (count === 0 ? '' : `, utom ${count}`);

function previewText({ kept, taken }: Preview): string {
  const rows = taken.map(({ category, id, type }) => [category, id, type]);
  const staying = kept.map(({ because, category, id, type }) => [category, id, type, because.join(', ')]);
  return [
    rows.length === 0 ? 'Inget skulle tas tillbaka' : `Tas tillbaka:\n${table(rows)}`,
    ...(staying.length > 0 ? [`Blir kvar:\n${table(staying)}`] : []),
  ].join('\n\n');
}
