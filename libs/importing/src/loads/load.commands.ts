import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { loads } from './load.decider.js';
import type { BeginLoad, CloseTakeBack, FinishLoad, ListLoad, TakeBackLoad } from './load.decider.js';
import { LoadExamination } from './load-examination.js';

const permitted: readonly Role[] = ['controller'];

export class BeginLoadCommand extends DecisionCommand<BeginLoad> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'BeginLoad';
}
export class ListLoadCommand extends DecisionCommand<ListLoad> {
  static readonly permitted = permitted;
  readonly type = 'ListLoad';
}
export class FinishLoadCommand extends DecisionCommand<FinishLoad> {
  static readonly permitted = permitted;
  readonly type = 'FinishLoad';
}
export class TakeBackLoadCommand extends DecisionCommand<TakeBackLoad> {
  static readonly permitted = permitted;
  readonly type = 'TakeBackLoad';
}
/** Comes from whoever carries it out; no route takes it. */
export class CloseTakeBackCommand extends DecisionCommand<CloseTakeBack> {
  static readonly permitted: readonly Role[] = ['administrator'];
  readonly type = 'CloseTakeBack';
}

export const loadCommandHandlers = [
  decidesOn(BeginLoadCommand, loads),
  decidesOn(ListLoadCommand, loads),
  decidesOn(FinishLoadCommand, loads),
  decidesOn(TakeBackLoadCommand, loads, {
    facts: async ({ context, data, id }, { reader }) => {
      const { examined, kept, steps } = await reader(LoadExamination).of(
        id,
        { ...context, reason: data.reason },
        reader,
      );
      return { examined, kept: kept.length, steps };
    },
  }),
  decidesOn(CloseTakeBackCommand, loads),
];
