import { foldOf, idOf, rule, sameWhenStored, stepOn, whileThereIsRoom, withStep } from '#kernel';
import type { DatedSeries, DecidedEvent, DomainCommand, Said } from '#kernel';
import type { Aggregate } from '#deciding';
import type { HandOver } from '#organisation';
import { nextVersion, versionOn } from './definitions.js';
import type { Definition, DefinitionVersion } from './definitions.js';
import { checkDerivation } from './derivation.js';
import type { SourcesKnown } from './derivation.js';
import { definitionsOf } from './indicator.held.js';
import type { Cell, Derivation, IndicatorEvent, Target } from './indicator.events.js';

/** The columns of a period: a column that is left out is not spoken of. */
export interface Observation {
  readonly total?: Cell;
  readonly women?: Cell;
  readonly men?: Cell;
}

/** The version of the definition that each column is of. */
export type Meant = Readonly<Partial<Record<keyof Observation, number>>>;

export type DefineIndicator = DomainCommand<
  'DefineIndicator',
  Definition & { planId: string; key?: string },
  SourcesKnown | undefined
>;
/**
 * The whole definition from now on. Null: it is compared with nothing, derived from nothing. What it is derived from stays
 * as it is where that is left out.
 */
export type RedefineIndicator = DomainCommand<
  'RedefineIndicator',
  Omit<Definition, 'comparison' | 'derived'> & {
    comparison: string | null;
    derived?: Derivation | null;
    reason: string;
    breaksSeries?: boolean;
  },
  SourcesKnown | undefined
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
/** It should not have been retired. */
export type CancelRetirement = DomainCommand<
  'CancelRetirement',
  { reason: string },
  { /** The event that retired it. */ readonly retiredBy: string | undefined }
>;
/** It should not have been defined. */
export type CancelIndicator = DomainCommand<
  'CancelIndicator',
  { reason: string },
  { /** What rests on it, in words: the first few. */ readonly resting: readonly Said[] }
>;
/** Another body takes over from the one that follows it. */
export type HandOverIndicator = DomainCommand<'HandOverIndicator', HandOver, void>;
export type IndicatorCommand =
  | HandOverIndicator
  | DefineIndicator
  | RedefineIndicator
  | RecordValue
  | CorrectValue
  | SetTarget
  | RetireIndicator
  | CancelRetirement
  | CancelIndicator;

export type Indicator = { readonly status: 'undefined' } | CancelledIndicator | DefinedIndicator;

interface CancelledIndicator {
  readonly status: 'cancelled';
  readonly name: string;
}

export interface DefinedIndicator {
  readonly status: 'defined';
  readonly planId: string;
  /** The event that defined it, and the day that it speaks of. */
  readonly begun: { readonly id: string; readonly since: string };
  readonly definition: Definition;
  /** Of the definition, oldest first. */
  readonly versions: readonly DefinitionVersion[];
  readonly values: Readonly<Record<string, Observation>>;
  readonly meant: Readonly<Record<string, Meant>>;
  /** How many corrections there were. */
  readonly corrections: number;
  /** By the days from which they hold, each with the version of the definition that it speaks of. */
  readonly targets: DatedSeries<{ readonly target: Target; readonly of: number }>;
  /** The day from which it is not followed any longer. */
  readonly retiredOn?: string;
  /** The event that retired it. */
  readonly retiredBy?: string;
}

const { evolve, folding } = foldOf<Indicator, IndicatorEvent>((indicator, event, own) => {
  if (event.type === 'IndicatorDefined') {
    const { indicatorId: _id, key: _key, planId, ...definition } = event.data;
    const versions = [{ version: 1, since: event.effectiveOn, definition }];
    const begun = { id: event.id, since: event.effectiveOn };
    return {
      status: 'defined',
      planId,
      begun,
      definition,
      versions,
      values: {},
      meant: {},
      targets: [],
      corrections: 0,
    };
  }
  if (indicator.status !== 'defined') return indicator;
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
      next.targets = withStep(
        next.targets,
        {
          since: event.effectiveOn,
          revision: event.revision,
          value: { target: event.data.target, of: event.data.definition ?? next.versions.at(-1)!.version },
        },
        own,
      );
      break;
    case 'IndicatorRetired':
      next.retiredOn = event.effectiveOn;
      next.retiredBy = event.id;
      break;
    case 'IndicatorRetirementCancelled':
      delete next.retiredOn;
      delete next.retiredBy;
      break;
    case 'IndicatorCancelled':
      return { status: 'cancelled', name: next.definition.name };
  }
  return next;
});

export const indicators: Aggregate<IndicatorCommand, Indicator, IndicatorEvent> = {
  category: 'indicator',
  foldVersion: 4,
  decider: { initialState: { status: 'undefined' }, decide, evolve, folding },
};

/** Each column that is told, with a version. */
export const meantBy = (told: Observation, version: number): Meant =>
  Object.fromEntries(Object.keys(told).map((column) => [column, version]));

/** The id of the indicator that the files of a plan call by a key. */
export const indicatorIdOf = (tenant: string, planId: string, key: string): string =>
  idOf('indicator', tenant, planId, key);

