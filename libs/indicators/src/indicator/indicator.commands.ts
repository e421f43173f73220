import { decidesOn, DecisionCommand, Resting } from '#deciding';
import type { Acting, DecisionSupport, Doubted, StateLookup } from '#deciding';
import { spanOfPeriod } from '#kernel';
import type { DomainCommand, Doubt, Role } from '#kernel';
import { bodies, dissolutionOf, needBody, speakersFor } from '#organisation';
import type { Definition } from './definitions.js';
import { sourcesKnown } from './derivation.js';
import { dayOfChange, definitionOn, indicators, versionMeant } from './indicator.decider.js';
import type {
  CancelIndicator,
  CancelIndicatorChange,
  CancelRetirement,
  CorrectValue,
  DefineIndicator,
  HandOverIndicator,
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
/** A part of a reorganisation; no route takes it. */
export class HandOverIndicatorCommand extends DecisionCommand<HandOverIndicator> {
  static readonly permitted = permitted;
  readonly type = 'HandOverIndicator';
}
export class CancelIndicatorChangeCommand extends DecisionCommand<CancelIndicatorChange> {
  static readonly permitted = permitted;
  readonly type = 'CancelIndicatorChange';
}
export class CancelIndicatorCommand extends DecisionCommand<CancelIndicator> {
  static readonly permitted = permitted;
  readonly type = 'CancelIndicator';
}

/**
 * Who may say what an indicator came to in a period: the body that follows it today, and one that it took over from, of periods
 * that began before that one ended.
 */
async function followersOf(
  { period }: { readonly period: string },
  indicator: Indicator,
  _: unknown,
  { id, lookup, today }: Acting,
): Promise<readonly string[]> {
  if (indicator.status !== 'defined') return [];
  const { from, to } = spanOfPeriod(period);
  const [now, then] = [today, to].map((day) => definitionOn(indicator, day).ownerId) as [string, string];
  const [speakers, before] = [
    await speakersFor(now, { lookup, today }, id),
    await speakersFor(then, { lookup, today }, id),
  ];
  const allowed = before.includes(now) ? [...speakers, ...before] : speakers;
  const ended = await Promise.all(allowed.map((one) => endOf(one, lookup)));
  return allowed.filter((_one, index) => !(ended[index]! <= from));
}

/** The day on which a body ends; a text after every day where it does not. */
async function endOf(bodyId: string, lookup: StateLookup): Promise<string> {
  const body = await lookup.find(bodies, bodyId);
  return (body?.status === 'registered' ? dissolutionOf(body)?.since : undefined) ?? '9999-12-31';
}

function ofValues({
  command: { data, type },
  effectiveOn,
  state,
  today,
}: Doubted<RecordValue | CorrectValue, Indicator>): readonly Doubt[] {
  if (state.status !== 'defined') return [];
  return doubtsOfValues(data, state, { today, version: versionMeant({ data, effectiveOn, type }, state) });
}

/** A command that may name what it corrects: it then speaks of the day of that. */
const correcting = <Domain extends DomainCommand>(): DecisionSupport<Domain, Indicator, string | undefined> => ({
  about: (_data, _lookup, corrects) => Promise.resolve(corrects),
  effectiveOn: (_facts, indicator, _data, corrects) => dayOfChange(indicator, corrects),
  corrects: (_facts, corrects) => corrects,
});

/** The event that recorded a period, which a correction corrects. */
const recordingOf = (indicator: Indicator, period: string) =>
  indicator.status === 'defined' ? indicator.recordedBy[period] : undefined;

export const indicatorCommandHandlers = [
  decidesOn(DefineIndicatorCommand, indicators, {
    facts: async ({ data }, lookup) => {
      await lookup.needExisting('plan', data.planId);
      await needLinked(data, lookup);
      return sourcesKnown(data.derived, (source) => lookup.need(indicators, source));
    },
  }),
  decidesOn(RedefineIndicatorCommand, indicators, {
    ...correcting<RedefineIndicator>(),
    facts: async ({ data }, lookup) => {
      await needLinked(data, lookup);
      return sourcesKnown(data.derived, (source) => lookup.need(indicators, source));
    },
  }),
  decidesOn(RecordValueCommand, indicators, { actsFor: followersOf, doubts: ofValues }),
  decidesOn(CorrectValueCommand, indicators, {
    actsFor: followersOf,
    doubts: ofValues,
    effectiveOn: (_facts, indicator, { period }) => recordingOf(indicator, period)?.since,
  }),
  decidesOn(SetTargetCommand, indicators, {
    ...correcting<SetTarget>(),
    doubts: ({ command, effectiveOn, state }) => doubtsOfTarget(command.data.target, state, effectiveOn),
  }),
  decidesOn(RetireIndicatorCommand, indicators),
  decidesOn(HandOverIndicatorCommand, indicators, {
    facts: async ({ data }, lookup) => {
      for (const successor of data.successors) await needBody(successor, lookup);
    },
  }),
  decidesOn(CancelRetirementCommand, indicators, {
    facts: (_asked, _lookup, indicator) =>
      Promise.resolve({ retiredBy: indicator.status === 'defined' ? indicator.retiredBy : undefined }),
    corrects: ({ retiredBy }) => retiredBy,
    effectiveOn: (_facts, indicator) => (indicator.status === 'defined' ? indicator.retiredOn : undefined),
  }),
  decidesOn(CancelIndicatorChangeCommand, indicators, {
    about: ({ eventId }) => Promise.resolve(eventId),
    effectiveOn: (_facts, indicator, { eventId }) => dayOfChange(indicator, eventId),
    corrects: (_facts, eventId) => eventId,
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
