import { addTo, compareSwedish } from '#kernel';
import { isOnHold, isSameScale, labelOf, ScaleVersion } from '#planning';
import type { CountedItem, PlanDocument } from '#planning';
import { AnyTextField, CodeField, IdField, IntegerField, ObjectField, ObjectsField } from '#http-api';
import type { Directory } from '../directory.js';

class LevelCount {
  @CodeField({ example: 'delayed', description: 'The level as data' })
  code!: string;
  @AnyTextField({
    example: 'Gul',
    description: 'The level as a reader sees it, with its version where that is another',
  })
  label!: string;
  @IntegerField({ min: 0, example: 3, description: 'How many items have it' })
  count!: number;
  @ObjectField(() => ScaleVersion, {
    description: 'The version that it is of, where that is not the one that the plan is assessed on',
    optional: true,
  })
  scale?: ScaleVersion;
}

export class Counts {
  @IntegerField({
    min: 0,
    example: 22,
    description:
      'How many items there are: those of each level, notAssessed, onHoldNotAssessed and discontinued together',
  })
  items!: number;
  @IntegerField({
    min: 0,
    example: 2,
    description: 'How many of those in force or completed are not assessed, though they are not on hold',
  })
  notAssessed!: number;
  @IntegerField({ min: 0, example: 1, description: 'How many were completed' })
  completed!: number;
  @IntegerField({ min: 0, example: 1, description: 'How many are on hold' })
  onHold!: number;
  @IntegerField({ min: 0, example: 1, description: 'How many of those on hold are not assessed' })
  onHoldNotAssessed!: number;
  @IntegerField({ min: 0, example: 1, description: 'How many were discontinued: they are in no other count' })
  discontinued!: number;
  @ObjectsField(() => LevelCount, {
    description:
      'How many have each level, best first: those of the version of the scale that the plan is assessed on, then those of others that items were judged on',
  })
  levels!: LevelCount[];
}

class NamedCounts extends Counts {
  @AnyTextField({ example: 'uppdrag', description: 'What is counted: the code of a kind, or an id' })
  id!: string;
  @AnyTextField({ example: 'Uppdrag', description: 'What it is called' })
  label!: string;
}

