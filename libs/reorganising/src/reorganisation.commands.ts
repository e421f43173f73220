import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { bodies, correctingBody, DissolveBodyCommand, needBody, organisations } from '#organisation';
import type { CloseReorganisation, DecideReorganisation, DissolveBody, RevokeReorganisation } from '#organisation';
import { ReorganisationRehearsal } from './reorganisation-rehearsal.js';
import { Revocation } from './revocation.js';

/** It moves items and plans, which controllers revise. */
const permitted: readonly Role[] = ['controller'];

export class DecideReorganisationCommand extends DecisionCommand<DecideReorganisation> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'DecideReorganisation';
}

export class RevokeReorganisationCommand extends DecisionCommand<RevokeReorganisation> {
  static readonly permitted = permitted;
  readonly type = 'RevokeReorganisation';
}

/** Comes from whoever carries a reorganisation out; no route takes it. */
export class CloseReorganisationCommand extends DecisionCommand<CloseReorganisation> {
  static readonly permitted: readonly Role[] = ['administrator'];
  readonly type = 'CloseReorganisation';
}

export const reorganisationCommandHandlers = [
  decidesOn(DecideReorganisationCommand, organisations, {
    facts: ({ context, data }, { reader }) => reader(ReorganisationRehearsal).of(data, context, reader),
    effectiveOn: ({ day }) => day,
    doubts: ({ facts: { doubts } }) => doubts,
  }),
  decidesOn(RevokeReorganisationCommand, organisations, {
    facts: ({ context, data }, { reader }, organisation) =>
      reader(Revocation).of(data, { context, organisation, readers: reader }),
    effectiveOn: ({ day }) => day,
    corrects: ({ decidedBy }) => decidedBy,
  }),
  decidesOn(CloseReorganisationCommand, organisations),
  decidesOn(DissolveBodyCommand, bodies, {
    ...correctingBody<DissolveBody>(),
    facts: async ({ context, data, id }, lookup) => {
      for (const successor of data.successors ?? []) await needBody(successor, lookup);
      // A reorganisation has handed over what is to be, and a correction ends nothing anew.
      if (context.reserved || context.corrects !== undefined) return { held: [] };
      return { held: await lookup.reader(ReorganisationRehearsal).heldBy(id, context) };
    },
  }),
];
