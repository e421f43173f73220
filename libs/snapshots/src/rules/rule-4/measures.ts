import { compareDecimals, sortOfPeriod, spanOfPeriod } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { IndicatorEvent } from '#indicators';
import type {
  CellContent,
  Columns,
  DefinitionContent,
  IndicatorContent,
  PeriodContent,
  Snapshot,
  TargetContent,
} from '../../format/snapshot.js';

const measureTypes = [
  'IndicatorDefined',
  'IndicatorRedefined',
  'IndicatorValueRecorded',
  'IndicatorValueCorrected',
  'IndicatorTargetSet',
] as const satisfies readonly IndicatorEvent['type'][];

type Of<Type extends IndicatorEvent['type']> = RecordedEvent<Extract<IndicatorEvent, { type: Type }>>;
export type MeasureEvent = Of<(typeof measureTypes)[number]>;

export const isOfMeasure = (event: { readonly type: string }): event is MeasureEvent =>
  (measureTypes as readonly string[]).includes(event.type);

/** What an event told, and the version of the definition that it is of. */
interface Meant {
  readonly period: string;
  readonly columns: readonly Column[];
  readonly version: number;
  readonly effectiveOn: string;
}

interface Story {
  readonly versions: DefinitionContent[];
  readonly values: Meant[];
  readonly targets: { readonly version: number; readonly effectiveOn: string }[];
}

export const columns = ['total', 'women', 'men'] as const;
export type Column = (typeof columns)[number];
type Versions = Readonly<Partial<Record<Column, number>>>;

/** What the log told of the versions of definitions, and which of them each value is of. */
export class Measures {
  readonly #stories = new Map<string, Story>();

  take(event: MeasureEvent): void {
    const { effectiveOn } = event.metadata;
    const { indicatorId } = event.data;
    if (event.type === 'IndicatorDefined') {
      const versions = [definitionOf(event, 1)];
      return void this.#stories.set(indicatorId, { versions, values: [], targets: [] });
    }
    const story = this.#stories.get(indicatorId);
    if (!story) return;
    const newest = story.versions.at(-1)!.version;
    if (event.type === 'IndicatorRedefined') {
      story.versions.push(definitionOf(event, event.data.version ?? newest + 1));
      return;
    }
    // What was recorded before versions were named is of the one in force at its place in the stream.
    const version = event.data.definition ?? newest;
    if (event.type === 'IndicatorTargetSet') return void story.targets.push({ version, effectiveOn });
    const { data } = event;
    const told = columns.filter((column) => data[column] !== undefined);
    story.values.push({ period: data.period, columns: told, version, effectiveOn });
  }

  /** @param valuesUpTo the day up to which what was recorded counts */
  tell(snapshot: Snapshot, valuesUpTo: string): Snapshot {
    const { referenceDate } = snapshot.round;
    return {
      ...snapshot,
      indicators: snapshot.indicators.map((indicator) => {
        const story = this.#stories.get(indicator.indicatorId)!;
        return told(indicator, asOf(story, valuesUpTo), referenceDate);
      }),
    };
  }
}

const asOf = ({ targets, values, versions }: Story, day: string): Story => ({
  versions: versions.filter(({ since }, index) => index === 0 || since <= day),
  values: values.filter(({ effectiveOn }) => effectiveOn <= day),
  targets: targets.filter(({ effectiveOn }) => effectiveOn <= day),
});

/** A version of what an indicator measures. */
export function definitionOf({ data, metadata }: Of<'IndicatorDefined' | 'IndicatorRedefined'>, version: number) {
  const { comparison, direction, measure, name, source, splitBySex } = data;
  const { breaksSeries, reason } = 'reason' in data ? data : {};
  const meaning = { name, measure, direction, source, splitBySex, comparison };
  return { version, since: metadata.effectiveOn, ...meaning, breaksSeries, reason };
}

function told(indicator: IndicatorContent, story: Story, day: string): IndicatorContent {
  const { versions } = story;
  const meant = indicator.series.map(({ period }) => versionsOf(story, period));
  const isSeveral = versions.length > 1;
  const series = indicator.series.map((entry, index): PeriodContent => {
    const broken = index === 0 ? [] : breaksBetween(versions, rowOf(meant[index - 1]!), rowOf(meant[index]!));
    return {
      ...entry,
      ...movementOf(indicator.series, meant, { index, versions }),
      difference: isOneMeasure(entry, meant[index]!, versions) ? entry.difference : undefined,
      definition: isSeveral ? rowOf(meant[index]!) : undefined,
      break: broken.length > 0 ? broken : undefined,
    };
  });
  const { target } = indicator;
  const targetOf = story.targets.at(-1)?.version ?? 1;
  const targetStatus = target && targetStatusOf(target, { series, meant, versions, targetOf }, day);
  return {
    ...indicator,
    definitions: isSeveral ? versions : undefined,
    targetStatus,
    targetMet: targetStatus === 'met' || targetStatus === 'not-met' ? targetStatus === 'met' : undefined,
    series,
  };
}

