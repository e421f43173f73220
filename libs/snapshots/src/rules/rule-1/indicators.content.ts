import { compareDecimals, subtractDecimals, swedishSortKey } from '#kernel';
import type {
  CellContent,
  Columns,
  IndicatorContent,
  PeriodContent,
  TargetContent,
  ValueCorrection,
} from '../../format/snapshot.js';
import { byText } from './fact.js';
import type { Fact, FactOf } from './fact.js';
import type { Frame } from './frame.js';
import type { IndicatorStory } from './log.js';

/** The plan's indicators by name, with what is known of them. */
export function indicatorsOf(frame: Frame): IndicatorContent[] {
  return [...frame.log.indicators.values()]
    .filter(({ defined }) => defined.data.planId === frame.planId)
    .map((story) => indicatorContent(story, frame))
    .sort(
      byText(
        ({ name }) => swedishSortKey(name),
        ({ indicatorId }) => indicatorId,
      ),
    );
}

function indicatorContent(story: IndicatorStory, frame: Frame): IndicatorContent {
  const { names } = frame;
  const inTime = (fact: Fact): boolean => fact.effectiveOn <= frame.valuesUpTo;
  const { indicatorId, key } = story.defined.data;
  // A definition, a target and a retirement are data of the plan; a value speaks of the day on which it became known.
  const definition = (story.redefined.findLast(inTime) ?? story.defined).data;
  const { comparison, direction, itemIds, measure, name, ownerId, source, splitBySex } = definition;
  const told = story.targets.findLast(inTime)?.data;
  const target = told && { ...told.target, comment: told.comment };
  const series = seriesOf(story, frame, inTime);
  const retired = story.retired && inTime(story.retired) ? story.retired : undefined;
  return {
    indicatorId,
    key,
    name,
    owner: names.body(ownerId),
    measure,
    direction,
    source,
    splitBySex,
    comparison,
    items: itemIds.map((itemId) => names.itemRef(itemId)),
    target,
    targetMet: target && meets(target, series),
    retired: retired && { on: retired.effectiveOn, reason: retired.data.reason },
    series: series.map((entry, index) => ({ ...entry, movement: movementOf(series, index, direction) })),
  };
}

type Entry = Omit<PeriodContent, 'movement'> & { readonly recordedAt: string };

function seriesOf({ corrections, values }: IndicatorStory, frame: Frame, inTime: (fact: Fact) => boolean): Entry[] {
  return values
    .filter(inTime)
    .map((recorded) => {
      const { period } = recorded.data;
      const own = corrections.filter((correction) => correction.data.period === period && inTime(correction));
      return entryOf(recorded, own, frame);
    })
    .sort(
      byText(
        ({ period }) => period,
        ({ recordedAt }) => recordedAt,
      ),
    );
}

function entryOf(
  recorded: FactOf<'IndicatorValueRecorded'>,
  corrections: readonly FactOf<'IndicatorValueCorrected'>[],
  { isLate, names }: Frame,
): Entry {
  let columns = columnsOf(recorded.data);
  const told = corrections.map((correction): ValueCorrection => {
    const after = columnsOf(correction.data);
    const before = {
      total: after.total && columns.total,
      women: after.women && columns.women,
      men: after.men && columns.men,
    };
    columns = {
      total: after.total ?? columns.total,
      women: after.women ?? columns.women,
      men: after.men ?? columns.men,
    };
    const { actor, data, effectiveOn, recordedAt } = correction;
    return {
      before,
      after,
      reason: data.reason,
      by: names.by(actor),
      effectiveOn,
      recordedAt,
      late: isLate(correction),
    };
  });
  return {
    period: recorded.data.period,
    ...columns,
    recordedAt: recorded.recordedAt,
    late: isLate(corrections.at(-1) ?? recorded),
    difference: differenceOf(columns),
    corrections: told,
  };
}

const columnsOf = ({
  men,
  total,
  women,
}: FactOf<'IndicatorValueRecorded'>['data'] | FactOf<'IndicatorValueCorrected'>['data']): Columns => ({
  total,
  women,
  men,
});

const valueOf = (cell: CellContent | undefined): string | undefined =>
  cell && 'value' in cell ? cell.value : undefined;

function differenceOf({ men, women }: Columns): string | undefined {
  const [ours, theirs] = [valueOf(women), valueOf(men)];
  return ours === undefined || theirs === undefined ? undefined : subtractDecimals(ours, theirs);
}

/** `maintain` wants no movement, so that any is just a change. */
function movementOf(
  series: readonly Columns[],
  index: number,
  direction: IndicatorContent['direction'],
): PeriodContent['movement'] {
  const now = valueOf(series[index]?.total);
  const before = valueOf(series.slice(0, index).findLast(({ total }) => valueOf(total) !== undefined)?.total);
  if (now === undefined || before === undefined) return 'unknown';
  const change = compareDecimals(now, before);
  if (change === 0) return 'unchanged';
  if (direction === 'maintain') return 'changed';
  return change > 0 === (direction === 'increase') ? 'towards' : 'away';
}

/** Whether the newest total meets a threshold; undefined for a direction, or where there is no value. */
function meets(target: TargetContent, series: readonly Columns[]): boolean | undefined {
  const newest = valueOf(series.findLast(({ total }) => valueOf(total) !== undefined)?.total);
  if (newest === undefined || 'direction' in target) return undefined;
  return 'atMost' in target
    ? compareDecimals(newest, target.atMost) <= 0
    : compareDecimals(newest, target.atLeast) >= 0;
}
