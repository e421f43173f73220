import type { Command } from 'commander';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { itemId } from './references.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
}

type Act = (work: (client: ApiClient) => Promise<Outcome>, use: { readonly records: true }) => Promise<void>;

interface Receipt {
  readonly recorded: readonly string[];
}

/** The commands that take back what should never have been recorded of an item. */
export function takingBackCommands(program: Command, act: Act): void {
  program
    .command('retract <item> <event>')
    .description('take back what was recorded of an item: its end, a hold, a successor or another revision')
    .requiredOption('--reason <reason>', 'why it should not have been recorded')
    .action((item: string, retracts: string, { reason }: { reason: string }) =>
      act((client) => sent(client, item, 'retractions', { retracts, reason }), { records: true }),
    );
  program
    .command('reinstate <item> <assessment>')
    .description('take back the withdrawal of an assessment, which stands again')
    .requiredOption('--reason <reason>', 'why it should not have been withdrawn')
    .action((item: string, assessment: string, { reason }: { reason: string }) =>
      act((client) => sent(client, item, `assessments/${encodeURIComponent(assessment)}/reinstatement`, { reason }), {
        records: true,
      }),
    );
}

async function sent(client: ApiClient, item: string, path: string, asked: object): Promise<Outcome> {
  const url = `/v1/items/${await itemId(client, item)}/${path}`;
  const result = await client.post<Receipt>(url, 'controller', json(asked));
  return { result, text: result.recorded.length > 0 ? 'Taget tillbaka' : 'Det var redan taget tillbaka' };
}
