import { foldOf, idOf, rule, sameWhenStored, whileThereIsRoom } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { Aggregate } from '#deciding';
import { nextVersion, versionOn } from './definitions.js';
import type { Definition, DefinitionVersion } from './definitions.js';
import type { Cell, IndicatorEvent, Target } from './indicator.events.js';

/** The columns of a period: a column that is left out is not spoken of. */
export interface Observation {
  readonly total?: Cell;
  readonly women?: Cell;
  readonly men?: Cell;
}

/** The version of the definition that each column is of. */
export type Meant = Readonly<Partial<Record<keyof Observation, number>>>;

export type DefineIndicator = DomainCommand<'DefineIndicator', Definition & { planId: string; key?: string }, void>;
/** The whole definition from now on. Null: it is compared with nothing. */
export type RedefineIndicator = DomainCommand<
  'RedefineIndicator',
  Omit<Definition, 'comparison'> & { comparison: string | null; reason: string; breaksSeries?: boolean },
  void
>;
/** A value of the definition that holds on the day of the command, or of the version that it names. */
export type RecordValue = DomainCommand<'RecordValue', Observation & { period: string; definition?: number }, void>;
/** Stays with the version of what it corrects, or says again what that was in the version that it names. */
export type CorrectValue = DomainCommand<
  'CorrectValue',
  Observation & { period: string; definition?: number; reason: string },
  void
>;
export type SetTarget = DomainCommand<'SetTarget', { target: Target; comment?: string }, void>;
export type RetireIndicator = DomainCommand<'RetireIndicator', { reason: string }, void>;
export type IndicatorCommand =
  DefineIndicator | RedefineIndicator | RecordValue | CorrectValue | SetTarget | RetireIndicator;

export type Indicator = { readonly status: 'undefined' } | DefinedIndicator;

export interface DefinedIndicator {
  readonly status: 'defined';
  readonly planId: string;
  readonly definition: Definition;
  /** Of the definition, oldest first. */
  readonly versions: readonly DefinitionVersion[];
  readonly values: Readonly<Record<string, Observation>>;
  readonly meant: Readonly<Record<string, Meant>>;
  /** How many corrections there were. */
  readonly corrections: number;
  readonly target?: Target;
  /** The version of the definition that the target speaks of. */
  readonly targetOf?: number;
  /** The day from which it is not followed any longer. */
  readonly retiredOn?: string;
}

const { evolve, folding } = foldOf<Indicator, IndicatorEvent>((indicator, event, own) => {
  if (event.type === 'IndicatorDefined') {
    const { indicatorId: _id, key: _key, planId, ...definition } = event.data;
    const versions = [{ version: 1, since: event.effectiveOn, definition }];
    return { status: 'defined', planId, definition, versions, values: {}, meant: {}, corrections: 0 };
  }
  if (indicator.status === 'undefined') return indicator;
  const next = own(indicator);
  switch (event.type) {
    case 'IndicatorRedefined': {
      const {
        breaksSeries,
        indicatorId: _id,
        planId: _plan,
        reason: _reason,
        version: told,
        ...definition
      } = event.data;
      const version = nextVersion(next.versions, told);
      const added = { version, since: event.effectiveOn, definition, ...(breaksSeries && { breaksSeries }) };
      next.definition = definition;
      next.versions = [...next.versions, added];
      break;
    }
    case 'IndicatorValueRecorded':
    case 'IndicatorValueCorrected': {
      const { men, period, total, women } = event.data;
      const told = { ...(total && { total }), ...(women && { women }), ...(men && { men }) };
      const values = own(next.values);
      values[period] = { ...values[period], ...told };
      next.values = values;
      const version = event.data.definition ?? next.versions.at(-1)!.version;
      const meant = own(next.meant);
      meant[period] = { ...meant[period], ...meantBy(told, version) };
      next.meant = meant;
      if (event.type === 'IndicatorValueCorrected') next.corrections++;
      break;
    }
    case 'IndicatorTargetSet':
      next.target = event.data.target;
      next.targetOf = event.data.definition ?? next.versions.at(-1)!.version;
      break;
    case 'IndicatorRetired':
      next.retiredOn = event.effectiveOn;
  }
  return next;
});

export const indicators: Aggregate<IndicatorCommand, Indicator, IndicatorEvent> = {
  category: 'indicator',
  foldVersion: 3,
  decider: { initialState: { status: 'undefined' }, decide, evolve, folding },
};

