import type { Command } from 'commander';
import { kind, say } from '#kernel';
import type { NamedSuccessors, ReorganisationKind } from '#organisation';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { holdsNone, jsonIn } from './json-file.js';
import { short, table } from './print.js';
import { bodyId, groupId, itemId, planId } from './references.js';
import { carriedOut } from './revisions.js';
import { UsageError } from './usage-error.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode?: number;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>, use?: { readonly records?: boolean }) => Promise<void>;

/** Parts of a reorganisation cannot be carried out. */
const refused = 4;

const day = valueOf(kind.day);
const records = { records: true } as const;

interface Asked {
  readonly from: string;
  readonly named?: string;
  readonly comment?: string;
  readonly decidedBy?: string;
  readonly date?: string;
  readonly diarienummer?: string;
  readonly paragraph?: string;
  readonly preview?: boolean;
}

/** The commands about bodies that end. @param body the command that shows one */
export function reorganisationCommands(program: Command, body: Command, act: Act): void {
  const asks = (command: Command, kind: ReorganisationKind) =>
    command
      .requiredOption('--from <day>', 'the day from which it is no longer', day)
      .option('--named <file>', 'who takes over what, as JSON: category, id and successors of each')
      .option('--comment <comment>', 'what it is about')
      .option('--decided-by <body>', 'the body that decided')
      .option('--date <day>', 'the day of the decision', day)
      .option('--diarienummer <number>', 'the registry number of the matter', valueOf(kind100))
      .option('--paragraph <paragraph>', 'the paragraph of the minutes', valueOf(kind100))
      .option('--preview', 'show what would change and what stands in the way, and record nothing')
      .action((ending: string, ...given: unknown[]) => {
        const [into, asked] = (kind === 'dissolved' ? [[], given[0]] : given) as [string | string[], Asked];
        const takers = [into].flat();
        return act((client) => reorganise(client, { kind, ending, takers, asked }), { records: !asked.preview });
      });
  asks(body.command('dissolve <body>').description('end a body that nobody takes over from'), 'dissolved');
  asks(
    body.command('merge <body> <into>').description('merge a body into another, which takes over all it has'),
    'merged',
  );
  asks(
    body.command('split <body> <into...>').description('split a body into others; --named says who takes over what'),
    'split',
  );
  program
    .command('reorganisations')
    .description('list the decisions by which bodies ended')
    .action(() => act(reorganisationsOf));
  program
    .command('revoke-reorganisation <reorganisation>')
    .description('take back a decision by which a body ended, with all that followed from it')
    .requiredOption('--reason <reason>', 'why it should not have been decided')
    .action((id: string, { reason }: { reason: string }) => act((client) => revoke(client, id, reason), records));
}

const kind100 = kind.text(100);

interface Reorganising {
  readonly kind: ReorganisationKind;
  readonly ending: string;
  readonly takers: readonly string[];
  readonly asked: Asked;
}

interface Decided {
  readonly reorganisationId: string;
  readonly isCarriedOut: boolean;
  readonly undone: number;
}

/** Decides on a body that ends, or shows what would come of it. */
export async function reorganise(client: ApiClient, { asked, ending, kind, takers }: Reorganising): Promise<Outcome> {
  const { comment, date, decidedBy, diarienummer, from: effectiveOn, named, paragraph, preview } = asked;
  if ((decidedBy === undefined) !== (date === undefined)) throw new UsageError(decisionWhole());
  const successors: string[] = [];
  for (const taker of takers) successors.push(await bodyId(client, taker));
  const request = json({
    kind,
    bodyId: await bodyId(client, ending),
    successors,
    ...(named && { named: await namedIn(client, named) }),
    effectiveOn,
    ...(comment && { comment }),
    ...(decidedBy && {
      decision: {
        bodyId: await bodyId(client, decidedBy),
        date,
        ...(diarienummer && { diarienummer }),
        ...(paragraph && { paragraph }),
      },
    }),
  });
  if (preview) {
    const result = await client.post<Preview>('/v1/reorganisations/preview', 'controller', request);
    const isClear = result.faults.length + result.doubts.length === 0;
    return { result, text: previewText(result), exitCode: isClear ? 0 : refused };
  }
  return outcomeOf(await client.post<Decided>('/v1/reorganisations', 'controller', request));
}

async function revoke(client: ApiClient, id: string, reason: string): Promise<Outcome> {
  const path = `/v1/reorganisations/${encodeURIComponent(id)}/revoke`;
  return outcomeOf(await client.post<Decided>(path, 'controller', json({ reason })));
}

const outcomeOf = (result: Decided): Outcome => {
  const state = result.isCarriedOut ? carriedOut(result.undone) : 'Under genomförande';
  return { result, text: `Omorganisationen ${result.reorganisationId}: ${state}` };
};

