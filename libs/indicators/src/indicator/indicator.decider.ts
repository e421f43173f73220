import { foldOf, idOf, placeOf, rule, saidOn, sameWhenStored, stepOn, term, whileThereIsRoom, withStep } from '#kernel';
import type { DatedSeries, DecidedEvent, DomainCommand, Said } from '#kernel';
import type { Aggregate } from '#deciding';
import { checkCorrects, nothingStands } from '#organisation';
import type { HandOver } from '#organisation';
import { nextVersion, versionOn, withVersion } from './definitions.js';
import type { Definition, ToldVersion } from './definitions.js';
import { checkDerivation } from './derivation.js';
import type { SourcesKnown } from './derivation.js';
import { definitionsOf } from './indicator.held.js';
import type { cancellableChanges, Cell, Derivation, IndicatorEvent, Target } from './indicator.events.js';

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
/** Takes back a value, a new definition or a target that should never have been recorded. */
export type CancelIndicatorChange = DomainCommand<'CancelIndicatorChange', { eventId: string; reason: string }, void>;
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
  | CancelIndicatorChange
  | CancelIndicator;

/** By column: a day. */
type CorrectedOn = Readonly<Partial<Record<keyof Observation, string>>>;

export type Indicator = { readonly status: 'undefined' } | CancelledIndicator | DefinedIndicator;

interface CancelledIndicator {
  readonly status: 'cancelled';
  readonly name: string;
}

/** The event that says something, and the day that it speaks of. */
interface ToldOn {
  readonly id: string;
  readonly since: string;
}

export interface DefinedIndicator {
  readonly status: 'defined';
  readonly planId: string;
  /** The event that defined it, and the day that it speaks of. */
  readonly begun: ToldOn;
  readonly definition: Definition;
  /** Of the definition, oldest first. */
  readonly versions: readonly ToldVersion[];
  /** The highest number that a version has had: that of one that was taken back is not given again. */
  readonly newestVersion: number;
  readonly values: Readonly<Record<string, Observation>>;
  readonly meant: Readonly<Record<string, Meant>>;
  /** By periods, the event that recorded it, and the day that this speaks of. */
  readonly recordedBy: Readonly<Record<string, ToldOn>>;
  /** By periods, the day on which the correction was said that each column stands by. */
  readonly corrected: Readonly<Record<string, CorrectedOn>>;
  /** How many corrections there were. */
  readonly corrections: number;
  /** By the days from which they hold, each with the version of the definition that it speaks of. */
  readonly targets: DatedSeries<{ readonly target: Target; readonly of: number; readonly eventId: string }>;
  /** The day from which it is not followed any longer. */
  readonly retiredOn?: string;
  /** The event that retired it. */
  readonly retiredBy?: string;
}

