import { faultIn, isId, joined, kind, say, term, ToldError, verbatim } from '#kernel';
import type { Said } from '#kernel';
import type { ApiClient } from './api-client.js';
import { UsageError } from './usage-error.js';

/** What a user named does not say which thing is meant. */
export class UnclearReference extends ToldError {}

interface Named {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly kind: string;
}

interface Registered {
  readonly id: string;
  readonly key?: string;
  readonly name: string;
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

/** A query for what is told of a moment: with its question mark, or empty. @param also what else is asked */
export function momentQuery(moment: AskedMoment, also: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams({ ...also, ...parametersOf(moment) }).toString();
  return parameters && `?${parameters}`;
}

/** How a message says of which moment it is; nothing where none was named. */
const thenOf = ({ asOf, knownAt, saidBy }: AskedMoment): Said =>
  joined(
    [
      ...(asOf ? [onDay({ asOf })] : []),
      ...(knownAt ? [asKnown({ knownAt })] : []),
      ...(saidBy ? [asSaid({ saidBy })] : []),
    ],
    '',
  );

/** @throws UsageError where a text is no key, so that nothing can be called by it */
function needKey(text: string, named: Said): void {
  if (faultIn(kind.code, text)) throw new UsageError(isNoKey({ named, text }));
}

/** The id of a plan that is named by its id or its key. @throws UnclearReference, UsageError */
export async function planId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  if (isId(reference)) return reference;
  needKey(reference, plansAre);
  const path = `/v1/plans${momentQuery(moment, { key: reference })}`;
  const { items } = await client.get<{ items: { id: string }[] }>(path);
  if (!items[0]) throw new UnclearReference(noPlan({ key: reference, then: thenOf(moment) }));
  return items[0].id;
}

/**
 * The id of a body that is named by its id, its key, or another name that means it at a moment.
 * @throws UnclearReference, UsageError
 */
export async function bodyId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  if (isId(reference)) return reference;
  if (faultIn(kind.label, reference)) throw new UsageError(nameIt({ named: bodiesAre, reference }));
  const bodies = await client.list<Registered>(`/v1/bodies${momentQuery(moment)}`);
  const keyed = bodies.find(({ key }) => key === reference);
  if (keyed) return keyed.id;
  const called = await client.list<Registered>(`/v1/bodies${momentQuery(moment, { alias: reference })}`);
  if (called.length === 1) return called[0]!.id;
  if (called.length === 0) throw new UnclearReference(noBody({ reference, then: thenOf(moment) }));
  const candidates = called.map(({ id, key = id, name }) => `  ${key}  ${name}`);
  throw new UnclearReference(joined([severalBodies({ reference }), ...candidates.map(verbatim)], '\n'));
}

/** The id of a group that is named by its id or its key. @throws UnclearReference, UsageError */
export async function groupId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  if (isId(reference)) return reference;
  needKey(reference, groupsAre);
  const groups = await client.list<Registered>(`/v1/groups${momentQuery(moment)}`);
  const found = groups.find(({ key }) => key === reference);
  if (!found) throw new UnclearReference(noGroup({ key: reference, then: thenOf(moment) }));
  return found.id;
}

/** The id of a round that is named by its id or by PLAN:KEY at a moment. @throws UnclearReference, UsageError */
export async function roundId(client: ApiClient, reference: string, moment: AskedMoment = {}): Promise<string> {
  if (isId(reference)) return reference;
  const [plan, key, ...rest] = reference.split(':');
  if (!plan || !key || rest.length > 0) {
    throw new UnclearReference(nameIt({ named: roundsAre, reference }));
  }
  needKey(key, roundsAre);
  const rounds = await client.list<{ id: string; key?: string; status: string }>(
    `/v1/plans/${await planId(client, plan, moment)}/rounds${momentQuery(moment)}`,
  );
  // A key that a cancelled round had is that of the one after it.
  const called = rounds.filter((round) => round.key === key);
  const found = called.find(({ status }) => status !== 'cancelled') ?? called.at(-1);
  if (found) return found.id;
  const known = rounds.map((round) => `  ${plan}:${round.key ?? round.id}`);
  throw new UnclearReference(joined([noRound({ plan, key }), ...known.map(verbatim)], '\n'));
}

/**
 * The id of a snapshot that is named by its id, by PLAN:KEY for the newest issue of a round, or by PLAN:KEY:ISSUE.
 * @throws UnclearReference
 */