function versionsOf({ values }: Story, period: string): Versions {
  const own = values.filter((value) => value.period === period);
  return Object.assign(
    {},
    ...own.map(({ columns: of, version }) => Object.fromEntries(of.map((column) => [column, version]))),
  ) as Versions;
}

/** The version that a period is told in: that of its total, or of the sexes where they stand alone. */
const rowOf = ({ men, total, women }: Versions): number => total ?? women ?? men ?? 1;

/** Why a value of one version says another thing than one of another; nothing where they are comparable. */
export function breaksBetween(versions: readonly DefinitionContent[], one: number, other: number): string[] {
  if (one === other) return [];
  const [first, last] = one < other ? [one, other] : [other, one];
  const measureOf = (wanted: number) => versions.find(({ version }) => version === wanted)?.measure;
  const [then, now] = [measureOf(first), measureOf(last)];
  if (!then || !now) return ['stated'];
  const isStated = versions.some(({ breaksSeries, version }) => breaksSeries && version > first && version <= last);
  const broken = { unit: then.unit !== now.unit, 'measure-kind': then.kind !== now.kind, stated: isStated };
  return Object.entries(broken).flatMap(([why, is]) => (is ? [why] : []));
}

export const valueOf = (cell: CellContent | undefined): string | undefined =>
  cell && 'value' in cell ? cell.value : undefined;
/** The month of the year up to which a value is counted. */
export const cutOffOf = (cell: CellContent | undefined): string | undefined =>
  cell && 'value' in cell ? cell.provisionalAsOf?.slice(5) : undefined;

const isOneMeasure = ({ men, women }: Columns, meant: Versions, versions: readonly DefinitionContent[]): boolean =>
  cutOffOf(women) === cutOffOf(men) && breaksBetween(versions, meant.women ?? 1, meant.men ?? 1).length === 0;

/** Since the newest earlier period of its sort that has a value; only of one measure, and counted up to the same month. */
function movementOf(
  series: readonly PeriodContent[],
  meant: readonly Versions[],
  { index, versions }: { readonly index: number; readonly versions: readonly DefinitionContent[] },
): Pick<PeriodContent, 'movement' | 'against' | 'notComparable'> {
  const now = series[index]!;
  const value = valueOf(now.total);
  const place = series.findLastIndex(
    ({ period, total }, at) =>
      at < index && valueOf(total) !== undefined && sortOfPeriod(period) === sortOfPeriod(now.period),
  );
  const before = series[place];
  if (value === undefined || !before) return { movement: 'unknown' };
  const against = before.period;
  const broken = breaksBetween(versions, meant[place]!.total!, meant[index]!.total!);
  const because = cutOffOf(before.total) === cutOffOf(now.total) ? broken : [...broken, 'cut-off'];
  if (because.length > 0) return { movement: 'not-comparable', against, notComparable: because };
  const change = compareDecimals(value, valueOf(before.total)!);
  if (change === 0) return { movement: 'unchanged', against };
  const direction = versions.find(({ version }) => version === meant[index]!.total)?.direction;
  if (direction === undefined || direction === 'maintain') return { movement: 'changed', against };
  return { movement: change > 0 === (direction === 'increase') ? 'towards' : 'away', against };
}

const monthsOf = { year: 12, 'school-year': 12, 'half-year': 6, third: 4, quarter: 3, month: 1 } as const;

/** Told once the deadline has come, by the last whole period up to it alone. */
function targetStatusOf(
  target: TargetContent,
  measured: {
    readonly series: readonly PeriodContent[];
    readonly meant: readonly Versions[];
    readonly versions: readonly DefinitionContent[];
    readonly targetOf: number;
  },
  day: string,
): IndicatorContent['targetStatus'] {
  if ('direction' in target) return undefined;
  if (day < target.by) return 'not-yet-due';
  const { meant, series, targetOf, versions } = measured;
  const spoken = series.map(({ period }) => spanOfPeriod(period));
  let last = -1;
  for (const [index, { total }] of series.entries()) {
    const [span, best] = [spoken[index]!, spoken[last]];
    if (total === undefined || span.to > target.by) continue;
    if (!best || span.to > best.to || (span.to === best.to && span.from < best.from)) last = index;
  }
  const entry = series[last];
  if (!entry || monthsLater(spoken[last]!.to, monthsOf[sortOfPeriod(entry.period)]) <= target.by) return 'no-value';
  const value = valueOf(entry.total);
  if (value === undefined || cutOffOf(entry.total) !== undefined) return 'no-value';
  if (breaksBetween(versions, targetOf, meant[last]!.total!).length > 0) return 'not-comparable';
  const isMet =
    'atMost' in target ? compareDecimals(value, target.atMost) <= 0 : compareDecimals(value, target.atLeast) >= 0;
  return isMet ? 'met' : 'not-met';
}

/** The last day of the month so many months after the one that a day ends. */
function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10);
}