class NotAssessedItem {
  @IdField({ description: 'The item' })
  id!: string;
  @AnyTextField({ example: 'Uppdrag 7', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
}

export class PlanOverview {
  @IdField({ description: 'The plan' })
  planId!: string;
  @AnyTextField({ example: 'Verksamhetsplan och budget 2025', description: 'Its title' })
  title!: string;
  @ObjectField(() => Counts, { description: 'All items' })
  all!: Counts;
  @ObjectsField(() => NamedCounts, { description: 'By kind' })
  byKind!: NamedCounts[];
  @ObjectsField(() => NamedCounts, { description: 'By topmost item (fokusmål): it and all that lies under it' })
  byTopItem!: NamedCounts[];
  @ObjectsField(() => NamedCounts, { description: 'By body that is concerned or responsible' })
  byBody!: NamedCounts[];
  @ObjectsField(() => NotAssessedItem, { description: 'What is not assessed' })
  notAssessedItems!: NotAssessedItem[];
}

/** How a plan stands, counted. The same count serves documents and replays. */
export function overviewOf(plan: PlanDocument, items: readonly CountedItem[], directory: Directory): PlanOverview {
  const byId = new Map(items.map((item) => [item._id, item]));
  const rows = levelRowsOf(items, plan, directory);
  const count = (counted: readonly CountedItem[]) => countsOf(counted, rows, { directory, plan });
  const named = (id: string, label: string, counted: readonly CountedItem[]) => ({ id, label, ...count(counted) });
  const tops = items.filter(({ parents }) => parents.value.length === 0);
  const under = groupBy(items, (item) => topsOf(item, byId));
  const bodies = groupBy(items, (item) => bodiesOf(item, directory));
  return {
    planId: plan._id,
    title: plan.title,
    all: count(items),
    byKind: [...plan.kinds]
      .sort((left, right) => left.order - right.order)
      .map(({ code, plural }) =>
        named(
          code,
          plural,
          items.filter(({ kind }) => kind === code),
        ),
      ),
    byTopItem: tops.map((top) => named(top._id, `${labelOf(top, plan)}: ${top.title.value}`, under.get(top._id) ?? [])),
    byBody: [...bodies]
      .map(([id, counted]) => named(id, directory.body(id).name, counted))
      .sort((left, right) => compareSwedish(left.label, right.label)),
    notAssessedItems: items
      .filter((item) => awaitsAssessment(item, directory.day))
      .map((item) => ({ id: item._id, label: labelOf(item, plan), title: item.title.value })),
  };
}

const isDiscontinued = ({ lifecycle }: CountedItem): boolean => lifecycle.value.state === 'discontinued';
/** An item that rests is not asked after. */
const awaitsAssessment = (item: CountedItem, day: string): boolean =>
  item.level === null && !isDiscontinued(item) && !isOnHold(item, day);

function countsOf(
  items: readonly CountedItem[],
  rows: readonly LevelRow[],
  { directory, plan }: { readonly directory: Directory; readonly plan: PlanDocument },
): Counts {
  const counted = items.filter((item) => !isDiscontinued(item));
  const onHold = counted.filter((item) => isOnHold(item, directory.day));
  return {
    items: items.length,
    notAssessed: counted.filter((item) => awaitsAssessment(item, directory.day)).length,
    completed: counted.filter(({ lifecycle }) => lifecycle.value.state === 'completed').length,
    onHold: onHold.length,
    onHoldNotAssessed: onHold.filter(({ level }) => level === null).length,
    discontinued: items.length - counted.length,
    levels: rows.map(({ code, scale, ...row }) => {
      const of = (scale ?? plan.scale)!;
      const isOfIt = (item: CountedItem) => item.level === code && hasLevel(item) && isSameScale(item.scale, of);
      return { code, ...row, ...(scale && { scale }), count: counted.filter(isOfIt).length };
    }),
  };
}

type Scale = NonNullable<PlanDocument['scale']>;
type LevelRow = Omit<LevelCount, 'count'>;

/** What items are counted in, so that each with a level is in one row: a code means what the version says that it is of. */
function levelRowsOf(items: readonly CountedItem[], plan: PlanDocument, directory: Directory): LevelRow[] {
  const judged = items.filter((item) => !isDiscontinued(item)).filter(hasLevel);
  const used = new Map(judged.map(({ scale }) => [`${scale.scaleId} ${scale.version}`, scale]));
  const others = [...used.values()].filter((scale) => !plan.scale || !isSameScale(scale, plan.scale)).sort(newestFirst);
  return [...(plan.scale ? [plan.scale] : []), ...others].flatMap((scale) => {
    const given = new Set(judged.filter((item) => isSameScale(item.scale, scale)).map(({ level }) => level));
    const levels = directory.levels(scale);
    // A level that its version does not tell of was given all the same.
    const untold = [...given].filter((code) => levels.every((level) => level.code !== code)).sort();
    const rows = [...levels, ...untold.map((code) => ({ code, label: code }))];
    if (scale === plan.scale) return rows.map(({ code, label }) => ({ code, label }));
    const told = rows.filter(({ code }) => given.has(code));
    return told.map(({ code, label }) => ({ code, label: onOtherScale(label, scale, plan), scale }));
  });
}

const hasLevel = (item: CountedItem): item is CountedItem & { readonly level: string; readonly scale: Scale } =>
  item.level !== null && item.scale !== null;

/** `Gul enligt skala version 1`. */
const onOtherScale = (label: string, { scaleId, version }: Scale, plan: PlanDocument): string =>
  `${label} enligt ${scaleId === plan.scale?.scaleId ? '' : 'annan '}skala version ${version}`;

const newestFirst = (one: Scale, other: Scale): number =>
  other.version - one.version || (one.scaleId < other.scaleId ? -1 : 1);

/** The topmost items over an item; itself where it lies under nothing. */
function topsOf(item: CountedItem, byId: ReadonlyMap<string, CountedItem>): Set<string> {
  const tops = new Set<string>();
  const seen = new Set<string>();
  for (const next = [item]; next.length > 0;) {
    const one = next.pop()!;
    if (seen.has(one._id)) continue;
    seen.add(one._id);
    const parents = one.parents.value.flatMap((id) => byId.get(id) ?? []);
    if (parents.length === 0) tops.add(one._id);
    next.push(...parents);
  }
  return tops;
}

function bodiesOf({ concerned, responsible }: CountedItem, directory: Directory): Set<string> {
  const { value } = concerned;
  const named =
    value === null ? [] : 'groupId' in value ? directory.members(value.groupId).map(({ id }) => id) : value.bodies;
  return new Set([...named, ...responsible.value]);
}

function groupBy(
  items: readonly CountedItem[],
  keysOf: (item: CountedItem) => Set<string>,
): Map<string, CountedItem[]> {
  const groups = new Map<string, CountedItem[]>();
  for (const item of items) {
    for (const key of keysOf(item)) addTo(groups, key, item);
  }
  return groups;
}
