import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  CodeField,
  DayField,
  FormalDecisionFields,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  ProvenanceView,
  ValueField,
  ValuesField,
} from '#http-api';
import { kind } from '#kernel';
import type { Lacking } from '../../missing-list.js';
import type { Schedule } from '../../round.js';
import type {
  AmendmentDocument,
  Amended,
  ExtensionDocument,
  IssueDocument,
  ReportedBody,
  RoundDocument,
} from './round-directory.projection.js';
import type { LackingInRound } from './round-directory.reader.js';

export const statuses = ['planned', 'open', 'frozen', 'decided', 'cancelled'] as const;

class ScheduleView {
  @DayField({ example: '2025-04-01', description: 'It opens by itself', optional: true })
  opensOn?: string;
  @ValuesField(kind.day, { example: ['2025-04-20'], description: 'Bodies are reminded by themselves' })
  remindsOn!: readonly string[];
  @DayField({ example: '2025-05-01', description: 'It is frozen by itself', optional: true })
  freezesOn?: string;
}

export class ReadyView {
  @IdField({ description: 'The body' })
  bodyId!: string;
  @InstantField({ description: 'When it was said' })
  at!: string;
  @AnyTextField({ example: 'reporter', description: 'The role of who said it' })
  role!: string;
  @AnyTextField({ example: 'Två åtgärder väntar på underlag.', description: 'What the body adds', optional: true })
  comment?: string;
}

class LackingView {
  @IdField({ description: 'The body' })
  bodyId!: string;
  @ValuesField(kind.id, { description: 'The items that it had not assessed' })
  itemIds!: readonly string[];
}

class ReminderView {
  @IdField({ description: 'The event that tells of it' })
  eventId!: string;
  @InstantField({ description: 'When bodies were reminded' })
  at!: string;
  @ObjectsField(() => LackingView, { description: 'Whom, and of what' })
  missing!: readonly Lacking[];
}

class ExtensionView implements ExtensionDocument {
  @IdField({ description: 'The body' })
  bodyId!: string;
  @DayField({ example: '2025-05-07', description: 'The last day for its assessments' })
  deadline!: string;
  @InstantField({ description: 'When it was given' })
  at!: string;
  @AnyTextField({ example: 'Nämnden sammanträder först i maj', description: 'Why' })
  reason!: string;
}

class AmendedView implements Amended {
  @AnyTextField({ example: 'Delårsuppföljning april 2025', description: 'The name', optional: true })
  label?: string;
  @DayField({ example: '2025-03-31', description: 'The day that it speaks of', optional: true })
  referenceDate?: string;
  @DayField({ example: '2025-04-30', description: 'The last day for assessments', optional: true })
  deadline?: string;
  @ValuesField(kind.code, { example: ['uppdrag'], description: 'The kinds of item that are assessed', optional: true })
  scope?: string[];
  @BooleanField({
    example: false,
    description: 'Whether bodies contribute also to items that do not concern them',
    optional: true,
  })
  othersMayContribute?: boolean;
  @ObjectField(() => ScheduleView, { description: 'What happens by itself', optional: true })
  schedule?: Schedule;
}

class AmendmentView implements AmendmentDocument {
  @InstantField({ description: 'When it was recorded' })
  at!: string;
  @AnyTextField({ example: 'Nämnderna sammanträder en vecka senare', description: 'Why' })
  reason!: string;
  @ObjectField(() => AmendedView, { description: 'What was changed, as it was before' })
  before!: Amended;
  @ObjectField(() => AmendedView, { description: 'What was changed, as it was then' })
  after!: Amended;
}

class CancellationView {
  @InstantField({ description: 'When it was cancelled' })
  at!: string;
  @AnyTextField({ example: 'Öppnad med fel dag', description: 'Why' })
  reason!: string;
}

class FreezeView {
  @InstantField({ description: 'When it was frozen' })
  at!: string;
  @ValueField(kind.position, {
    example: '00000000000000000412',
    description: 'Where in the log: what was recorded after it came too late for the first issue',
  })
  position!: string;
  @ObjectsField(() => LackingView, { description: 'The bodies that were not ready, and what they lacked' })
  missing!: readonly Lacking[];
  @AnyTextField({ example: 'Nämnden sammanträder i morgon', description: 'Why all the same', optional: true })
  override?: string;
}

