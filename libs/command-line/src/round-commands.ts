import type { Command } from 'commander';
import { compareSwedish, isId, joined, kind, say, verbatim } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { roundId, UnclearReference } from './references.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: object;
  readonly text: string;
}
type Act = (work: (client: ApiClient) => Promise<Outcome>, use: { readonly records: true }) => Promise<void>;

interface Because {
  readonly reason: string;
}
interface Amending extends Because {
  readonly label?: string;
  readonly referenceDate?: string;
  readonly deadline?: string;
  readonly scope?: string[];
  readonly othersMayContribute?: boolean;
  readonly opensOn?: string;
  readonly remindsOn?: string[];
  readonly freezesOn?: string;
}
interface OfBody extends Because {
  readonly body: string;
}

const records = { records: true } as const;
const day = valueOf(kind.day);
const days = (text: string, before: readonly string[] = []): string[] => [...before, day(text)];
const code = valueOf(kind.code);
const codes = (text: string, before: readonly string[] = []): string[] => [...before, code(text)];

/** The commands that change a round. */
export function roundCommands(program: Command, act: Act): void {
  const round = program
    .command('round')
    .description('a round that was planned, opened or frozen otherwise than it should');
  round
    .command('amend <round>')
    .description('change its name, its days, its scope, its schedule or who may contribute, until it is frozen')
    .requiredOption('--reason <reason>', 'why')
    .option('--label <label>', 'its name')
    .option('--reference-date <day>', 'the day that it speaks of', day)
    .option('--deadline <day>', 'the last day for assessments', day)
    .option('--scope <kind>', 'a kind of item that is assessed; give all, one by one', codes)
    .option('--others-may-contribute', 'bodies contribute also to items that do not concern them')
    .option('--no-others-may-contribute', 'and from now on they do not')
    .option('--opens-on <day>', 'it opens by itself; a schedule is given whole', day)
    .option('--reminds-on <day>', 'it reminds by itself; one by one', days)
    .option('--freezes-on <day>', 'it is frozen by itself', day)
    .action((reference: string, { freezesOn, opensOn, remindsOn, ...content }: Amending) => {
      const schedule = {
        ...(opensOn && { opensOn }),
        ...(remindsOn && { remindsOn }),
        ...(freezesOn && { freezesOn }),
      };
      const given = { ...content, ...(Object.keys(schedule).length > 0 && { schedule }) };
      return act((client) => change(client, reference, 'amend', given, 'Ändrad'), records);
    });
  round
    .command('extend <round>')
    .description('give one body longer than the others')
    .requiredOption('--body <body>', 'its id, or its name as the coverage tells it')
    .requiredOption('--until <day>', 'the last day for its assessments', day)
    .requiredOption('--reason <reason>', 'why')
    .action((reference: string, { body, reason, until: deadline }: OfBody & { readonly until: string }) =>
      act(async (client) => {
        const round = await roundId(client, reference);
        const bodyId = await bodyIn(client, round, body);
        return change(client, round, 'extend', { bodyId, deadline, reason }, `Anstånd till ${deadline}`);
      }, records),
    );
  round
    .command('recall-extension <round>')
    .description('take back that a body has longer')
    .requiredOption('--body <body>', 'its id, or its name as the coverage tells it')
    .requiredOption('--reason <reason>', 'why')
    .action((reference: string, { body, reason }: OfBody) =>
      act(async (client) => {
        const round = await roundId(client, reference);
        const bodyId = await bodyIn(client, round, body);
        return change(client, round, 'recall-extension', { bodyId, reason }, 'Anståndet är återkallat');
      }, records),
    );
  round
    .command('recall-ready <round>')
    .description('take back that a body was ready')
    .requiredOption('--body <body>', 'its id, or its name as the coverage tells it')
    .requiredOption('--reason <reason>', 'why')
    .action((reference: string, { body, reason }: OfBody) =>
      act(async (client) => {
        const round = await roundId(client, reference);
        const bodyId = await bodyIn(client, round, body);
        return change(client, round, 'recall-ready', { bodyId, reason }, 'Inte längre klar');
      }, records),
    );
  round
    .command('cancel <round>')
    .description('end one that should not have been; its key, kind and year are free for another')
    .requiredOption('--reason <reason>', 'why')
    .action((reference: string, { reason }: Because) =>
      act((client) => change(client, reference, 'cancel', { reason }, 'Inställd'), records),
    );
  round
    .command('reissue <round>')
    .description('ask for a new issue of the snapshot of one that is frozen, after corrections')
    .requiredOption('--reason <reason>', 'why')
    .action((reference: string, { reason }: Because) =>
      act((client) => change(client, reference, 'reissue', { reason }, 'Ny utgåva begärd'), records),
    );
}

/** Puts a command to a round, and tells where it stands in the log. */
async function change(
  client: ApiClient,
  reference: string,
  word: string,
  data: object,
  done: string,
): Promise<Outcome> {
  const path = `/v1/rounds/${await roundId(client, reference)}/${word}`;
  const result = await client.post<{ position: string; recorded: readonly string[] }>(path, 'controller', json(data));
  return {
    result,
    text: result.recorded.length === 0 ? 'Inget ändrades: så är det redan.' : `${done}, vid ${result.position}.`,
  };
}

/** The id of a body that is named by its id or by its name in a round. @throws UnclearReference */
async function bodyIn(client: ApiClient, round: string, body: string): Promise<string> {
  if (isId(body)) return body;
  const path = `/v1/rounds/${round}/coverage?entryLimit=0`;
  const bodies = await client.list<{ body: { id: string; name: string } }>(path);
  const found = bodies.find((one) => compareSwedish(one.body.name.toLowerCase(), body.toLowerCase()) === 0);
  if (found) return found.body.id;
  const known = bodies.map((one) => `  ${one.body.name}`);
  throw new UnclearReference(joined([noBody({ body }), ...known.map(verbatim)], '\n'));
}

const noBody = say('No body in the round is called {body}', 'Ingen nämnd och inget bolag i uppföljningen heter {body}');