/** Each column that is told, with a version. */
export const meantBy = (told: Observation, version: number): Meant =>
  Object.fromEntries(Object.keys(told).map((column) => [column, version]));

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
      const { breaksSeries = false, comparison, reason, ...others } = command.data;
      const definition = { ...others, ...(comparison !== null && { comparison }) };
      if (!breaksSeries && sameWhenStored(definition, indicator.definition)) return [];
      const version = nextVersion(indicator.versions);
      const told = { ...subject, ...definition, reason, version, ...(breaksSeries && { breaksSeries: true as const }) };
      return whileThereIsRoom([{ type: 'IndicatorRedefined', data: told }], indicator.versions.length, mostVersions);
    }
    case 'RecordValue':
      return recordValue(command, indicator);
    case 'CorrectValue':
      return correctValue(command, indicator);
    case 'SetTarget': {
      const definition = versionOn(indicator.versions, command.effectiveOn);
      if (definition === indicator.targetOf && sameWhenStored(command.data.target, indicator.target)) return [];
      return [{ type: 'IndicatorTargetSet', data: { ...subject, ...command.data, definition } }];
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

/** The version that a value is of: the one that is named, that of what is corrected, or the one that holds on the day. */
export function versionMeant(
  { data, effectiveOn, type }: Pick<RecordValue | CorrectValue, 'data' | 'effectiveOn' | 'type'>,
  indicator: DefinedIndicator,
): number {
  if (data.definition !== undefined) return data.definition;
  const meant = (type === 'CorrectValue' ? indicator.meant[data.period] : undefined) ?? {};
  const known = [...Object.keys(data), ...Object.keys(meant)].map((column) => meant[column as keyof Meant]);
  return known.find((version) => version !== undefined) ?? versionOn(indicator.versions, effectiveOn);
}

/** So many periods, corrections of them and versions of its definition make a series: it is kept and shown whole. */
const [mostPeriods, mostCorrections, mostVersions] = [1_000, 300, 100];

/** A period is recorded once; what was wrong is corrected, so that both values and the reason are kept. */
function recordValue(command: RecordValue, indicator: DefinedIndicator): IndicatorEvent[] {
  const { data, id } = command;
  const { definition: _, period, ...observation } = data;
  const definition = versionMeant(command, indicator);
  checkColumns(observation, definition, indicator);
  const recorded = indicator.values[period];
  if (recorded && sameWhenStored(recorded, observation)) return [];
  if (recorded) {
    throw recordedAlready({ period });
  }
  const told: IndicatorEvent = {
    type: 'IndicatorValueRecorded',
    data: { indicatorId: id, planId: indicator.planId, ...data, definition },
  };
  return whileThereIsRoom([told], Object.keys(indicator.values).length, mostPeriods);
}

function correctValue(command: CorrectValue, indicator: DefinedIndicator): IndicatorEvent[] {
  const { data, id } = command;
  const { definition: _, period, reason, ...observation } = data;
  const recorded = indicator.values[period];
  const meant = indicator.meant[period] ?? {};
  const definition = versionMeant(command, indicator);
  checkColumns(observation, definition, indicator);
  if (!recorded) throw nothingRecorded({ period });
  const isOther = (column: keyof Observation): boolean =>
    !sameWhenStored(observation[column], recorded[column]) || meant[column] !== definition;
  const changed = Object.fromEntries(
    Object.entries(observation).filter(([column]) => isOther(column as keyof Observation)),
  ) as Observation;
  if (Object.keys(changed).length === 0) return [];
  const told: IndicatorEvent = {
    type: 'IndicatorValueCorrected',
    data: { indicatorId: id, planId: indicator.planId, period, ...changed, definition, reason },
  };
  return whileThereIsRoom([told], indicator.corrections, mostCorrections);
}

function checkColumns(observation: Observation, version: number, { versions }: DefinedIndicator): void {
  const meant = versions.find((known) => known.version === version);
  if (!meant) throw noSuchDefinition({ version, newest: versions.at(-1)!.version });
  const { definition } = meant;
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
const noSuchDefinition = rule(
  'definition-version-exists',
  'There is no version {version} of the definition; the newest is {newest}',
  'Det finns ingen version {version} av definitionen; den senaste är {newest}',
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