const { evolve, folding } = foldOf<Indicator, IndicatorEvent>((indicator, event, own) => {
  if (event.type === 'IndicatorDefined') {
    const { indicatorId: _id, key: _key, planId, ...definition } = event.data;
    const versions = [{ version: 1, since: event.effectiveOn, definition, eventId: event.id }];
    const begun = { id: event.id, since: event.effectiveOn };
    return {
      status: 'defined',
      planId,
      begun,
      definition,
      versions,
      newestVersion: 1,
      values: {},
      meant: {},
      recordedBy: {},
      corrected: {},
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
      const since = event.effectiveOn;
      const added = { version, since, definition, eventId: event.id, ...(breaksSeries && { breaksSeries }) };
      next.versions = withVersion(next.versions, added, event.corrects);
      next.newestVersion = Math.max(next.newestVersion, version);
      next.definition = next.versions.at(-1)!.definition;
      break;
    }
    case 'IndicatorValueRecorded':
    case 'IndicatorValueCorrected': {
      const { period } = event.data;
      const isCorrection = event.type === 'IndicatorValueCorrected';
      const known = isCorrection && event.attested ? next.corrected[period] : undefined;
      const said = saidOn(event);
      // What was said before the correction that a column stands by changes nothing of it.
      const told = columnsIn(event.data, (column) => (known?.[column] ?? '') <= said);
      const values = own(next.values);
      values[period] = { ...values[period], ...told };
      next.values = values;
      const version = event.data.definition ?? next.versions.at(-1)!.version;
      const meant = own(next.meant);
      meant[period] = { ...meant[period], ...meantBy(told, version) };
      next.meant = meant;
      if (isCorrection) {
        next.corrections++;
        const corrected = own(next.corrected);
        corrected[period] = { ...corrected[period], ...eachWith(told, said) };
        next.corrected = corrected;
      } else {
        const recordedBy = own(next.recordedBy);
        recordedBy[period] = { id: event.id, since: event.effectiveOn };
        next.recordedBy = recordedBy;
      }
      break;
    }
    case 'IndicatorTargetSet': {
      const of = event.data.definition ?? next.versions.at(-1)!.version;
      const value = { target: event.data.target, of, eventId: event.id };
      const step = { ...placeOf(event), revision: event.revision, value };
      const corrected = next.targets.findIndex((one) => one.value.eventId === event.corrects);
      next.targets =
        corrected < 0
          ? withStep(next.targets, step, own)
          : next.targets.with(corrected, { ...next.targets[corrected]!, value });
      break;
    }
    case 'IndicatorRetired':
      next.retiredOn = event.effectiveOn;
      next.retiredBy = event.id;
      break;
    case 'IndicatorRetirementCancelled':
      delete next.retiredOn;
      delete next.retiredBy;
      break;
    case 'IndicatorChangeCancelled': {
      const { change, eventId, period } = event.data;
      if (change === 'IndicatorRedefined') {
        next.versions = next.versions.filter((one) => one.eventId !== eventId);
        next.definition = next.versions.at(-1)!.definition;
      } else if (change === 'IndicatorTargetSet') {
        next.targets = next.targets.filter(({ value }) => value.eventId !== eventId);
      } else {
        const [values, meant] = [own(next.values), own(next.meant)];
        const [recordedBy, corrected] = [own(next.recordedBy), own(next.corrected)];
        for (const told of [values, meant, recordedBy, corrected]) delete told[period!];
        Object.assign(next, { values, meant, recordedBy, corrected });
      }
      break;
    }
    case 'IndicatorCancelled':
      return { status: 'cancelled', name: next.definition.name };
  }
  return next;
});

export const indicators: Aggregate<IndicatorCommand, Indicator, IndicatorEvent> = {
  category: 'indicator',
  foldVersion: 6,
  decider: { initialState: { status: 'undefined' }, decide, evolve, folding },
};

/** The columns that are told, as far as they are asked for. */
export function columnsIn(
  { men, total, women }: Observation,
  isAsked: (column: keyof Observation) => boolean = () => true,
): Observation {
  return {
    ...(total && isAsked('total') && { total }),
    ...(women && isAsked('women') && { women }),
    ...(men && isAsked('men') && { men }),
  };
}

/** Each column that is told, with a version. */
export const meantBy = (told: Observation, version: number): Meant => eachWith(told, version);