class SnapshotReference {
  @IdField({ description: 'The snapshot' })
  snapshotId!: string;
  @ValueField(kind.sha256, { description: 'SHA-256 of its canonical JSON' })
  sha256!: string;
  @IntegerField({ min: 0, example: 52_110, description: 'The length of its canonical JSON in bytes' })
  bytes!: number;
  @InstantField({ description: 'When it was recorded' })
  at!: string;
}

class IssueView {
  @IntegerField({ min: 1, example: 1, description: 'Its number, counted from 1' })
  issue!: number;
  @IntegerField({ min: 1, example: 1, description: 'The version of the rule that it follows' })
  rule!: number;
  @InstantField({ description: 'When it was asked for' })
  at!: string;
  @ValueField(kind.position, { example: '00000000000000000412', description: 'What was recorded up to here is in it' })
  position!: string;
  @IntegerField({ min: 1, example: 1, description: 'The issue that it replaces', optional: true })
  replaces?: number;
  @AnyTextField({ example: 'Rättad bedömning', description: 'Why there is a new issue', optional: true })
  reason?: string;
  @ObjectField(() => SnapshotReference, { description: 'The snapshot, once it has been made', optional: true })
  snapshot?: SnapshotReference;
  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision on it', optional: true })
  decision?: FormalDecisionFields;
  @IdField({ description: 'The event that it was recorded with, by which it is corrected', optional: true })
  decidedBy?: string;
  @BooleanField({ description: 'That it was recorded otherwise, as the answer about it tells', optional: true })
  decisionCorrected?: boolean;
}

export class RoundView extends ProvenanceView {
  @IdField({ description: 'The round' })
  id!: string;
  @CodeField({ example: 'april-2025', description: 'How files name it', optional: true })
  key?: string;
  @IdField({ description: 'The plan that is followed up' })
  planId!: string;
  @CodeField({ example: 'april', description: 'What sort of round it is' })
  kind!: string;
  @AnyTextField({ example: 'Delårsuppföljning april 2025', description: 'Its name' })
  label!: string;
  @IntegerField({ min: 0, example: 2025, description: 'The year that is followed up' })
  year!: number;
  @DayField({ example: '2025-03-31', description: 'The day that it speaks of' })
  referenceDate!: string;
  @DayField({ example: '2025-04-30', description: 'The last day for assessments' })
  deadline!: string;
  @ValuesField(kind.code, { example: ['uppdrag', 'atgard'], description: 'The kinds of item that are assessed' })
  scope!: readonly string[];
  @BooleanField({
    example: false,
    description: 'Whether bodies contribute also to items that do not concern them',
  })
  othersMayContribute!: boolean;
  @ChoiceField({ of: statuses, example: 'open', description: 'How far it has come' })
  status!: (typeof statuses)[number];
  @ObjectField(() => ScheduleView, { description: 'What happens by itself', optional: true })
  schedule?: ScheduleView;
  @ObjectsField(() => ExtensionView, { description: 'The bodies that have longer than the others', optional: true })
  extensions?: readonly ExtensionDocument[];
  @ObjectsField(() => AmendmentView, { description: 'What was changed in it, oldest first', optional: true })
  amendments?: readonly AmendmentDocument[];
  @ObjectField(() => CancellationView, { description: 'That it was cancelled', optional: true })
  cancelled?: CancellationView;
  @ObjectsField(() => ReadyView, {
    description: 'The bodies that have said that they are ready; the coverage tells which of them lack assessments',
  })
  ready!: readonly ReportedBody[];
  @ObjectsField(() => ReminderView, { description: 'When bodies were reminded' })
  reminders!: readonly ReminderView[];
  @ObjectField(() => FreezeView, { description: 'The freeze', optional: true })
  frozen?: FreezeView;
  @ObjectsField(() => IssueView, { description: 'The issues of its snapshot, oldest first' })
  issues!: readonly IssueDocument[];
  @IntegerField({ min: 0, example: 3, description: 'The revision of its stream' })
  revision!: number;
}

export class RoundDetail extends RoundView {
  @IdField({ description: 'The round of the plan before it, by the day they speak of', optional: true })
  previousRoundId?: string;
}

const nothing: LackingInRound = { reminders: [], freeze: [] };

/** What a reader is shown of a round. */
export const roundView = (
  { _id, frozen, remindedAt: _remindedAt, tenant: _tenant, ...round }: RoundDocument,
  { freeze, reminders }: LackingInRound = nothing,
): RoundView => ({
  id: _id,
  ...round,
  reminders,
  ...(frozen && { frozen: { ...frozen, missing: freeze } }),
});
