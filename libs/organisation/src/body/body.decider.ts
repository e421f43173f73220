import { overlaps, rule, stepOn } from '#kernel';
import type { Decider, DomainCommand } from '#kernel';
import type { Aggregate } from '#deciding';
import { evolve, folding, unregistered } from './body.js';
import type { Alias, Body } from './body.js';
import type { BodyEvent, BodyKind } from './body.events.js';

export type RegisterBody = DomainCommand<'RegisterBody', { key?: string; name: string; kind: BodyKind }, void>;
export type RenameBody = DomainCommand<'RenameBody', { name: string }, void>;
export type AddBodyAlias = DomainCommand<'AddBodyAlias', Alias, AliasFacts>;
export type DissolveBody = DomainCommand<'DissolveBody', { successors?: readonly string[]; comment?: string }, void>;
export type BodyCommand = RegisterBody | RenameBody | AddBodyAlias | DissolveBody;

export interface AliasFacts {
  /** The name of another body that the alias means at some time in the wanted period. */
  readonly takenBy: string | undefined;
}

export const bodies: Aggregate<BodyCommand, Body, BodyEvent> = {
  category: 'body',
  decider: { initialState: unregistered, decide, evolve, folding } satisfies Decider<BodyCommand, Body, BodyEvent>,
};

function decide(command: BodyCommand, body: Body): BodyEvent[] {
  if (command.type === 'RegisterBody') return register(command, body);
  if (body.status === 'unregistered') throw notRegistered();
  switch (command.type) {
    case 'RenameBody':
      return rename(command, body);
    case 'AddBodyAlias':
      return addAlias(command, body);
    case 'DissolveBody':
      return dissolve(command, body);
  }
}

type Registered = Extract<Body, { status: 'registered' }>;

function register({ data, id }: RegisterBody, body: Body): BodyEvent[] {
  if (body.status === 'registered') {
    throw registeredAlready({ body: body.name.value });
  }
  return [{ type: 'BodyRegistered', data: { bodyId: id, ...data } }];
}

function rename({ data, effectiveOn, id }: RenameBody, body: Registered): BodyEvent[] {
  refuseDissolved(body, effectiveOn);
  const { since, value: first } = body.names[0]!;
  if (effectiveOn < since) throw renamedTooEarly({ body: first, since });
  if (data.name === stepOn(body.names, effectiveOn)?.value) return [];
  return [{ type: 'BodyRenamed', data: { bodyId: id, name: data.name } }];
}

function addAlias({ data, facts, id }: AddBodyAlias, body: Registered): BodyEvent[] {
  if (data.from !== undefined && data.to !== undefined && data.to < data.from) {
    throw aliasEndsTooEarly({ to: data.to, from: data.from });
  }
  const own = body.aliases.filter(({ alias }) => alias === data.alias);
  if (own.some(({ from, to }) => from === data.from && to === data.to)) return [];
  if (own.some((alias) => overlaps(alias, data))) {
    throw aliasAlready({ alias: data.alias });
  }
  if (facts.takenBy !== undefined) {
    throw aliasTaken({ alias: data.alias, body: facts.takenBy });
  }
  return [{ type: 'BodyAliasAdded', data: { bodyId: id, ...data } }];
}

function dissolve({ data, effectiveOn, id }: DissolveBody, body: Registered): BodyEvent[] {
  const { comment, successors = [] } = data;
  if (body.dissolvedOn === effectiveOn) return [];
  refuseDissolved(body, effectiveOn);
  if (successors.includes(id)) throw succeedsItself();
  return [{ type: 'BodyDissolved', data: { bodyId: id, successors: [...successors], ...(comment && { comment }) } }];
}

function refuseDissolved({ dissolvedOn, name }: Registered, day: string): void {
  if (dissolvedOn === undefined || day < dissolvedOn) return;
  throw dissolved({ body: name.value, dissolvedOn });
}

const notRegistered = rule(
  'body-registered',
  'The body is not registered',
  'Nämnden eller bolaget är inte registrerat',
);
const registeredAlready = rule('body-registered-once', '{body} is registered already', '{body} är redan registrerad');
const renamedTooEarly = rule(
  'renamed-after-registration',
  '{body} is registered from {since}, and cannot have another name before that',
  '{body} är registrerad från {since} och kan inte byta namn dessförinnan',
);
const aliasEndsTooEarly = rule(
  'period-in-order',
  'The alias would end {to}, before it begins {from}',
  'Förkortningen skulle upphöra {to}, innan den börjar gälla {from}',
);
const aliasAlready = rule(
  'alias-once-a-time',
  '{alias} means this body already for a part of that time',
  '{alias} betecknar redan den här nämnden under en del av den tiden',
);
const aliasTaken = rule(
  'alias-means-one-body',
  '{alias} means {body} for a part of that time',
  '{alias} betecknar {body} under en del av den tiden',
);
const succeedsItself = rule(
  'successor-is-another',
  'A body cannot succeed itself',
  'En nämnd kan inte efterträda sig själv',
);
const dissolved = rule('body-not-dissolved', '{body} was dissolved on {dissolvedOn}', '{body} upphörde {dissolvedOn}');
