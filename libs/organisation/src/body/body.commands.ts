import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { bodies } from './body.decider.js';
import type { AddBodyAlias, DissolveBody, RegisterBody, RenameBody } from './body.decider.js';
import { BodyDirectoryReader } from './read-models/body-directory/body-directory.reader.js';

const permitted: readonly Role[] = ['controller', 'administrator'];

export class RegisterBodyCommand extends DecisionCommand<RegisterBody> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'RegisterBody';
}

export class RenameBodyCommand extends DecisionCommand<RenameBody> {
  static readonly permitted = permitted;
  readonly type = 'RenameBody';
}

export class AddBodyAliasCommand extends DecisionCommand<AddBodyAlias> {
  static readonly permitted = permitted;
  readonly type = 'AddBodyAlias';
}

export class DissolveBodyCommand extends DecisionCommand<DissolveBody> {
  static readonly permitted = permitted;
  readonly type = 'DissolveBody';
}

export const bodyCommandHandlers = [
  decidesOn(RegisterBodyCommand, bodies),
  decidesOn(RenameBodyCommand, bodies),
  decidesOn(AddBodyAliasCommand, bodies, {
    facts: async ({ context, data, id }, { reader }) => {
      const called = await reader(BodyDirectoryReader).called(context.tenant, data.alias, data);
      return { takenBy: called.find((body) => body.bodyId !== id)?.name };
    },
  }),
  decidesOn(DissolveBodyCommand, bodies, {
    facts: async ({ data }, lookup) => {
      for (const successor of data.successors ?? []) await lookup.need(bodies, successor);
    },
  }),
];
