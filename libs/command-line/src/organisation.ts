import { Option } from 'commander';
import type { Command } from 'commander';
import { includesDay, kind } from '#kernel';
import type { Period } from '#kernel';
import type { BodyRecord } from '#organisation';
import type { ApiClient } from './api-client.js';
import { short, table } from './print.js';
import { bodyId, groupId, momentQuery } from './references.js';
import type { AskedMoment } from './references.js';
import { reorganisationCommands } from './reorganising.js';
import { searching, textQuery, toldForgiving } from './searching.js';
import type { Sought } from './searching.js';
import { valueOf } from './value-of.js';

interface Outcome {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode?: number;
}
type Act = (work: (client: ApiClient) => Promise<Outcome>, use?: { readonly records?: boolean }) => Promise<void>;

type BodyKind = BodyRecord['kinds'][number]['value'];

const kinds: Readonly<Record<BodyKind, string>> = {
  council: 'fullmäktige',
  board: 'nämnd',
  company: 'bolag',
  other: 'annat organ',
};

interface Registered {
  readonly id: string;
  readonly key?: string;
  readonly name: string;
  /** The day that it is told of: ISO day. */
  readonly asOf: string;
  readonly cancelled?: { readonly reason: string };
}

interface BodyAnswer extends Registered {
  readonly kind: BodyKind;
  readonly aliases: readonly (Period & { readonly alias: string })[];
  readonly names: readonly Named[];
  readonly dissolvedOn?: string;
  readonly dissolvedFrom?: string;
}

interface Named {
  readonly name: string;
  readonly since: string;
}

interface GroupAnswer extends Registered {
  readonly members: readonly { readonly name: string }[];
  readonly memberships: readonly { readonly since: string }[];
}

interface Entry {
  readonly recordedAt: string;
  readonly effectiveOn: string;
  readonly actor: { readonly role: string };
  readonly summary: string;
}

interface BodyFilter extends AskedMoment, Sought {
  readonly kind?: BodyKind;
  readonly alias?: string;
}

/** The commands that show the register of bodies and groups. */
export function organisationCommands(program: Command, act: Act): void {
  const bodies = program
    .command('bodies')
    .description('list the bodies in the register, each with its other names')
    .addOption(new Option('--kind <kind>', 'only those of this kind').choices(Object.keys(kinds)))
    .option('--alias <alias>', 'only the one that this name means on the day', valueOf(kind.label));
  ofMoment(searching(bodies, 'name or other name, former ones too,'), 'they were').action((filter: BodyFilter) =>
    act((client) => bodiesOf(client, filter)),
  );
  const body = program.command('body <body>').description('show a body, and tell everything that was recorded of it');
  ofMoment(body, 'it was').action((reference: string, moment: AskedMoment) =>
    act((client) => bodyOf(client, reference, moment)),
  );
  reorganisationCommands(program, body, act);
  const groups = program.command('groups').description('list the groups of bodies, each with its members');
  ofMoment(searching(groups, 'name'), 'they were').action((filter: AskedMoment & Sought) =>
    act((client) => groupsOf(client, filter)),
  );
  const group = program
    .command('group <group>')
    .description('show a group, and tell everything that was recorded of it');
  ofMoment(group, 'it was').action((reference: string, moment: AskedMoment) =>
    act((client) => groupOf(client, reference, moment)),
  );
}

const ofMoment = (command: Command, were: string): Command =>
  command
    .option('--as-of <moment>', `as ${were} on that day`, valueOf(kind.moment))
    .option('--known-at <moment>', `as ${were} known then`, valueOf(kind.moment))
    .option('--said-by <day>', 'as had been said in the world by that day', valueOf(kind.day));

