import { ApiProperty } from '@nestjs/swagger';
import { DamageView } from '#http-api';
import { itemAspects } from './comparison/compare-snapshots.js';
import type {
  BodyChange,
  ComparedSide,
  CountChange,
  IndicatorChange,
  ItemChange,
  SnapshotComparison,
} from './comparison/compare-snapshots.js';
import type { Making } from './jobs/snapshot-making.js';
import type { RoundIssue } from './shelf/issues-of-round.js';
import { verdicts } from './shelf/snapshot-archive.js';
import type { SnapshotVerification } from './shelf/snapshot-archive.js';

const sha256 = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26';

export class SnapshotView {
  @ApiProperty({ format: 'uuid', description: 'The snapshot' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'The round' })
  roundId!: string;
  @ApiProperty({ format: 'uuid', description: 'The plan that is followed up' })
  planId!: string;
  @ApiProperty({ example: 'Delårsuppföljning augusti 2025', description: 'The name of the round' })
  round!: string;
  @ApiProperty({ type: 'integer', example: 1, description: 'Which issue of the round it is' })
  issue!: number;
  @ApiProperty({ type: 'integer', example: 1, description: 'The version of the rule that it is folded by' })
  rule!: number;
  @ApiProperty({ format: 'date-time', description: 'When it was frozen: what came later is not in it' })
  frozenAt!: string;
  @ApiProperty({ type: 'integer', required: false, example: 1, description: 'The issue that it replaces' })
  replaces?: number;
  @ApiProperty({ required: false, example: 'Rättad bedömning av uppdrag 7', description: 'Why there is a new issue' })
  reason?: string;
  @ApiProperty({
    required: false,
    example: 'Kommunstyrelsen lämnar muntligt',
    description: 'Why it was frozen though bodies were not ready',
  })
  override?: string;
  @ApiProperty({ enum: ['made', 'being-made', 'failed'], example: 'made', description: 'Whether it can be read yet' })
  state!: Making['state'];
  @ApiProperty({
    required: false,
    example: 'The event store does not answer',
    description: 'What keeps it from being made; it goes on by itself',
  })
  waitingFor?: string;
  @ApiProperty({
    required: false,
    example: 'The snapshot … is kept with another SHA-256',
    description: 'Why it could not be made; it is tried again within a minute',
  })
  error?: string;
  @ApiProperty({
    required: false,
    example: sha256,
    description: 'SHA-256 of its canonical JSON, as the log recorded it',
  })
  sha256?: string;
  @ApiProperty({ type: 'integer', required: false, example: 412_345, description: 'The length of its canonical JSON' })
  bytes?: number;
  @ApiProperty({ format: 'date-time', required: false, description: 'When it was recorded' })
  recordedAt?: string;
}

export function snapshotView({ boundBy: _, recorded, snapshotId, ...issue }: RoundIssue, making: Making): SnapshotView {
  return {
    id: snapshotId,
    ...issue,
    ...making,
    ...(recorded && { sha256: recorded.sha256, bytes: recorded.bytes, recordedAt: recorded.at }),
  };
}

export class SnapshotVerificationView implements SnapshotVerification {
  @ApiProperty({ format: 'uuid', description: 'The snapshot' })
  snapshotId!: string;
  @ApiProperty({
    enum: verdicts,
    example: 'same',
    description: 'Whether the log, the recorded SHA-256 and the kept bytes agree',
  })
  verdict!: SnapshotVerification['verdict'];
  @ApiProperty({ example: sha256, description: 'SHA-256 of what folding the log gives now' })
  folded!: string;
  @ApiProperty({ required: false, example: sha256, description: 'SHA-256 that the log recorded' })
  recorded?: string;
  @ApiProperty({ required: false, example: sha256, description: 'SHA-256 of the bytes that are kept' })
  kept?: string;
  @ApiProperty({ type: 'integer', example: 50_000, description: 'How many events were read' })
  events!: number;
  @ApiProperty({ type: [DamageView], description: 'The streams that were read and are not whole, at most a hundred' })
  damaged!: DamageView[];
  @ApiProperty({ type: 'integer', example: 0, description: 'How many streams that were read are not whole' })
  damagedStreams!: number;
}

class NamedView {
  @ApiProperty({ example: 'Kommunstyrelsen', description: 'What it is called' })
  name!: string;
}

class ComparedBodyView extends NamedView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  bodyId!: string;
}

