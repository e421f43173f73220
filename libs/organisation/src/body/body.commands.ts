import { decidesOn, DecisionCommand, Resting } from '#deciding';
import type { DecisionSupport, StateLookup } from '#deciding';
import { NotFound } from '#kernel';
import type { DomainCommand, Role } from '#kernel';
import { aboutEvent, aboutItsBeginning } from '../correcting.js';
import { registrationOf } from './body.js';
import type { Alias, Body, BodyRecord } from './body.js';
import { amendedAlias, bodies, dayOfChange } from './body.decider.js';
import type {
  AddBodyAlias,
  AliasFacts,
  AmendBodyAlias,
  CancelBody,
  CancelBodyChange,
  CorrectBody,
  DissolveBody,
  RegisterBody,
  RenameBody,
} from './body.decider.js';
import { BodyDirectoryReader } from './read-models/body-directory/body-directory.reader.js';

const permitted: readonly Role[] = ['controller', 'administrator'];

export class RegisterBodyCommand extends DecisionCommand<RegisterBody> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'RegisterBody';
}

export class CorrectBodyCommand extends DecisionCommand<CorrectBody> {
  static readonly permitted = permitted;
  readonly type = 'CorrectBody';
}

export class RenameBodyCommand extends DecisionCommand<RenameBody> {
  static readonly permitted = permitted;
  readonly type = 'RenameBody';
}

export class AddBodyAliasCommand extends DecisionCommand<AddBodyAlias> {
  static readonly permitted = permitted;
  readonly type = 'AddBodyAlias';
}

export class AmendBodyAliasCommand extends DecisionCommand<AmendBodyAlias> {
  static readonly permitted = permitted;
  readonly type = 'AmendBodyAlias';
}

/** What a body has is known above: `libs/reorganising` has it decided. */
export class DissolveBodyCommand extends DecisionCommand<DissolveBody> {
  static readonly permitted = permitted;
  readonly type = 'DissolveBody';
}

export class CancelBodyChangeCommand extends DecisionCommand<CancelBodyChange> {
  static readonly permitted = permitted;
  readonly type = 'CancelBodyChange';
}

export class CancelBodyCommand extends DecisionCommand<CancelBody> {
  static readonly permitted = permitted;
  readonly type = 'CancelBody';
}

/** A command that may name what it corrects: it then speaks of the day of that. */
export const correctingBody = <Domain extends DomainCommand>(): DecisionSupport<Domain, Body, string | undefined> => ({
  about: (_data, _lookup, corrects) => Promise.resolve(corrects),
  effectiveOn: (_facts, body, _data, corrects) => dayOfChange(body, corrects),
  corrects: (_facts, corrects) => corrects,
});

export const bodyCommandHandlers = [
  decidesOn(RegisterBodyCommand, bodies),
  decidesOn(CorrectBodyCommand, bodies, {
    ...aboutItsBeginning,
    facts: (_asked, _lookup, body) => Promise.resolve({ begun: registrationOf(body) }),
  }),
  decidesOn(RenameBodyCommand, bodies, correctingBody<RenameBody>()),
  decidesOn(AddBodyAliasCommand, bodies, {
    facts: ({ context, data, id }, lookup) => aliasFacts(context.tenant, id, data, lookup),
  }),
  decidesOn(AmendBodyAliasCommand, bodies, {
    ...aboutEvent<AmendBodyAlias['data']>(({ aliasId }) => aliasId),
    facts: async ({ context, data, id }, lookup, body) =>
      body.status === 'registered' ? aliasFacts(context.tenant, id, amendedAlias(data, body), lookup) : untaken,
  }),
  decidesOn(CancelBodyChangeCommand, bodies, {
    ...aboutEvent<CancelBodyChange['data']>(({ eventId }) => eventId),
    effectiveOn: (_facts, body, { eventId }) => dayOfChange(body, eventId),
  }),
  decidesOn(CancelBodyCommand, bodies, {
    ...aboutItsBeginning,
    facts: async ({ context: { examined, tenant }, id }, lookup, body) => ({
      begun: registrationOf(body),
      resting: await lookup.reader(Resting).on({ tenant, category: bodies.category, id }, examined),
    }),
  }),
];

const untaken: AliasFacts = { takenBy: undefined };

async function aliasFacts(tenant: string, id: string, alias: Alias, { reader }: StateLookup): Promise<AliasFacts> {
  const called = await reader(BodyDirectoryReader).called(tenant, alias.alias, alias);
  return { takenBy: called.find(({ bodyId }) => bodyId !== id)?.name };
}

/** @throws NotFound where there is no such body, or its registration was cancelled */
export async function needBody(id: string, lookup: StateLookup): Promise<BodyRecord> {
  const body = await lookup.need(bodies, id);
  if (body.status !== 'registered') throw new NotFound(bodies.category, id);
  return body;
}
