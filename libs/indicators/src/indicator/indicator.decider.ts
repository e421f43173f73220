import { foldOf, idOf, rule, sameWhenStored } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { Aggregate } from '#deciding';
import type { Cell, IndicatorDefined, IndicatorEvent, Target } from './indicator.events.js';

export type Definition = Omit<IndicatorDefined['data'], 'indicatorId' | 'planId' | 'key'>;

/** The columns of a period: a column that is left out is not spoken of. */
export interface Observation {
  readonly total?: Cell;
  readonly women?: Cell;
  readonly men?: Cell;
}

export type DefineIndicator = DomainCommand<'DefineIndicator', Definition & { planId: string; key?: string }, void>;
/** The whole definition from now on. Null: it is compared with nothing. */
export type RedefineIndicator = DomainCommand<
  'RedefineIndicator',
  Omit<Definition, 'comparison'> & { comparison: string | null; reason: string },
  void
>;
export type RecordValue = DomainCommand<'RecordValue', Observation & { period: string }, void>;
export type CorrectValue = DomainCommand<'CorrectValue', Observation & { period: string; reason: string }, void>;
export type SetTarget = DomainCommand<'SetTarget', { target: Target; comment?: string }, void>;
export type RetireIndicator = DomainCommand<'RetireIndicator', { reason: string }, void>;
export type IndicatorCommand =
  DefineIndicator | RedefineIndicator | RecordValue | CorrectValue | SetTarget | RetireIndicator;

export type Indicator = { readonly status: 'undefined' } | DefinedIndicator;

interface DefinedIndicator {
  readonly status: 'defined';
  readonly planId: string;
  readonly definition: Definition;
  readonly values: Readonly<Record<string, Observation>>;
  readonly target?: Target;
  /** The day from which it is not followed any longer. */
  readonly retiredOn?: string;
}

const { evolve, folding } = foldOf<Indicator, IndicatorEvent>((indicator, event, own) => {
  if (event.type === 'IndicatorDefined') {
    const { indicatorId: _id, key: _key, planId, ...definition } = event.data;
    return { status: 'defined', planId, definition, values: {} };
  }
  if (indicator.status === 'undefined') return indicator;
  const next = own(indicator);
  switch (event.type) {
    case 'IndicatorRedefined': {
      const { indicatorId: _id, planId: _plan, reason: _reason, ...definition } = event.data;
      next.definition = definition;
      break;
    }
    case 'IndicatorValueRecorded':
    case 'IndicatorValueCorrected': {
      const { men, period, total, women } = event.data;
      const told = { ...(total && { total }), ...(women && { women }), ...(men && { men }) };
      const values = own(next.values);
      values[period] = { ...values[period], ...told };
      next.values = values;
      break;
    }
    case 'IndicatorTargetSet':
      next.target = event.data.target;
      break;
    case 'IndicatorRetired':
      next.retiredOn = event.effectiveOn;
  }
  return next;
});

export const indicators: Aggregate<IndicatorCommand, Indicator, IndicatorEvent> = {
  category: 'indicator',
  foldVersion: 1,
  decider: { initialState: { status: 'undefined' }, decide, evolve, folding },
};

/** The id of the indicator that the files of a plan call by a key. */
export const indicatorIdOf = (tenant: string, planId: string, key: string): string =>
  idOf('indicator', tenant, planId, key);

