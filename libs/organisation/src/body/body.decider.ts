import { overlaps, RuleViolation } from '#kernel';
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
  if (body.status === 'unregistered') throw new RuleViolation('body-registered', 'The body is not registered');
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
    throw new RuleViolation('body-registered-once', `${body.name.value} is registered already`);
  }
  return [{ type: 'BodyRegistered', data: { bodyId: id, ...data } }];
}

function rename({ data, effectiveOn, id }: RenameBody, body: Registered): BodyEvent[] {
  refuseDissolved(body, effectiveOn);
  if (data.name === body.name.value) return [];
  return [{ type: 'BodyRenamed', data: { bodyId: id, name: data.name } }];
}

function addAlias({ data, facts, id }: AddBodyAlias, body: Registered): BodyEvent[] {
  if (data.from !== undefined && data.to !== undefined && data.to < data.from) {
    throw new RuleViolation('period-in-order', `The alias would end ${data.to}, before it begins ${data.from}`);
  }
  const own = body.aliases.filter(({ alias }) => alias === data.alias);
  if (own.some(({ from, to }) => from === data.from && to === data.to)) return [];
  if (own.some((alias) => overlaps(alias, data))) {
    throw new RuleViolation('alias-once-a-time', `${data.alias} means this body already for a part of that time`);
  }
  if (facts.takenBy !== undefined) {
    throw new RuleViolation('alias-means-one-body', `${data.alias} means ${facts.takenBy} for a part of that time`);
  }
  return [{ type: 'BodyAliasAdded', data: { bodyId: id, ...data } }];
}

function dissolve({ data, effectiveOn, id }: DissolveBody, body: Registered): BodyEvent[] {
  const { comment, successors = [] } = data;
  if (body.dissolvedOn === effectiveOn) return [];
  refuseDissolved(body, effectiveOn);
  if (successors.includes(id)) throw new RuleViolation('successor-is-another', 'A body cannot succeed itself');
  return [{ type: 'BodyDissolved', data: { bodyId: id, successors: [...successors], ...(comment && { comment }) } }];
}

function refuseDissolved({ dissolvedOn, name }: Registered, day: string): void {
  if (dissolvedOn === undefined || day < dissolvedOn) return;
  throw new RuleViolation('body-not-dissolved', `${name.value} was dissolved on ${dissolvedOn}`);
}
