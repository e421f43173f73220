import { Option } from 'commander';
import type { Command } from 'commander';
import { kind } from '#kernel';
import type { FormalDecision } from '#kernel';
import type { DecisionCorrected } from '#organisation';
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

type Category = DecisionCorrected['data']['category'];

interface Asked extends Omit<FormalDecision, 'bodyId'> {
  readonly category: Category;
  readonly subject: string;
  readonly body: string;
  readonly reason: string;
  readonly asOf?: string;
}

/** How what an event is about is named: what no plan file gives a name that is looked up here, by its id. */
const subjects: Readonly<
  Record<Category, (client: ApiClient, reference: string, moment: AskedMoment) => Promise<string>>
> = {
  item: itemId,
  plan: planId,
  round: roundId,
  indicator: byId,
  scale: byId,
  body: bodyId,
  group: groupId,
  organisation: byId,
};

/** The command that corrects the formal decision behind an event. */
export function correctDecisionCommand(program: Command, act: Act): void {
  const category = new Option('--category <category>', 'what the event is about').choices(Object.keys(subjects));
  program
    .command('correct-decision <event>')
    .description('correct the formal decision that an event was recorded with; the decision is given whole')
    .addOption(category.makeOptionMandatory())
    .requiredOption('--subject <subject>', 'which one: an ITEM, PLAN, ROUND, BODY or GROUP, or an id')
    .requiredOption('--body <body>', 'the body that decided')
    .requiredOption('--date <day>', 'the day of the decision', valueOf(kind.day))
    .option('--diarienummer <number>', 'the registry number of the matter', valueOf(kind.text(100)))
    .option('--paragraph <paragraph>', 'the paragraph of the minutes', valueOf(kind.text(100)))
    .requiredOption('--reason <reason>', 'why it was wrong')
    .option('--as-of <moment>', 'what is named is called so on that day', valueOf(kind.moment))
    .action((event: string, asked: Asked) => act((client) => correctDecision(client, event, asked), { records: true }));
}

/** Corrects the decision behind an event, and tells whether that said anything new. */
export async function correctDecision(client: ApiClient, event: string, asked: Asked): Promise<Outcome> {
  const { asOf, body, category, date, diarienummer, paragraph, reason, subject } = asked;
  const decided = {
    bodyId: await bodyId(client, body, { asOf }),
    date,
    ...(diarienummer && { diarienummer }),
    ...(paragraph && { paragraph }),
  };
  const subjectId = await subjects[category](client, subject, { asOf });
  const result = await client.post<{ readonly recorded: readonly string[] }>(
    `/v1/decisions/${encodeURIComponent(event)}/correct`,
    'controller',
    json({ category, subjectId, decided, reason }),
  );
  return {
    result,
    text: result.recorded.length > 0 ? 'Beslutet är rättat' : 'Inget ändrades: så lyder beslutet redan',
  };
}
