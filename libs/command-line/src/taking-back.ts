import type { Command } from 'commander';
import { kind } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { itemId } from './references.js';
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

/** The commands that take back what should never have been recorded of an item. */
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
  const url = `/v1/items/${await itemId(client, item, moment)}/${path}`;
  const result = await client.post<Receipt>(url, 'controller', json(asked));
  return { result, text: result.recorded.length > 0 ? 'Taget tillbaka' : 'Det var redan taget tillbaka' };
}
