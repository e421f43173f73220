import { AnyTextField, ChoiceField, IdField, IntegerField, ObjectField, ObjectsField } from '#http-api';
import type { Page, PagePart } from '#http-api';
import { compareSwedish } from '#kernel';
import { BodyName, labelBy, LevelView, levelView, ScaleVersion } from '#planning';
import type { Capacity, LevelOfBody } from '#planning';
import { agreementOf, agreements, agreementWith } from './agreement.js';
import type { Agreement } from './agreement.js';
import type { DifferingCounts, DifferingItem } from './differing.js';
import type { Differences } from './differing.reader.js';

export const differing = ['differs', 'not-comparable'] as const satisfies readonly Agreement[];

class DifferingCountsView implements DifferingCounts {
  @IntegerField({ min: 0, example: 65, description: 'Items that the round assesses: all of those below together' })
  items!: number;
  @IntegerField({ min: 0, example: 40, description: 'Those that no body, or a single one, has judged in it' })
  judgedByOneAtMost!: number;
  @IntegerField({ min: 0, example: 20, description: 'Those that all who judge them give the same level' })
  same!: number;
  @IntegerField({
    min: 0,
    example: 4,
    description: 'Those that bodies give different levels of one version of a scale',
  })
  differing!: number;
  @IntegerField({
    min: 0,
    example: 1,
    description: 'Those of which no comparable levels differ, and some are of other versions of a scale',
  })
  notComparable!: number;
}

class GivenLevelView {
  @ObjectField(() => BodyName, { description: 'Whose judgement it is' })
  body!: BodyName;
  @ChoiceField({ of: ['owner', 'contribution'], description: "The plan owner's is the status" })
  capacity!: Capacity;
  @ObjectField(() => LevelView, { description: 'The level, as its newest judgement that stands gives it' })
  level!: LevelView;
  @ObjectField(() => ScaleVersion, { description: 'The version of the scale that the level is of' })
  scale!: ScaleVersion;
  @ChoiceField({
    of: agreements,
    description: "Against the owner's judgement; left out of that, and where the owner has made none",
    optional: true,
  })
  withOwner?: Agreement;
  @ChoiceField({
    of: agreements,
    description: 'Against those of all other bodies but the owner together; left out where there are none',
    optional: true,
  })
  withOthers?: Agreement;
}

class DifferingItemView {
  @IdField({ description: 'The item' })
  itemId!: string;
  @AnyTextField({ example: 'Uppdrag 7', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @ChoiceField({ of: differing, description: 'Whether levels differ, or are only of other versions of a scale' })
  agreement!: (typeof differing)[number];
  @ObjectsField(() => GivenLevelView, { description: "What each body says, the owner's first, then by name" })
  levels!: GivenLevelView[];
}

export class DifferencesView implements Page<DifferingItemView> {
  @IdField({ description: 'The round' })
  roundId!: string;
  @IdField({ description: 'The plan' })
  planId!: string;
  @AnyTextField({ example: 'Delårsuppföljning april 2025', description: 'The name of the round' })
  label!: string;
  @ObjectField(() => DifferingCountsView, { description: 'The whole round, whichever items are told' })
  counts!: DifferingCountsView;
  @ObjectsField(() => DifferingItemView, { description: 'The items, by kind, number and title' })
  items!: DifferingItemView[];
  @IntegerField({ min: 0, example: 5, description: 'How many there are in all' })
  total!: number;
  @IntegerField({ min: 0, example: 20, description: 'At most so many are told' })
  limit!: number;
  @IntegerField({ min: 0, example: 0, description: 'After so many' })
  offset!: number;
}

/** What a reader is shown of the differences in a round. */
export function differencesView(found: Differences, { limit, offset }: PagePart): DifferencesView {
  const { counts, items, round, total } = found;
  const { _id: roundId, label, planId } = round;
  return { roundId, planId, label, counts, items: items.map((one) => itemView(one, found)), total, limit, offset };
}

function itemView({ agreement, item, levels }: DifferingItem, { names, plan }: Differences): DifferingItemView {
  const owner = levels.find(({ bodyId }) => bodyId === plan.owner.bodyId);
  const others = levels.filter((one) => one !== owner);
  const view = (one: LevelOfBody, agreed: Pick<GivenLevelView, 'withOwner' | 'withOthers'>): GivenLevelView => ({
    body: names.body(one.bodyId),
    capacity: one === owner ? 'owner' : 'contribution',
    level: levelView(one, names),
    scale: one.scale,
    ...agreed,
  });
  const withOthers = (one: LevelOfBody) => {
    const agreed = agreementWith(
      one,
      others.filter((other) => other !== one),
    );
    return agreed && { withOthers: agreed };
  };
  const contributions = others
    .map((one) => view(one, { ...(owner && { withOwner: agreementOf(one, owner) }), ...withOthers(one) }))
    .sort((one, other) => compareSwedish(one.body.name, other.body.name));
  return {
    itemId: item._id,
    label: labelBy(item, plan),
    title: item.title,
    agreement,
    levels: [...(owner ? [view(owner, withOthers(owner) ?? {})] : []), ...contributions],
  };
}
