import { faultIn, isId, kind } from '#kernel';
import type { ApiClient } from './api-client.js';
import { UsageError } from './usage-error.js';

/** What a user named does not say which thing is meant. */
export class UnclearReference extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnclearReference';
  }
}

interface Named {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly kind: string;
}

/** The moment that a question is of: what things are called by is looked up as it was then. Today where no day is named. */
export interface AskedMoment {
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
  readonly saidBy?: string | undefined;
}

const parametersOf = ({ asOf, knownAt, saidBy }: AskedMoment) => ({
  ...(asOf && { asOf }),
  ...(knownAt && { knownAt }),
  ...(saidBy && { saidBy }),
});

/** How a message says of which moment it is; nothing where none was named. */
const thenOf = ({ asOf, knownAt, saidBy }: AskedMoment): string =>
  [
    ...(asOf ? [` on ${asOf}`] : []),
    ...(knownAt ? [` as known at ${knownAt}`] : []),
    ...(saidBy ? [` as said by ${saidBy}`] : []),
  ].join('');

/** @throws UsageError where a text is no key, so that nothing can be called by it */
function needKey(text: string, named: string): void {
  if (faultIn(kind.code, text))
    throw new UsageError(`Name ${named}, not ${text}: a key has a–z, 0–9 and single hyphens`);
}

/** The id of a plan that is named by its id or its key. @throws UnclearReference, UsageError */
export async function planId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  if (isId(reference)) return reference;
  needKey(reference, 'a plan by its id or its key');
  const query = new URLSearchParams({ key: reference, ...parametersOf(moment) }).toString();
  const { items } = await client.get<{ items: { id: string }[] }>(`/v1/plans?${query}`);
  if (!items[0]) throw new UnclearReference(`There is no plan with the key ${reference}${thenOf(moment)}`);
  return items[0].id;
}

/** The id of a round that is named by its id or by PLAN:KEY. @throws UnclearReference, UsageError */
export async function roundId(client: ApiClient, reference: string): Promise<string> {
  if (isId(reference)) return reference;
  const [plan, key, ...rest] = reference.split(':');
  if (!plan || !key || rest.length > 0) {
    throw new UnclearReference(`Name a round by its id or by PLAN:KEY, not ${reference}`);
  }
  needKey(key, 'a round by its id or by PLAN:KEY');
  const rounds = await client.list<{ id: string; key?: string; status: string }>(
    `/v1/plans/${await planId(client, plan)}/rounds`,
  );
  // A key that a cancelled round had is that of the one after it.
  const called = rounds.filter((round) => round.key === key);
  const found = called.find(({ status }) => status !== 'cancelled') ?? called.at(-1);
  if (found) return found.id;
  const known = rounds.map((round) => `  ${plan}:${round.key ?? round.id}`);
  throw new UnclearReference([`The plan ${plan} has no round with the key ${key}`, ...known].join('\n'));
}

/**
 * The id of a snapshot that is named by its id, by PLAN:KEY for the newest issue of a round, or by PLAN:KEY:ISSUE.
 * @throws UnclearReference
 */
export async function snapshotId(client: ApiClient, reference: string): Promise<string> {
  if (isId(reference)) return reference;
  const [, round, issue] = /^([^:]+:[^:]+)(?::([0-9]+))?$/.exec(reference) ?? [];
  if (!round)
    throw new UnclearReference(`Name a snapshot by its id, by PLAN:KEY or by PLAN:KEY:ISSUE, not ${reference}`);
  const issues = await client.list<{ id: string; issue: number }>(
    `/v1/rounds/${await roundId(client, round)}/snapshots`,
  );
  const found = issue === undefined ? issues.at(-1) : issues.find((one) => one.issue === Number(issue));
  if (found) return found.id;
  const known = issues.length === 0 ? 'is not frozen' : `has ${issues.length} issues, and no issue ${issue}`;
  throw new UnclearReference(`The round ${round} ${known}`);
}

/**
 * The id of an item that is named by its id, by PLAN:NUMBER or by PLAN:KIND:NUMBER, with the number that it had at a moment.
 * @throws UnclearReference, UsageError
 */
export async function itemId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  if (isId(reference)) return reference;
  const [plan, ...rest] = reference.split(':');
  const number = rest.pop();
  if (!plan || !number || rest.length > 1) {
    throw new UnclearReference(`Name an item by its id, by PLAN:NUMBER or by PLAN:KIND:NUMBER, not ${reference}`);
  }
  if (faultIn(kind.itemNumber, number)) {
    throw new UsageError(`Name an item by a number such as 7, 16b, 1.1, N1.1 or 2021:8, not ${number}`);
  }
  if (rest[0]) needKey(rest[0], 'the kind of an item by its code');
  const filter = new URLSearchParams({
    number,
    limit: '500',
    ...(rest[0] && { kind: rest[0] }),
    ...parametersOf(moment),
  });
  const path = `/v1/plans/${await planId(client, plan, moment)}/items?${filter.toString()}`;
  const { items } = await client.get<{ items: Named[] }>(path);
  if (items.length === 1) return items[0]!.id;
  if (items.length === 0)
    throw new UnclearReference(`The plan ${plan} has no item with the number ${number}${thenOf(moment)}`);
  const candidates = items.map(({ kind, label, title }) => `  ${plan}:${kind}:${number}  ${label}: ${title}`);
  throw new UnclearReference(`The number ${number} stands for several items; name the kind:\n${candidates.join('\n')}`);
}
