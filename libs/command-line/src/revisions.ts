import type { Command } from 'commander';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { jsonIn } from './json-file.js';
import { short, table } from './print.js';
import { planId } from './references.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode?: number;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>, use?: { readonly records?: boolean }) => Promise<void>;

/** Steps of a revision cannot be carried out. */
const refused = 4;

/** The commands about revisions of many items. */
export function revisionCommands(program: Command, act: Act): void {
  program
    .command('revisions <plan>')
    .description('list the decisions over many items of a plan')
    .action((plan: string) => act((client) => revisionsOf(client, plan)));
  program
    .command('revise <plan> <file>')
    .description('revise many items by one decision, which the file holds as the API takes it')
    .option('--preview', 'show what would change and what stands in the way, and record nothing')
    .action((plan: string, file: string, { preview = false }: { preview?: boolean }) =>
      act((client) => revise(client, plan, file, preview), { records: !preview }),
    );
}

interface Revision {
  readonly id: string;
  readonly effectiveOn: string;
  readonly decidedAt: string;
  readonly comment?: string;
  readonly stepsInAll: number;
  readonly isCarriedOut: boolean;
  readonly undone: number;
}

async function revisionsOf(client: ApiClient, plan: string): Promise<Outcome> {
  const result = await client.list<Revision>(`/v1/plans/${await planId(client, plan)}/revisions`);
  const rows = result.map((one) => [
    one.id,
    short(one.decidedAt),
    one.effectiveOn,
    String(one.stepsInAll),
    one.isCarriedOut ? carriedOut(one.undone) : 'Under genomförande',
    one.comment ?? '',
  ]);
  const head = ['', 'Registrerad', 'Gäller från', 'Steg', 'Läge', ''];
  return { result, text: result.length === 0 ? 'Inga revideringar' : table([head, ...rows]) };
}

interface Preview {
  readonly effectiveOn: string;
  readonly changes: readonly Change[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
  readonly doubts: readonly { readonly field: string; readonly rule: string; readonly message: string }[];
}

interface Change {
  readonly step: number;
  readonly itemId: string;
  readonly type: string;
  readonly effectiveOn: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

interface Decided {
  readonly revisionId?: string;
  readonly isCarriedOut: boolean;
  readonly undone: number;
}

async function revise(client: ApiClient, plan: string, file: string, isPreview: boolean): Promise<Outcome> {
  const asked = await jsonIn(file, '{ "steps": [ … ] }');
  const path = `/v1/plans/${await planId(client, plan)}/revisions`;
  if (isPreview) {
    const result = await client.post<Preview>(`${path}/preview`, 'controller', json(asked));
    return {
      result,
      text: previewText(result),
      exitCode: result.faults.length + result.doubts.length > 0 ? refused : 0,
    };
  }
  const result = await client.post<Decided>(path, 'controller', json(asked));
  const { isCarriedOut, revisionId, undone } = result;
  if (revisionId === undefined) return { result, text: 'Inget skulle ändras' };
  const state = isCarriedOut ? carriedOut(undone) : 'Under genomförande';
  return { result, text: `Revideringen ${revisionId}: ${state}` };
}

export const carriedOut = (undone: number): string => (undone === 0 ? 'Genomförd' : `Genomförd, utom ${undone} steg`);

function previewText({ changes, doubts, effectiveOn, faults }: Preview): string {
  const rows = changes.flatMap(({ after, before, effectiveOn: on, itemId, step, type }) => {
    const values = Object.keys(after).map((name) => [name, told(before[name]), told(after[name])]);
    return (values.length > 0 ? values : [['', '', '']]).map((value) => [String(step), itemId, on, type, ...value]);
  });
  const doubted = doubts.map(({ field, message, rule }) => `${field}: ${message} (--confirm ${rule})`);
  const inTheWay = faults.map(({ field, message }) => `${field}: ${message}`);
  return [
    `Gäller från ${effectiveOn}`,
    rows.length === 0 ? 'Inget skulle ändras' : table([['Steg', '', 'Gäller från', '', '', 'Från', 'Till'], ...rows]),
    ...(doubted.length > 0 ? [`Ser ut som misstag:\n${doubted.join('\n')}`] : []),
    ...(inTheWay.length > 0 ? [`Kan inte genomföras:\n${inTheWay.join('\n')}`] : []),
  ].join('\n\n');
}

const told = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** That answers may hold a part of a decision; nothing where none is under way. */
export const underWayText = (underWay: UnderWay | undefined): string[] =>
  underWay
    ? [
        `Revideringen ${underWay.revisionId} är under genomförande: ${underWay.lacking} av ${underWay.steps} steg återstår`,
      ]
    : [];

export interface UnderWay {
  readonly revisionId: string;
  readonly steps: number;
  readonly lacking: number;
}
