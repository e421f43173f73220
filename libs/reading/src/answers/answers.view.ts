import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  DayField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  OfMoment,
  PageOf,
} from '#http-api';
import { answersInWords, BodyName, calledInWords, LevelView, levelView } from '#planning';
import type { AnswerLink, CalledItem, PlanDocument, StandingItem } from '#planning';
import type { Directory } from '../directory.js';

const lifecycles = ['active', 'retained', 'completed', 'discontinued'] as const;

/** An item of another plan that an item answers. */
export class AnsweredView {
  @IdField({ description: 'The item that is answered' })
  itemId!: string;
  @IdField({ description: 'Its plan' })
  planId!: string;
  @AnyTextField({ example: 'Mål och budget 2025', description: 'The title of that plan' })
  plan!: string;
  @AnyTextField({ example: 'Uppdrag 34', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: '34', description: 'Its number, where it has one', optional: true })
  number?: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @BooleanField({ example: false, description: 'Whether the link is a reading, not stated by a document' })
  inferred!: boolean;
  @AnyTextField({ description: 'A remark', optional: true })
  comment?: string;
  @DayField({ description: 'The day that the link speaks of' })
  on!: string;
  @AnyTextField({
    example: 'Svarar mot Uppdrag 34 ”Fler i arbete” i Mål och budget 2025',
    description: 'The link in words',
  })
  words!: string;
}

class AnsweringView {
  @IdField({ description: 'The item that answers' })
  itemId!: string;
  @IdField({ description: 'Its plan' })
  planId!: string;
  @AnyTextField({ example: 'Verksamhetsplan 2025', description: 'The title of that plan' })
  plan!: string;
  @ObjectField(() => BodyName, { description: 'The body that owns that plan, whose assessment the status is' })
  body!: BodyName;
  @AnyTextField({ example: 'Uppdrag 34', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: '34', description: 'Its number, where it has one', optional: true })
  number?: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @ChoiceField({ of: lifecycles, example: 'active', description: 'Whether it is in force' })
  lifecycle!: (typeof lifecycles)[number];
  @ObjectField(() => LevelView, { description: 'Its status; null: not yet assessed', nullable: true })
  level!: LevelView | null;
  @AnyTextField({ example: 'Gul', description: 'The status in words: the label of its level, or “Inte bedömd”' })
  statusLabel!: string;
  @AnyTextField({ example: 'April 2025', description: 'The round of that assessment', optional: true })
  round?: string;
  @ObjectsField(() => AnsweredView, { description: 'What it answers: the item asked about, or items under it' })
  answers!: readonly AnsweredView[];
}

class StatusCount {
  @AnyTextField({ example: 'Gul', description: 'A status in words' })
  statusLabel!: string;
  @IntegerField({ min: 1, example: 3, description: 'How many items have it' })
  count!: number;
}

class AnsweringBody {
  @ObjectField(() => BodyName, { description: 'The body' })
  body!: BodyName;
  @IntegerField({ min: 1, example: 9, description: 'How many items of its plans answer' })
  items!: number;
  @ObjectsField(() => StatusCount, { description: 'The same by status: they add up' })
  statuses!: readonly StatusCount[];
}

class AnswersPage extends PageOf(AnsweringView, 'The items that answer, by body, plan and number') {
  @ObjectsField(() => AnsweringBody, { description: 'All of them by body' })
  bodies!: readonly AnsweringBody[];
}

export class AnswersAnswer extends OfMoment(AnswersPage) {}

/** An item that answers, with what is needed to tell of it. */
export interface Answering {
  readonly item: StandingItem;
  readonly plan: PlanDocument;
  readonly links: readonly AnswerLink[];
}

type Called = ReadonlyMap<string, CalledItem>;

export function answeredView({ comment, effectiveOn: on, inferred, to, toPlan }: AnswerLink, called: Called) {
  const { label = to, number = null, plan = toPlan, title = to } = called.get(to) ?? {};
  const item = called.get(to);
  return {
    ...{ itemId: to, planId: toPlan, plan, label, title, inferred, on },
    ...(number !== null && { number }),
    ...(comment !== undefined && { comment }),
    words: answersInWords(inferred, item ? calledInWords(item) : to),
  };
}

export function answeringView({ item, links, plan }: Answering, called: Called, directory: Directory): AnsweringView {
  const newest = item.status?.newest;
  const { label = item._id } = called.get(item._id) ?? {};
  const round = newest && directory.round(newest.roundId)?.label;
  const { value: number } = item.number;
  return {
    ...{ itemId: item._id, planId: plan._id, plan: plan.title, body: directory.body(plan.owner.bodyId), label },
    ...(number !== null && { number }),
    title: item.title.value,
    lifecycle: item.lifecycle.value.state,
    level: newest ? levelView(newest, directory) : null,
    statusLabel: newest ? directory.levelLabel(newest.level, newest.scale) : 'Inte bedömd',
    ...(round !== undefined && { round }),
    answers: links.map((link) => answeredView(link, called)),
  };
}

/** How many answer by body, and by status within each, in the order in which they are told. */
export function byBody(views: readonly AnsweringView[]): AnsweringBody[] {
  const bodies = new Map<string, { body: BodyName; statuses: Map<string, number> }>();
  for (const { body, statusLabel } of views) {
    const { statuses } = bodies.get(body.id) ?? { statuses: new Map<string, number>() };
    statuses.set(statusLabel, (statuses.get(statusLabel) ?? 0) + 1);
    bodies.set(body.id, { body, statuses });
  }
  return [...bodies.values()].map(({ body, statuses }) => ({
    body,
    items: views.filter((view) => view.body.id === body.id).length,
    statuses: [...statuses].map(([statusLabel, count]) => ({ statusLabel, count })),
  }));
}
