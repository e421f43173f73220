import { overlaps, rule, whileThereIsRoom } from '#kernel';
import type { Decider, DomainCommand, Said } from '#kernel';
import type { Aggregate } from '#deciding';
import { checkCorrects, nothingStands, stands, standing } from '../told.js';
import type { BegunFacts } from '../cancelled.js';
import { dissolutionOf, evolve, firstName, folding, kindOf, nameOn, nameStepOn, unregistered } from './body.js';
import type { Alias, Body, BodyRecord, ToldAlias } from './body.js';
import type { BodyEvent, BodyKind } from './body.events.js';

export type RegisterBody = DomainCommand<'RegisterBody', { key?: string; name: string; kind: BodyKind }, void>;
/** It was registered wrongly. What is left out stays. */
export type CorrectBody = DomainCommand<'CorrectBody', { name?: string; kind?: BodyKind; reason: string }, BegunFacts>;
export type RenameBody = DomainCommand<'RenameBody', { name: string; reason?: string }, void>;
export type AddBodyAlias = DomainCommand<'AddBodyAlias', Alias, AliasFacts>;
/** What is left out stays; null: without that end. */
export type AmendBodyAlias = DomainCommand<
  'AmendBodyAlias',
  { aliasId: string; alias?: string; from?: string | null; to?: string | null; reason: string },
  AliasFacts
>;
export type DissolveBody = DomainCommand<
  'DissolveBody',
  { successors?: readonly string[]; comment?: string },
  DissolvingFacts
>;
/** Takes back a name, an alias or a dissolution that should never have been recorded. */
export type CancelBodyChange = DomainCommand<'CancelBodyChange', { eventId: string; reason: string }, void>;
/** It should not have been registered. */
export type CancelBody = DomainCommand<'CancelBody', { reason: string }, RestingFacts>;
export type BodyCommand =
  | RegisterBody
  | CorrectBody
  | RenameBody
  | AddBodyAlias
  | AmendBodyAlias
  | DissolveBody
  | CancelBodyChange
  | CancelBody;

export interface AliasFacts {
  /** The name of another body that the alias means at some time in the wanted period. */
  readonly takenBy: string | undefined;
}

export interface DissolvingFacts {
  /** What it has from the day on and nobody takes over, in words: the first few. A dissolution hands nothing over. */
  readonly held: readonly Said[];
}

export interface RestingFacts extends BegunFacts {
  /** What rests on it, as it is called in words: the first few. */
  readonly resting: readonly Said[];
}

export const bodies: Aggregate<BodyCommand, Body, BodyEvent> = {
  category: 'body',
  decider: { initialState: unregistered, decide, evolve, folding } satisfies Decider<BodyCommand, Body, BodyEvent>,
};

/** So many names, aliases, kinds and dissolutions with their successors are kept, what was corrected counted in. */
const mostSaid = 500;

/** What was recorded by mistake is taken back also where nothing is added. */
function decide(command: BodyCommand, body: Body): BodyEvent[] {
  const events = decided(command, body);
  const takesBack = command.type === 'CancelBody' || command.type === 'CancelBodyChange';
  return takesBack ? events : whileThereIsRoom(events, saidOf(body), mostSaid);
}

function saidOf(body: Body): number {
  if (body.status === 'unregistered') return 0;
  const { aliases, dissolutions, kinds, names } = body;
  const successors = dissolutions.reduce((sum, one) => sum + one.successors.length, 0);
  return names.length + aliases.length + kinds.length + dissolutions.length + successors;
}

function decided(command: BodyCommand, body: Body): BodyEvent[] {
  if (command.type === 'RegisterBody') return register(command, body);
  if (body.status === 'unregistered') throw notRegistered();
  if (body.status === 'cancelled') {
    if (command.type === 'CancelBody') return [];
    throw cancelledAlready({ body: nameOn(body, {}) });
  }
  switch (command.type) {
    case 'CorrectBody':
      return correct(command, body);
    case 'RenameBody':
      return rename(command, body);
    case 'AddBodyAlias':
      return addAlias(command, body);
    case 'AmendBodyAlias':
      return amendAlias(command, body);
    case 'DissolveBody':
      return dissolve(command, body);
    case 'CancelBodyChange':
      return cancelChange(command, body);
    case 'CancelBody':
      return cancel(command, body);
  }
}

function register({ data, id }: RegisterBody, body: Body): BodyEvent[] {
  if (body.status === 'registered') throw registeredAlready({ body: nameOn(body, {}) });
  return [{ type: 'BodyRegistered', data: { bodyId: id, ...data } }];
}

function correct({ data: { reason, ...asked }, id }: CorrectBody, body: BodyRecord): BodyEvent[] {
  const known = { name: firstName(body)!.value, kind: kindOf(body) };
  const { kind, name } = { ...known, ...asked };
  if (name === known.name && kind === known.kind) return [];
  return [{ type: 'BodyRegistrationCorrected', data: { bodyId: id, name, kind, reason } }];
}

function rename({ corrects, data, effectiveOn, id }: RenameBody, body: BodyRecord): BodyEvent[] {
  const corrected = standing(body.names, corrects);
  checkCorrects(corrected, corrects, effectiveOn);
  if (!corrected) refuseDissolved(body, effectiveOn);
  const { since, value: first } = firstName(body)!;
  if (effectiveOn < since) throw renamedTooEarly({ body: first, since });
  if (data.name === (corrected ?? nameStepOn(body, effectiveOn))?.value) return [];
  return [{ type: 'BodyRenamed', data: { bodyId: id, ...data } }];
}