const example = '[{ "category": "item", "id": "PLAN:7", "successors": ["BODY"] }]';

/** Who takes over what: things and bodies are named in the file as they are on the command line. */
async function namedIn(client: ApiClient, file: string): Promise<readonly NamedSuccessors[]> {
  const found = await jsonIn(file, example);
  if (!Array.isArray(found)) throw new UsageError(holdsNone({ file, like: example }));
  const named: NamedSuccessors[] = [];
  for (const { category, id, successors } of found as readonly NamedSuccessors[]) {
    if (!(category in subjects) || !Array.isArray(successors)) {
      throw new UsageError(holdsNone({ file, like: example }));
    }
    const takers: string[] = [];
    for (const taker of successors) takers.push(await bodyId(client, String(taker)));
    named.push({ category, id: await subjects[category](client, String(id)), successors: takers });
  }
  return named;
}

const subjects: Readonly<Record<NamedSuccessors['category'], (client: ApiClient, id: string) => Promise<string>>> = {
  item: itemId,
  plan: planId,
  group: groupId,
  indicator: (_client, id) => Promise.resolve(id),
};

interface Reorganisation {
  readonly id: string;
  readonly kind?: ReorganisationKind;
  readonly bodyId?: string;
  readonly revokes?: string;
  readonly revokedBy?: string;
  readonly effectiveOn: string;
  readonly decidedAt: string;
  readonly comment?: string;
  readonly reason?: string;
  readonly isCarriedOut: boolean;
  readonly undone: number;
}

const kindsInWords: Readonly<Record<ReorganisationKind, string>> = {
  dissolved: 'Upphör',
  merged: 'Slås samman',
  split: 'Delas',
};

async function reorganisationsOf(client: ApiClient): Promise<Outcome> {
  const result = await client.list<Reorganisation>('/v1/reorganisations');
  const rows = result.map((one) => [
    one.id,
    short(one.decidedAt),
    one.effectiveOn,
    one.kind ? kindsInWords[one.kind] : `Tar tillbaka ${one.revokes!}`,
    one.revokedBy ? 'Tagen tillbaka' : one.isCarriedOut ? carriedOut(one.undone) : 'Under genomförande',
    one.comment ?? one.reason ?? '',
  ]);
  const head = ['', 'Registrerad', 'Gäller från', '', 'Läge', ''];
  return { result, text: result.length === 0 ? 'Inga omorganisationer' : table([head, ...rows]) };
}

interface Preview {
  readonly effectiveOn: string;
  readonly changes: readonly {
    readonly category: string;
    readonly name: string;
    readonly property: keyof typeof propertiesInWords;
    readonly effectiveOn: string;
    readonly before: readonly string[];
    readonly after?: readonly string[];
  }[];
  readonly rounds: readonly {
    readonly label: string;
    readonly referenceDate: string;
    readonly asks: readonly string[];
  }[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
  readonly doubts: readonly { readonly field: string; readonly rule: string; readonly message: string }[];
}

const decisionWhole = say('Give --decided-by and --date together', 'Ange --decided-by och --date tillsammans');

const propertiesInWords = { responsible: 'Ansvariga', concerned: 'Berörda', owner: 'Ägare', members: 'Medlemmar' };

function previewText({ changes, doubts, effectiveOn, faults, rounds }: Preview): string {
  const rows = changes.map(({ after, before, effectiveOn: on, name, property }) => [
    name,
    on,
    propertiesInWords[property],
    before.join(', '),
    after?.join(', ') ?? '?',
  ]);
  const asked = rounds.map(({ asks, label, referenceDate }) => [label, referenceDate, asks.join(', ')]);
  const doubted = doubts.map(({ field, message, rule }) => `${field}: ${message} (--confirm ${rule})`);
  const inTheWay = faults.map(({ field, message }) => `${field}: ${message}`);
  return [
    `Gäller från ${effectiveOn}`,
    rows.length === 0 ? 'Inget tas över' : table([['', 'Gäller från', '', 'Från', 'Till'], ...rows]),
    ...(asked.length > 0 ? [table([['Uppföljning', 'Avser', 'Frågar'], ...asked])] : []),
    ...(doubted.length > 0 ? [`Ser ut som misstag:\n${doubted.join('\n')}`] : []),
    ...(inTheWay.length > 0 ? [`Kan inte genomföras:\n${inTheWay.join('\n')}`] : []),
  ].join('\n\n');
}

/** That answers may hold a part of a decision; nothing where none is under way. */
export const reorganisationText = (underWay: ReorganisationUnderWay | undefined): string[] =>
  underWay
    ? [
        `Omorganisationen ${underWay.reorganisationId} är under genomförande: ${underWay.lacking} av ${underWay.steps} steg återstår`,
      ]
    : [];

export interface ReorganisationUnderWay {
  readonly reorganisationId: string;
  readonly steps: number;
  readonly lacking: number;
}