function decide(command: IndicatorCommand, indicator: Indicator): DecidedEvent<IndicatorEvent>[] {
  if (command.type === 'DefineIndicator') return define(command, indicator);
  if (indicator.status === 'undefined') throw notDefined();
  if (indicator.status === 'cancelled') {
    if (command.type === 'CancelIndicator') return [];
    throw cancelledAlready({ indicator: indicator.name });
  }
  const subject = { indicatorId: command.id, planId: indicator.planId };
  const { retiredOn } = indicator;
  if (command.type === 'CancelIndicator') return cancel(command, indicator);
  if (command.type === 'HandOverIndicator') return handOver(command, indicator);
  if (command.type === 'CancelRetirement') {
    if (retiredOn === undefined) throw notRetired({ indicator: indicator.definition.name });
    return [{ type: 'IndicatorRetirementCancelled', data: { ...subject, ...command.data } }];
  }
  if (command.type === 'RetireIndicator' && retiredOn === command.effectiveOn) return [];
  if (retiredOn !== undefined && retiredOn <= command.effectiveOn && command.type !== 'CorrectValue') {
    throw retired({ retiredOn });
  }
  switch (command.type) {
    case 'RedefineIndicator': {
      const { breaksSeries = false, comparison, derived: told, reason, ...others } = command.data;
      const before = definitionOn(indicator, command.effectiveOn);
      const derived = told === undefined ? before.derived : told;
      const definition = { ...others, ...(comparison !== null && { comparison }), ...(derived && { derived }) };
      if (!breaksSeries && sameWhenStored(definition, before)) return [];
      checkDerivation(command.id, told, command.facts);
      const version = nextVersion(indicator.versions);
      const data = { ...subject, ...definition, reason, version, ...(breaksSeries && { breaksSeries: true as const }) };
      return whileThereIsRoom([{ type: 'IndicatorRedefined', data }], indicator.versions.length, mostVersions);
    }
    case 'RecordValue':
      return recordValue(command, indicator);
    case 'CorrectValue':
      return correctValue(command, indicator);
    case 'SetTarget': {
      const definition = versionOn(indicator.versions, command.effectiveOn);
      const now = stepOn(indicator.targets, command.effectiveOn)?.value;
      if (definition === now?.of && sameWhenStored(command.data.target, now.target)) return [];
      const told: IndicatorEvent = { type: 'IndicatorTargetSet', data: { ...subject, ...command.data, definition } };
      return whileThereIsRoom([told], indicator.targets.length, mostVersions);
    }
    case 'RetireIndicator':
      return [{ type: 'IndicatorRetired', data: { ...subject, ...command.data } }];
  }
}

/** What an indicator measures on a day. */
export const definitionOn = ({ versions }: DefinedIndicator, day: string): Definition =>
  versions.find(({ version }) => version === versionOn(versions, day))!.definition;

/** From the day of the command on, and in each later definition: what is measured stays as it is. */
function handOver({ data, effectiveOn, id }: HandOverIndicator, indicator: DefinedIndicator) {
  const { bodyId, reason, successors } = data;
  const [ownerId] = successors;
  const followed = definitionsOf(indicator, bodyId, effectiveOn);
  if (followed.length > 0 && (ownerId === undefined || successors.length > 1)) {
    throw oneOwner({ indicator: indicator.definition.name });
  }
  const first = nextVersion(indicator.versions);
  const events = followed.map(({ definition, since }, index): DecidedEvent<IndicatorEvent> => {
    const told = { ...definition, ownerId: ownerId!, reason, version: first + index };
    const subject = { indicatorId: id, planId: indicator.planId };
    return { type: 'IndicatorRedefined', effectiveOn: since, data: { ...subject, ...told } };
  });
  return whileThereIsRoom(events, indicator.versions.length, mostVersions);
}

/** Its values go with it; what rests on it elsewhere does not. */
function cancel({ data, facts, id }: CancelIndicator, { definition, planId }: DefinedIndicator): IndicatorEvent[] {
  const { resting } = facts;
  if (resting.length > 0) throw restsOn({ indicator: definition.name, resting });
  return [{ type: 'IndicatorCancelled', data: { indicatorId: id, planId, ...data } }];
}

function define({ data, facts, id }: DefineIndicator, indicator: Indicator): IndicatorEvent[] {
  if (indicator.status === 'defined') {
    throw definedAlready({ indicator: indicator.definition.name });
  }
  checkDerivation(id, data.derived, facts);
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

const oneOwner = rule(
  'indicator-has-one-owner',
  '{indicator} is followed by one body: name the one that takes it over',
  '{indicator} följs av en nämnd: ange den som tar över',
);
const notDefined = rule('indicator-defined', 'The indicator is not defined', 'Indikatorn är inte definierad');
const cancelledAlready = rule(
  'indicator-not-cancelled',
  'The indicator {indicator} was cancelled',
  'Indikatorn {indicator} har tagits tillbaka',
);
const notRetired = rule('indicator-retired', '{indicator} is not retired', '{indicator} följs fortfarande');
const restsOn = rule(
  'nothing-rests-on-indicator',
  '{indicator} cannot be cancelled, because of what rests on it: {resting}',
  '{indicator} kan inte tas tillbaka på grund av det som vilar på den: {resting}',
);
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
