import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { scales } from './scale.decider.js';
import type { DefineScale, ReviseScale } from './scale.decider.js';

const permitted: readonly Role[] = ['controller', 'administrator'];

export class DefineScaleCommand extends DecisionCommand<DefineScale> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'DefineScale';
}

export class ReviseScaleCommand extends DecisionCommand<ReviseScale> {
  static readonly permitted = permitted;
  readonly type = 'ReviseScale';
}

export const scaleCommandHandlers = [decidesOn(DefineScaleCommand, scales), decidesOn(ReviseScaleCommand, scales)];