export async function snapshotId(client: ApiClient, reference: string): Promise<string> {
  if (isId(reference)) return reference;
  const [, round, issue] = /^([^:]+:[^:]+)(?::([0-9]+))?$/.exec(reference) ?? [];
  if (!round) throw new UnclearReference(nameIt({ named: snapshotsAre, reference }));
  const issues = await client.list<{ id: string; issue: number }>(
    `/v1/rounds/${await roundId(client, round)}/snapshots`,
  );
  const found = issue === undefined ? issues.at(-1) : issues.find((one) => one.issue === Number(issue));
  if (found) return found.id;
  throw new UnclearReference(
    issues.length === 0 ? notFrozen({ round }) : noIssue({ round, count: issues.length, issue: issue ?? '' }),
  );
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
    throw new UnclearReference(nameIt({ named: itemsAre, reference }));
  }
  if (faultIn(kind.itemNumber, number)) {
    throw new UsageError(nameIt({ named: numbersAre, reference: number }));
  }
  if (rest[0]) needKey(rest[0], kindsAre);
  const filter = { number, limit: '500', ...(rest[0] && { kind: rest[0] }) };
  const path = `/v1/plans/${await planId(client, plan, moment)}/items${momentQuery(moment, filter)}`;
  const { items } = await client.get<{ items: Named[] }>(path);
  if (items.length === 1) return items[0]!.id;
  if (items.length === 0) throw new UnclearReference(noItem({ plan, number, then: thenOf(moment) }));
  const candidates = items.map(({ kind, label, title }) => `  ${plan}:${kind}:${number}  ${label}: ${title}`);
  throw new UnclearReference(joined([severalItems({ number }), ...candidates.map(verbatim)], '\n'));
}

/** The id of an indicator or a scale, which is named by nothing else. @throws UsageError */
export function byId(_client: ApiClient, reference: string): Promise<string> {
  if (!isId(reference)) throw new UsageError(needsId({ reference }));
  return Promise.resolve(reference);
}

const needsId = say(
  'Name an indicator or a scale by its id, not {reference}',
  'Ange en indikator eller en skala med dess id, inte {reference}',
);
const onDay = say(' on {asOf}', ' den {asOf}');
const asKnown = say(' as known at {knownAt}', ' såsom känt {knownAt}');
const asSaid = say(' as said by {saidBy}', ' såsom sagt till och med {saidBy}');
const plansAre = term('plan', 'a plan by its id or its key', 'en plan med dess id eller nyckel');
const bodiesAre = term(
  'body',
  'a body by its id, its key or an alias',
  'en nämnd eller ett bolag med dess id, nyckel eller alias',
);
const groupsAre = term('group', 'a group by its id or its key', 'en grupp med dess id eller nyckel');
const roundsAre = term('round', 'a round by its id or by PLAN:KEY', 'en uppföljning med dess id eller PLAN:NYCKEL');
const snapshotsAre = term(
  'snapshot',
  'a snapshot by its id, by PLAN:KEY or by PLAN:KEY:ISSUE',
  'en fryst uppföljning med dess id, PLAN:NYCKEL eller PLAN:NYCKEL:UTGÅVA',
);
const itemsAre = term(
  'item',
  'an item by its id, by PLAN:NUMBER or by PLAN:KIND:NUMBER',
  'ett uppdrag med dess id, PLAN:NUMMER eller PLAN:SLAG:NUMMER',
);
const numbersAre = term(
  'number',
  'an item by a number such as 7, 16b, 1.1, N1.1 or 2021:8',
  'ett uppdrag med ett nummer som 7, 16b, 1.1, N1.1 eller 2021:8',
);
const kindsAre = term('kind', 'the kind of an item by its code', 'ett uppdrags slag med dess kod');
const nameIt = say('Name {named}, not {reference}', 'Ange {named}, inte {reference}');
const isNoKey = say(
  'Name {named}, not {text}: a key has a–z, 0–9 and single hyphens',
  'Ange {named}, inte {text}: en nyckel har a–z, 0–9 och enstaka bindestreck',
);
const noPlan = say('There is no plan with the key {key}{then}', 'Det finns ingen plan med nyckeln {key}{then}');
const noBody = say(
  'There is no body with the key or alias {reference}{then}',
  'Det finns ingen nämnd och inget bolag med nyckeln eller aliaset {reference}{then}',
);
const severalBodies = say(
  'The alias {reference} stands for several bodies; name the key:',
  'Aliaset {reference} står för flera nämnder eller bolag; ange nyckeln:',
);
const noGroup = say('There is no group with the key {key}{then}', 'Det finns ingen grupp med nyckeln {key}{then}');
const noRound = say(
  'The plan {plan} has no round with the key {key}',
  'Planen {plan} har ingen uppföljning med nyckeln {key}',
);
const notFrozen = say('The round {round} is not frozen', 'Uppföljningen {round} är inte fryst');
const noIssue = say(
  'The round {round} has {count} issues, and no issue {issue}',
  'Uppföljningen {round} har {count} utgåvor, och ingen utgåva {issue}',
);
const noItem = say(
  'The plan {plan} has no item with the number {number}{then}',
  'Planen {plan} har inget uppdrag med numret {number}{then}',
);
const severalItems = say(
  'The number {number} stands for several items; name the kind:',
  'Numret {number} står för flera uppdrag; ange slaget:',
);