const eachWith = <Value>(told: Observation, value: Value): Partial<Record<keyof Observation, Value>> =>
  Object.fromEntries(Object.keys(told).map((column) => [column, value]));

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
  if (command.type === 'CancelIndicatorChange') return cancelChange(command, indicator);
  if (command.type === 'RetireIndicator' && retiredOn === command.effectiveOn) return [];
  const isCorrection = command.type === 'CorrectValue' || command.corrects !== undefined;
  if (retiredOn !== undefined && retiredOn <= command.effectiveOn && !isCorrection) {
    throw retired({ retiredOn });
  }
  switch (command.type) {
    case 'RedefineIndicator': {
      const { breaksSeries = false, comparison, derived: told, reason, ...others } = command.data;
      const corrected = standingVersion(indicator, command.corrects);
      checkCorrects(corrected, command.corrects, command.effectiveOn);
      const before = corrected?.definition ?? definitionOn(indicator, command.effectiveOn);
      const derived = told === undefined ? before.derived : told;
      const definition = { ...others, ...(comparison !== null && { comparison }), ...(derived && { derived }) };
      const breaksAnew = breaksSeries !== (corrected?.breaksSeries ?? false);
      if (!breaksAnew && sameWhenStored(definition, before)) return [];
      checkDerivation(command.id, told, command.facts);
      const version = corrected?.version ?? indicator.newestVersion + 1;
      const data = { ...subject, ...definition, reason, version, ...(breaksSeries && { breaksSeries: true as const }) };
      if (corrected) return [{ type: 'IndicatorRedefined', data }];
      return whileThereIsRoom([{ type: 'IndicatorRedefined', data }], indicator.versions.length, mostVersions);
    }
    case 'RecordValue':
      return recordValue(command, indicator);
    case 'CorrectValue':
      return correctValue(command, indicator);
    case 'SetTarget': {
      const definition = versionOn(indicator.versions, command.effectiveOn);
      const corrected = standingTarget(indicator, command.corrects);
      checkCorrects(corrected, command.corrects, command.effectiveOn);
      const now = (corrected ?? stepOn(indicator.targets, command.effectiveOn))?.value;
      if (definition === now?.of && sameWhenStored(command.data.target, now.target)) return [];
      const told: IndicatorEvent = { type: 'IndicatorTargetSet', data: { ...subject, ...command.data, definition } };
      if (corrected) return [told];
      return whileThereIsRoom([told], indicator.targets.length, mostVersions);
    }
    case 'RetireIndicator':
      return [{ type: 'IndicatorRetired', data: { ...subject, ...command.data } }];
  }
}

const standingVersion = ({ versions }: DefinedIndicator, eventId: string | undefined) =>
  eventId === undefined ? undefined : versions.find((one) => one.eventId === eventId);
const standingTarget = ({ targets }: DefinedIndicator, eventId: string | undefined) =>
  eventId === undefined ? undefined : targets.find(({ value }) => value.eventId === eventId);

/** The day that what is to be corrected or taken back speaks of; undefined where nothing stands that the event said. */
export function dayOfChange(indicator: Indicator, eventId: string | undefined): string | undefined {
  if (indicator.status !== 'defined' || eventId === undefined) return undefined;
  const told = standingVersion(indicator, eventId) ?? standingTarget(indicator, eventId);
  return told?.since ?? Object.values(indicator.recordedBy).find(({ id }) => id === eventId)?.since;
}

/** A value or a target goes alone; a definition, while nothing is told in it. */
function cancelChange({ data, id }: CancelIndicatorChange, indicator: DefinedIndicator): IndicatorEvent[] {
  const { eventId } = data;
  const told = (change: (typeof cancellableChanges)[number], period?: string): IndicatorEvent[] => [
    {
      type: 'IndicatorChangeCancelled',
      data: { indicatorId: id, planId: indicator.planId, ...data, change, ...(period && { period }) },
    },
  ];
  const [period] = Object.entries(indicator.recordedBy).find(([, by]) => by.id === eventId) ?? [];
  if (period !== undefined) return told('IndicatorValueRecorded', period);
  if (standingTarget(indicator, eventId)) return told('IndicatorTargetSet');
  const version = standingVersion(indicator, eventId);
  // What an indicator is from its beginning is corrected, or all of it cancelled.
  if (!version || version === indicator.versions[0]) throw nothingStands({ event: eventId });
  const resting = toldIn(indicator, version.version);
  if (resting.length > 0) throw toldInVersion({ version: version.version, resting });
  return told('IndicatorRedefined');
}

/** What is told in a version of the definition: periods, and whether there is a target. */
const toldIn = ({ meant, targets }: DefinedIndicator, version: number): readonly (string | Said)[] => [
  ...Object.keys(meant).filter((period) => Object.values(meant[period]!).includes(version)),
  ...(targets.some(({ value }) => value.of === version) ? [itsTarget] : []),
];
const itsTarget = term('target', 'its target', 'dess mål');

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
  const first = indicator.newestVersion + 1;
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
const toldInVersion = rule(
  'nothing-rests-on-it',
  'Version {version} of the definition cannot be taken back, because of what is told in it: {resting}. Tell that in another version first',
  'Version {version} av definitionen kan inte tas tillbaka, på grund av det som anges i den: {resting}. Ange det i en annan version först',
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