class ComparedItemView {
  @ApiProperty({ format: 'uuid', description: 'The item' })
  itemId!: string;
  @ApiProperty({ example: 'Uppdrag 34', description: 'Its kind and number' })
  label!: string;
  @ApiProperty({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
}

class ComparedRoundView {
  @ApiProperty({ format: 'uuid', description: 'The round' })
  roundId!: string;
  @ApiProperty({ example: 'Delårsuppföljning augusti 2025', description: 'Its name' })
  label!: string;
  @ApiProperty({ format: 'date', example: '2025-08-31', description: 'The day that it speaks of' })
  referenceDate!: string;
}

class ComparedSideView implements ComparedSide {
  @ApiProperty({ type: ComparedRoundView, description: 'The round' })
  round!: ComparedRoundView;
  @ApiProperty({ type: 'integer', nullable: true, example: 1, description: 'The issue; null for what is known now' })
  issue!: number | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When it was frozen' })
  frozenAt!: string | null;
}

class ItemChangeView implements ItemChange {
  @ApiProperty({ enum: itemAspects, example: 'level', description: 'What is told otherwise' })
  what!: ItemChange['what'];
  @ApiProperty({ required: false, type: ComparedBodyView, description: 'Whose contribution it is' })
  body?: ComparedBodyView;
  @ApiProperty({ nullable: true, type: String, example: 'Gul', description: 'As reported then' })
  then!: string | null;
  @ApiProperty({ nullable: true, type: String, example: 'Grön', description: 'As told now' })
  now!: string | null;
}

class ChangedItemView {
  @ApiProperty({ type: ComparedItemView, description: 'The item' })
  item!: ComparedItemView;
  @ApiProperty({ type: [ItemChangeView], description: 'What is told otherwise of it' })
  changes!: readonly ItemChangeView[];
}

class ReportedView {
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When it said that it was ready' })
  readyAt!: string | null;
  @ApiProperty({ type: 'integer', example: 7, description: 'How many items it has assessed' })
  assessed!: number;
  @ApiProperty({ type: 'integer', example: 9, description: 'Of how many' })
  expected!: number;
}

class BodyChangeView implements BodyChange {
  @ApiProperty({ type: ComparedBodyView, description: 'The body' })
  body!: ComparedBodyView;
  @ApiProperty({ type: ReportedView, description: 'How far it had come then' })
  then!: ReportedView;
  @ApiProperty({ type: ReportedView, description: 'How far it has come now' })
  now!: ReportedView;
}

class ComparedIndicatorView extends NamedView {
  @ApiProperty({ format: 'uuid', description: 'The indicator' })
  indicatorId!: string;
}

class IndicatorChangeView implements IndicatorChange {
  @ApiProperty({ type: ComparedIndicatorView, description: 'The indicator' })
  indicator!: ComparedIndicatorView;
  @ApiProperty({
    type: [Object],
    example: [{ period: '2025', then: { total: { value: '1.19' } }, now: { total: { value: '1.18' } } }],
    description: 'The periods whose values differ',
  })
  periods!: IndicatorChange['periods'];
  @ApiProperty({ example: false, description: 'Whether its definition or target differs' })
  redefined!: boolean;
}

class CountChangeView implements CountChange {
  @ApiProperty({ example: 'delayed', description: 'The code of a level, or another count' })
  what!: string;
  @ApiProperty({ example: 'Gul', description: 'What is counted' })
  label!: string;
  @ApiProperty({ type: 'integer', example: 3, description: 'How many then' })
  then!: number;
  @ApiProperty({ type: 'integer', example: 2, description: 'How many now' })
  now!: number;
}

export class SnapshotComparisonView implements SnapshotComparison {
  @ApiProperty({ type: ComparedSideView, description: 'What was reported' })
  then!: ComparedSideView;
  @ApiProperty({ type: ComparedSideView, description: 'What it is compared with' })
  now!: ComparedSideView;
  @ApiProperty({ example: false, description: 'Whether nothing differs' })
  same!: boolean;
  @ApiProperty({ type: [ComparedItemView], description: 'Items that were not there then' })
  addedItems!: readonly ComparedItemView[];
  @ApiProperty({ type: [ComparedItemView], description: 'Items that are not there now' })
  removedItems!: readonly ComparedItemView[];
  @ApiProperty({ type: [ChangedItemView], description: 'Items of which something is told otherwise' })
  changedItems!: readonly ChangedItemView[];
  @ApiProperty({ type: [BodyChangeView], description: 'Bodies that have come further, or less far' })
  bodies!: readonly BodyChangeView[];
  @ApiProperty({ type: [ComparedIndicatorView], description: 'Indicators that were not there then' })
  addedIndicators!: readonly ComparedIndicatorView[];
  @ApiProperty({ type: [ComparedIndicatorView], description: 'Indicators that are not there now' })
  removedIndicators!: readonly ComparedIndicatorView[];
  @ApiProperty({ type: [IndicatorChangeView], description: 'Indicators that moved' })
  changedIndicators!: readonly IndicatorChangeView[];
  @ApiProperty({ type: [CountChangeView], description: 'Every count, then and now' })
  totals!: readonly CountChangeView[];
}
