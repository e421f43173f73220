import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  ObjectField,
  ObjectsField,
  PageOf,
} from '#http-api';
import { calledInWords, LinkView, succeededInWords } from '#planning';
import type { CalledItem, ItemLink, StandingItem } from '#planning';
import type { Directory } from '#reading';
import { HistoryEntryView } from '../item-history/history-entry.view.js';

const states = ['active', 'retained', 'completed', 'discontinued'] as const;

/** One of the items that a timeline is of. */
export class TimelineItemView {
  @IdField({ description: 'The item' })
  id!: string;
  @AnyTextField({ example: 'Åtgärd 41', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @IdField({ description: 'Its plan', optional: true })
  planId?: string;
  @AnyTextField({ example: 'Verksamhetsplan 2024', description: 'The title of its plan', optional: true })
  plan?: string;
  @ChoiceField({
    of: states,
    example: 'active',
    description: 'Whether it is in force; left out where it is not there at that moment',
    optional: true,
  })
  lifecycle?: (typeof states)[number];
  @AnyTextField({
    example: 'Gul',
    description: 'Its status in words; left out where it is not there at that moment',
    optional: true,
  })
  statusLabel?: string;
}

/** A link between two of these items. */
export class TimelineLinkView extends LinkView {
  @IdField({ description: 'The older item' })
  from!: string;
  @IdField({ description: 'The newer item' })
  to!: string;
  @AnyTextField({
    example: 'Åtgärd 41 i Verksamhetsplan 2024. Omformulerades till Åtgärd 20 ”Fler i arbete” i Verksamhetsplan 2025',
    description: 'The link in words',
  })
  words!: string;
}

export class TimelineEntryView extends HistoryEntryView {
  @ObjectField(() => TimelineItemView, { description: 'What it happened to' })
  item!: TimelineItemView;
}

export class TimelinePage extends PageOf(TimelineEntryView, 'The events, in the order of the record') {
  @ObjectsField(() => TimelineItemView, {
    description: 'The items that it is of: the one that was asked for first, then what is nearest',
  })
  lineage!: TimelineItemView[];
  @ObjectsField(() => TimelineLinkView, { description: 'What succeeded what among them, in the order of the record' })
  links!: TimelineLinkView[];
  @BooleanField({
    example: true,
    description: 'Whether these are all: beyond a hundred items, the farthest are left out',
  })
  isWhole!: boolean;
  @DayField({ description: 'The day up to which what it speaks of counts. Left out, all does', optional: true })
  asOf?: string;
  @InstantField({ description: 'The instant up to which what was recorded counts. Left out, all does', optional: true })
  knownAt?: string;
  @DayField({ description: 'The day up to which what was said counts. Left out, all does', optional: true })
  saidBy?: string;
}

/** @param standing as it stood at the moment; undefined where it was not there */
export function timelineItem(
  id: string,
  called: CalledItem | undefined,
  standing: StandingItem | undefined,
  directory: Directory,
): TimelineItemView {
  const { label = id, plan, planId, title = id } = called ?? {};
  const newest = standing?.status?.newest;
  return {
    ...{ id, label, title },
    ...(planId !== undefined && { planId }),
    ...(plan !== undefined && { plan }),
    ...(standing && {
      lifecycle: standing.lifecycle.value.state,
      statusLabel: newest ? directory.levelLabel(newest.level, newest.scale) : 'Inte bedömd',
    }),
  };
}

export function timelineLink(link: ItemLink, called: ReadonlyMap<string, CalledItem>): TimelineLinkView {
  const { comment, effectiveOn: on, from, inferred, kind, printedLabel, to } = link;
  const [older, newer] = [called.get(from), called.get(to)];
  const words = succeededInWords(link, newer ? calledInWords(newer) : to);
  return {
    ...{ from, to, kind, inferred, on },
    ...(comment !== undefined && { comment }),
    ...(printedLabel !== undefined && { printedLabel }),
    words: `${older ? `${older.label} i ${older.plan}` : from}. ${words}`,
  };
}
