import { Argument } from 'commander';
import type { Command } from 'commander';
import { kind } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { bodyId, byId, groupId, itemId, planId, roundId } from './references.js';
import type { AskedMoment } from './references.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>, use: { readonly records: true }) => Promise<void>;

interface Because extends AskedMoment {
  readonly reason: string;
}

interface Receipt {
  readonly recorded: readonly string[];
}

type IdOf = (client: ApiClient, reference: string, moment: AskedMoment) => Promise<string>;

/** What is cancelled as a whole, by how it is named. */
const cancelled: Readonly<Record<string, { readonly path: string; readonly idOf: IdOf }>> = {
  plan: { path: 'plans', idOf: planId },
  item: { path: 'items', idOf: itemId },
  round: { path: 'rounds', idOf: roundId },
  indicator: { path: 'indicators', idOf: byId },
  body: { path: 'bodies', idOf: bodyId },
  group: { path: 'groups', idOf: groupId },
};

/** The commands that take back what should never have been recorded. */
export function takingBackCommands(program: Command, act: Act): void {
  program
    .command('retract <item> <event>')
    .description('take back what was recorded of an item: its end, a hold, a successor or another revision')
    .requiredOption('--reason <reason>', 'why it should not have been recorded')
    .option('--as-of <moment>', 'the item has its number on that day', valueOf(kind.moment))
    .action((item: string, retracts: string, { asOf, reason }: Because) =>
      act((client) => sent(client, item, { asOf }, 'retractions', { retracts, reason }), { records: true }),
    );
  program
    .command('cancel')
    .addArgument(new Argument('<thing>', 'what it is').choices(Object.keys(cancelled)))
    .addArgument(new Argument('<reference>', 'which one: a PLAN, ITEM, ROUND, BODY or GROUP, or an id'))
    .description('take back that there is such a thing at all: it was registered by mistake, and nothing rests on it')
    .requiredOption('--reason <reason>', 'why it should not have been registered')
    .option('--as-of <moment>', 'it is called so on that day', valueOf(kind.moment))
    .action((thing: string, reference: string, { asOf, reason }: Because) =>
      act(
        async (client) => {
          const { idOf, path } = cancelled[thing]!;
          return posted(client, `/v1/${path}/${await idOf(client, reference, { asOf })}/cancel`, { reason });
        },
        { records: true },
      ),
    );
  program
    .command('reinstate <item> <assessment>')
    .description('take back the withdrawal of an assessment, which stands again')
    .requiredOption('--reason <reason>', 'why it should not have been withdrawn')
    .option('--as-of <moment>', 'the item has its number on that day', valueOf(kind.moment))
    .action((item: string, assessment: string, { asOf, reason }: Because) => {
      const path = `assessments/${encodeURIComponent(assessment)}/reinstatement`;
      return act((client) => sent(client, item, { asOf }, path, { reason }), { records: true });
    });
}

async function sent(
  client: ApiClient,
  item: string,
  moment: AskedMoment,
  path: string,
  asked: object,
): Promise<Outcome> {
  return posted(client, `/v1/items/${await itemId(client, item, moment)}/${path}`, asked);
}

async function posted(client: ApiClient, url: string, asked: object): Promise<Outcome> {
  const result = await client.post<Receipt>(url, 'controller', json(asked));
  return { result, text: result.recorded.length > 0 ? 'Taget tillbaka' : 'Det var redan taget tillbaka' };
}