/** The bodies in the register at a moment, under the names of the day. */
export async function bodiesOf(client: ApiClient, { alias, kind, ...moment }: BodyFilter): Promise<Outcome> {
  const filter = { ...(kind && { kind }), ...(alias && { alias }), ...textQuery(moment) };
  const result = await client.list<BodyAnswer>(`/v1/bodies${momentQuery(moment, filter)}`);
  const rows = result.map((body) => [
    body.key ?? body.id,
    body.name,
    body.aliases.flatMap(({ alias, ...period }) => (includesDay(period, body.asOf) ? [alias] : [])).join(', '),
    body.names[0]?.since ?? '',
    body.dissolvedOn ?? body.dissolvedFrom ?? '',
  ]);
  const head = ['', 'Namn', 'Kallas även', 'Sedan', 'Upphör'];
  const text = result.length === 0 ? 'Inga nämnder eller bolag' : table([head, ...rows]);
  return { result, text: toldForgiving(text, moment) };
}

/** The groups at a moment, with who belonged to them on the day. */
export async function groupsOf(client: ApiClient, asked: AskedMoment & Sought): Promise<Outcome> {
  const result = await client.list<GroupAnswer>(`/v1/groups${momentQuery(asked, textQuery(asked))}`);
  const rows = result.map(({ id, key = id, members, memberships, name }) => [
    key,
    name,
    memberships[0]?.since ?? '',
    namesOf(members),
  ]);
  const head = ['', 'Namn', 'Sedan', 'Medlemmar'];
  const text = result.length === 0 ? 'Inga grupper' : table([head, ...rows]);
  return { result, text: toldForgiving(text, asked) };
}

/** A body at a moment, with its history. */
export const bodyOf = async (client: ApiClient, reference: string, moment: AskedMoment): Promise<Outcome> =>
  withHistory(client, `/v1/bodies/${await bodyId(client, reference, moment)}`, moment, bodyText);

/** A group at a moment, with its history. */
export const groupOf = async (client: ApiClient, reference: string, moment: AskedMoment): Promise<Outcome> =>
  withHistory(client, `/v1/groups/${await groupId(client, reference, moment)}`, moment, groupText);

/** One thing of the register with its history: what was recorded of it, corrected and taken back, oldest first. */
async function withHistory<Answer extends Registered>(
  client: ApiClient,
  path: string,
  moment: AskedMoment,
  textOf: (answer: Answer) => string[],
): Promise<Outcome> {
  const answer = await client.get<Answer>(`${path}${momentQuery(moment)}`);
  const history = await client.list<Entry>(`${path}/history${momentQuery(moment)}`);
  const rows = history.map(({ actor, effectiveOn, recordedAt, summary }) => [
    short(recordedAt),
    effectiveOn,
    actor.role,
    summary,
  ]);
  const { cancelled } = answer;
  const head = [...textOf(answer), ...(cancelled ? [`Registreringen är återtagen: ${cancelled.reason}`] : [])];
  const text = [head.join('\n'), table([['Registrerat', 'Avser', 'Av', ''], ...rows])].join('\n\n');
  return { result: { ...answer, history }, text };
}

function bodyText(body: BodyAnswer): string[] {
  const { aliases, dissolvedFrom, dissolvedOn, names } = body;
  return [
    `${calledOf(body)}, ${kinds[body.kind]}`,
    ...names.map(({ name, since }) => `Namn från ${since}: ${name}`),
    ...aliases.map(
      ({ alias, from, to }) => `Kallas även ${alias}${from ? ` från ${from}` : ''}${to ? ` till ${to}` : ''}`,
    ),
    ...(dissolvedOn ? [`Upphörde ${dissolvedOn}`] : []),
    ...(dissolvedFrom ? [`Upphör ${dissolvedFrom}`] : []),
  ];
}

const groupText = (group: GroupAnswer): string[] => [calledOf(group), `Medlemmar: ${namesOf(group.members) || 'inga'}`];

const calledOf = ({ key, name }: Registered): string => (key === undefined ? name : `${name} (${key})`);

const namesOf = (bodies: readonly { readonly name: string }[]): string => bodies.map(({ name }) => name).join(', ');