function addAlias({ data, facts, id }: AddBodyAlias, body: BodyRecord): BodyEvent[] {
  const own = aliasesOf(body).filter(({ alias }) => alias === data.alias);
  if (own.some(({ from, to }) => from === data.from && to === data.to)) return [];
  checkAlias(data, own, facts);
  return [{ type: 'BodyAliasAdded', data: { bodyId: id, ...data } }];
}

/** The alias as it would be after it was amended. @throws RuleViolation where the body has none that the event added */
export function amendedAlias({ aliasId, ...asked }: AmendBodyAlias['data'], body: BodyRecord): Alias {
  const known = standing(body.aliases, aliasId);
  if (!known) throw nothingStands({ event: aliasId });
  const { from = known.from, to = known.to } = asked;
  return { alias: asked.alias ?? known.alias, ...(from && { from }), ...(to && { to }) };
}

function amendAlias({ data, facts, id }: AmendBodyAlias, body: BodyRecord): BodyEvent[] {
  const { aliasId, reason } = data;
  const known = standing(body.aliases, aliasId)!;
  const amended = amendedAlias(data, body);
  if (known.alias === amended.alias && known.from === amended.from && known.to === amended.to) return [];
  const others = aliasesOf(body).filter(({ alias, id }) => id !== aliasId && alias === amended.alias);
  checkAlias(amended, others, facts);
  return [{ type: 'BodyAliasAmended', data: { bodyId: id, aliasId, ...amended, reason } }];
}

function checkAlias(alias: Alias, others: readonly Alias[], { takenBy }: AliasFacts): void {
  if (alias.from !== undefined && alias.to !== undefined && alias.to < alias.from) {
    throw aliasEndsTooEarly({ to: alias.to, from: alias.from });
  }
  if (others.some((other) => overlaps(other, alias))) throw aliasAlready({ alias: alias.alias });
  if (takenBy !== undefined) throw aliasTaken({ alias: alias.alias, body: takenBy });
}

const aliasesOf = ({ aliases }: BodyRecord): ToldAlias[] => aliases.filter((alias) => stands(alias));

function dissolve({ corrects, data, effectiveOn, facts, id }: DissolveBody, body: BodyRecord): BodyEvent[] {
  const { comment, successors = [] } = data;
  const known = dissolutionOf(body);
  const corrected = standing(body.dissolutions, corrects);
  checkCorrects(corrected, corrects, effectiveOn);
  if (known?.since === effectiveOn && sameBodies(known.successors, successors)) return [];
  if (!corrected && known && known.since <= effectiveOn) {
    throw dissolved({ body: nameOn(body, {}), dissolvedOn: known.since });
  }
  if (successors.includes(id)) throw succeedsItself();
  if (facts.held.length > 0) throw hasSomething({ body: nameOn(body, {}), held: facts.held });
  return [{ type: 'BodyDissolved', data: { bodyId: id, successors: [...successors], ...(comment && { comment }) } }];
}

const sameBodies = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

function cancelChange({ data, id }: CancelBodyChange, body: BodyRecord): BodyEvent[] {
  const change = changeOf(body, data.eventId);
  if (!change) throw nothingStands({ event: data.eventId });
  return [{ type: 'BodyChangeCancelled', data: { bodyId: id, ...data, change } }];
}

/** What an event said that can be taken back. The name under which a body is registered is corrected, or the whole cancelled. */
function changeOf(body: BodyRecord, eventId: string): 'BodyRenamed' | 'BodyAliasAdded' | 'BodyDissolved' | undefined {
  if (standing(body.aliases, eventId)) return 'BodyAliasAdded';
  if (standing(body.dissolutions, eventId)) return 'BodyDissolved';
  const name = standing(body.names, eventId);
  return name && name !== firstName(body) ? 'BodyRenamed' : undefined;
}

/** The day that what is to be corrected or taken back speaks of; undefined where nothing stands that the event said. */
export const dayOfChange = (body: Body, eventId: string | undefined): string | undefined =>
  body.status === 'unregistered'
    ? undefined
    : (standing(body.names, eventId)?.since ?? standing(body.dissolutions, eventId)?.since);

function cancel({ data, facts, id }: CancelBody, body: BodyRecord): BodyEvent[] {
  const { resting } = facts;
  if (resting.length > 0) throw restsOn({ body: nameOn(body, {}), resting });
  return [{ type: 'BodyCancelled', data: { bodyId: id, ...data } }];
}

function refuseDissolved(body: BodyRecord, day: string): void {
  const since = dissolutionOf(body)?.since;
  if (since === undefined || day < since) return;
  throw dissolved({ body: nameOn(body, {}), dissolvedOn: since });
}

const notRegistered = rule(
  'body-registered',
  'The body is not registered',
  'Nämnden eller bolaget är inte registrerat',
);
const registeredAlready = rule('body-registered-once', '{body} is registered already', '{body} är redan registrerad');
const cancelledAlready = rule(
  'body-not-cancelled',
  'The registration of {body} was cancelled',
  'Registreringen av {body} har tagits tillbaka',
);
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
const hasSomething = rule(
  'body-has-nothing',
  '{body} cannot be dissolved alone, because of what it has from that day on: {held}. Decide on a reorganisation, which names who takes that over',
  '{body} kan inte upphöra för sig, på grund av det som nämnden har från den dagen: {held}. Besluta om en omorganisation, som anger vem som tar över det',
);
const restsOn = rule(
  'nothing-rests-on-body',
  '{body} cannot be cancelled, because of what rests on it: {resting}',
  '{body} kan inte tas tillbaka på grund av det som vilar på den: {resting}',
);