function decide(command: IndicatorCommand, indicator: Indicator): IndicatorEvent[] {
  if (command.type === 'DefineIndicator') return define(command, indicator);
  if (indicator.status === 'undefined') throw notDefined();
  const subject = { indicatorId: command.id, planId: indicator.planId };
  const { retiredOn } = indicator;
  if (command.type === 'RetireIndicator' && retiredOn === command.effectiveOn) return [];
  if (retiredOn !== undefined && retiredOn <= command.effectiveOn && command.type !== 'CorrectValue') {
    throw retired({ retiredOn });
  }
  switch (command.type) {
    case 'RedefineIndicator': {
      const { comparison, reason, ...others } = command.data;
      const definition = { ...others, ...(comparison !== null && { comparison }) };
      if (sameWhenStored(definition, indicator.definition)) return [];
      return [{ type: 'IndicatorRedefined', data: { ...subject, ...definition, reason } }];
    }
    case 'RecordValue':
      return recordValue(command, indicator);
    case 'CorrectValue':
      return correctValue(command, indicator);
    case 'SetTarget': {
      if (sameWhenStored(command.data.target, indicator.target)) return [];
      return [{ type: 'IndicatorTargetSet', data: { ...subject, ...command.data } }];
    }
    case 'RetireIndicator':
      return [{ type: 'IndicatorRetired', data: { ...subject, ...command.data } }];
  }
}

function define({ data, id }: DefineIndicator, indicator: Indicator): IndicatorEvent[] {
  if (indicator.status === 'defined') {
    throw definedAlready({ indicator: indicator.definition.name });
  }
  return [{ type: 'IndicatorDefined', data: { indicatorId: id, ...data } }];
}

/** A period is recorded once; what was wrong is corrected, so that both values and the reason are kept. */
function recordValue({ data, id }: RecordValue, indicator: DefinedIndicator): IndicatorEvent[] {
  const { period, ...observation } = data;
  checkColumns(observation, indicator);
  const recorded = indicator.values[period];
  if (recorded && sameWhenStored(recorded, observation)) return [];
  if (recorded) {
    throw recordedAlready({ period });
  }
  return [{ type: 'IndicatorValueRecorded', data: { indicatorId: id, planId: indicator.planId, ...data } }];
}

function correctValue({ data, id }: CorrectValue, indicator: DefinedIndicator): IndicatorEvent[] {
  const { period, reason, ...observation } = data;
  checkColumns(observation, indicator);
  const recorded = indicator.values[period];
  if (!recorded) throw nothingRecorded({ period });
  const changed = Object.fromEntries(
    Object.entries(observation).filter(
      ([column, cell]) => !sameWhenStored(cell, recorded[column as keyof Observation]),
    ),
  ) as Observation;
  if (Object.keys(changed).length === 0) return [];
  return [
    {
      type: 'IndicatorValueCorrected',
      data: { indicatorId: id, planId: indicator.planId, period, ...changed, reason },
    },
  ];
}

function checkColumns(observation: Observation, { definition }: DefinedIndicator): void {
  if (Object.values(observation).every((cell) => cell === undefined)) {
    throw nothingSaid();
  }
  const split = [observation.women, observation.men].some((cell) => cell !== undefined && 'value' in cell);
  if (split && !definition.splitBySex) {
    throw notSplit({ indicator: definition.name });
  }
}

const notDefined = rule('indicator-defined', 'The indicator is not defined', 'Indikatorn är inte definierad');
const retired = rule(
  'indicator-followed',
  'The indicator was retired on {retiredOn}',
  'Indikatorn följs inte längre sedan {retiredOn}',
);
const definedAlready = rule(
  'indicator-defined-once',
  '{indicator} is defined already',
  '{indicator} är redan definierad',
);
const recordedAlready = rule(
  'value-recorded-once',
  'A value for {period} is recorded already; correct it, and say why',
  'Det finns redan ett registrerat värde för {period}; rätta det och ange skälet',
);
const nothingRecorded = rule(
  'value-recorded',
  'No value for {period} is recorded that could be corrected',
  'Det finns inget registrerat värde för {period} att rätta',
);
const nothingSaid = rule(
  'value-says-something',
  'Give the total, women or men',
  'Ange värdet totalt, för kvinnor eller för män',
);
const notSplit = rule(
  'split-by-sex',
  '{indicator} is not shown for women and men; redefine it first',
  '{indicator} redovisas inte för kvinnor och män; definiera om den först',
);
