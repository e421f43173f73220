import { decidesOn, DecisionCommand, Resting } from '#deciding';
import type { Doubted, StateLookup } from '#deciding';
import type { Doubt, Role } from '#kernel';
import { needBody } from '#organisation';
import type { Definition } from './definitions.js';
import { sourcesKnown } from './derivation.js';
import { indicators, versionMeant } from './indicator.decider.js';
import type {
  CancelIndicator,
  CancelRetirement,
  CorrectValue,
  DefineIndicator,
  Indicator,
  RecordValue,
  RedefineIndicator,
  RetireIndicator,
  SetTarget,
} from './indicator.decider.js';
import { doubtsOfTarget } from './plausible/doubts-of-target.js';
import { doubtsOfValues } from './plausible/doubts-of-values.js';

const permitted: readonly Role[] = ['controller'];
const recording: readonly Role[] = ['reporter', 'controller'];

export class DefineIndicatorCommand extends DecisionCommand<DefineIndicator> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'DefineIndicator';
}
export class RedefineIndicatorCommand extends DecisionCommand<RedefineIndicator> {
  static readonly permitted = permitted;
  readonly type = 'RedefineIndicator';
}
export class RecordValueCommand extends DecisionCommand<RecordValue> {
  static readonly permitted = recording;
  readonly type = 'RecordValue';
}
export class CorrectValueCommand extends DecisionCommand<CorrectValue> {
  static readonly permitted = recording;
  readonly type = 'CorrectValue';
}
export class SetTargetCommand extends DecisionCommand<SetTarget> {
  static readonly permitted = permitted;
  readonly type = 'SetTarget';
}
export class RetireIndicatorCommand extends DecisionCommand<RetireIndicator> {
  static readonly permitted = permitted;
  readonly type = 'RetireIndicator';
}

export class CancelRetirementCommand extends DecisionCommand<CancelRetirement> {
  static readonly permitted = permitted;
  readonly type = 'CancelRetirement';
}
export class CancelIndicatorCommand extends DecisionCommand<CancelIndicator> {
  static readonly permitted = permitted;
  readonly type = 'CancelIndicator';
}

const ownerOf = (_: unknown, indicator: Indicator): string | undefined =>
  indicator.status === 'defined' ? indicator.definition.ownerId : undefined;

function ofValues({
  command: { data, type },
  effectiveOn,
  state,
  today,
}: Doubted<RecordValue | CorrectValue, Indicator>): readonly Doubt[] {
  if (state.status !== 'defined') return [];
  return doubtsOfValues(data, state, { today, version: versionMeant({ data, effectiveOn, type }, state) });
}

export const indicatorCommandHandlers = [
  decidesOn(DefineIndicatorCommand, indicators, {
    facts: async ({ data }, lookup) => {
      await lookup.needExisting('plan', data.planId);
      await needLinked(data, lookup);
      return sourcesKnown(data.derived, (source) => lookup.need(indicators, source));
    },
  }),
  decidesOn(RedefineIndicatorCommand, indicators, {
    facts: async ({ data }, lookup) => {
      await needLinked(data, lookup);
      return sourcesKnown(data.derived, (source) => lookup.need(indicators, source));
    },
  }),
  decidesOn(RecordValueCommand, indicators, { actsFor: ownerOf, doubts: ofValues }),
  decidesOn(CorrectValueCommand, indicators, { actsFor: ownerOf, doubts: ofValues }),
  decidesOn(SetTargetCommand, indicators, {
    doubts: ({ command, effectiveOn, state }) => doubtsOfTarget(command.data.target, state, effectiveOn),
  }),
  decidesOn(RetireIndicatorCommand, indicators),
  decidesOn(CancelRetirementCommand, indicators, {
    facts: (_asked, _lookup, indicator) =>
      Promise.resolve({ retiredBy: indicator.status === 'defined' ? indicator.retiredBy : undefined }),
    corrects: ({ retiredBy }) => retiredBy,
    effectiveOn: (_facts, indicator) => (indicator.status === 'defined' ? indicator.retiredOn : undefined),
  }),
  decidesOn(CancelIndicatorCommand, indicators, {
    facts: async ({ context: { examined, tenant }, id }, lookup) => ({
      resting: await lookup.reader(Resting).on({ tenant, category: indicators.category, id }, examined),
    }),
    effectiveOn: (_facts, indicator) => (indicator.status === 'defined' ? indicator.begun.since : undefined),
  }),
];

/** @throws NotFound where the owner or an item does not exist */
async function needLinked(
  { itemIds, ownerId }: Pick<Definition, 'itemIds' | 'ownerId'>,
  lookup: StateLookup,
): Promise<void> {
  await needBody(ownerId, lookup);
  for (const itemId of itemIds) await lookup.needExisting('item', itemId);
}
