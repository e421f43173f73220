import { ApiProperty } from '@nestjs/swagger';
import { FormalDecisionRequest } from '#http-api';
import type { Lacking } from '../../missing-list.js';
import type { IssueDocument, ReportedBody, RoundDocument } from './round-directory.projection.js';
import type { LackingInRound } from './round-directory.reader.js';

const statuses = ['planned', 'open', 'frozen', 'decided'] as const;

class ScheduleView {
  @ApiProperty({ format: 'date', required: false, example: '2025-04-01', description: 'It opens by itself' })
  opensOn?: string;
  @ApiProperty({ type: [String], example: ['2025-04-20'], description: 'Bodies are reminded by themselves' })
  remindsOn!: readonly string[];
  @ApiProperty({ format: 'date', required: false, example: '2025-05-01', description: 'It is frozen by itself' })
  freezesOn?: string;
}

export class ReadyView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  bodyId!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was said' })
  at!: string;
  @ApiProperty({ example: 'reporter', description: 'The role of who said it' })
  role!: string;
  @ApiProperty({ required: false, example: 'Två åtgärder väntar på underlag.', description: 'What the body adds' })
  comment?: string;
}

class LackingView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  bodyId!: string;
  @ApiProperty({ type: [String], description: 'The items that it had not assessed' })
  itemIds!: readonly string[];
}

class ReminderView {
  @ApiProperty({ format: 'uuid', description: 'The event that tells of it' })
  eventId!: string;
  @ApiProperty({ format: 'date-time', description: 'When bodies were reminded' })
  at!: string;
  @ApiProperty({ type: [LackingView], description: 'Whom, and of what' })
  missing!: readonly Lacking[];
}

class FreezeView {
  @ApiProperty({ format: 'date-time', description: 'When it was frozen' })
  at!: string;
  @ApiProperty({
    example: '00000000000000000412',
    description: 'Where in the log: what was recorded after it came too late for the first issue',
  })
  position!: string;
  @ApiProperty({ type: [LackingView], description: 'The bodies that were not ready, and what they lacked' })
  missing!: readonly Lacking[];
  @ApiProperty({ required: false, example: 'Nämnden sammanträder i morgon', description: 'Why all the same' })
  override?: string;
}

class SnapshotReference {
  @ApiProperty({ format: 'uuid', description: 'The snapshot' })
  snapshotId!: string;
  @ApiProperty({ example: '9f86d0…', description: 'SHA-256 of its canonical JSON' })
  sha256!: string;
  @ApiProperty({ type: 'integer', example: 52_110, description: 'The length of its canonical JSON in bytes' })
  bytes!: number;
  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  at!: string;
}

class IssueView {
  @ApiProperty({ type: 'integer', example: 1, description: 'Its number, counted from 1' })
  issue!: number;
  @ApiProperty({ type: 'integer', example: 1, description: 'The version of the rule that it follows' })
  rule!: number;
  @ApiProperty({ format: 'date-time', description: 'When it was asked for' })
  at!: string;
  @ApiProperty({ example: '00000000000000000412', description: 'What was recorded up to here is in it' })
  position!: string;
  @ApiProperty({ type: 'integer', required: false, example: 1, description: 'The issue that it replaces' })
  replaces?: number;
  @ApiProperty({ required: false, example: 'Rättad bedömning', description: 'Why there is a new issue' })
  reason?: string;
  @ApiProperty({ required: false, type: SnapshotReference, description: 'The snapshot, once it has been made' })
  snapshot?: SnapshotReference;
  @ApiProperty({ required: false, type: FormalDecisionRequest, description: 'The formal decision on it' })
  decision?: FormalDecisionRequest;
}

export class RoundView {
  @ApiProperty({ format: 'uuid', description: 'The round' })
  id!: string;
  @ApiProperty({ required: false, example: 'april-2025', description: 'How files name it' })
  key?: string;
  @ApiProperty({ format: 'uuid', description: 'The plan that is followed up' })
  planId!: string;
  @ApiProperty({ example: 'april', description: 'What sort of round it is' })
  kind!: string;
  @ApiProperty({ example: 'Delårsuppföljning april 2025', description: 'Its name' })
  label!: string;
  @ApiProperty({ type: 'integer', example: 2025, description: 'The year that is followed up' })
  year!: number;
  @ApiProperty({ format: 'date', example: '2025-03-31', description: 'The day that it speaks of' })
  referenceDate!: string;
  @ApiProperty({ format: 'date', example: '2025-04-30', description: 'The last day for assessments' })
  deadline!: string;
  @ApiProperty({ type: [String], example: ['uppdrag', 'atgard'], description: 'The kinds of item that are assessed' })
  scope!: readonly string[];
  @ApiProperty({ enum: statuses, example: 'open', description: 'How far it has come' })
  status!: (typeof statuses)[number];
  @ApiProperty({ required: false, type: ScheduleView, description: 'What happens by itself' })
  schedule?: ScheduleView;
  @ApiProperty({ type: [ReadyView], description: 'The bodies that are ready' })
  ready!: readonly ReportedBody[];
  @ApiProperty({ type: [ReminderView], description: 'When bodies were reminded' })
  reminders!: readonly ReminderView[];
  @ApiProperty({ required: false, type: FreezeView, description: 'The freeze' })
  frozen?: FreezeView;
  @ApiProperty({ type: [IssueView], description: 'The issues of its snapshot, oldest first' })
  issues!: readonly IssueDocument[];
  @ApiProperty({ type: 'integer', example: 3, description: 'The revision of its stream' })
  revision!: number;
}

export class RoundDetail extends RoundView {
  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'The round of the plan before it, by the day they speak of',
  })
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
