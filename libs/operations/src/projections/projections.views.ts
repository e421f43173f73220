import { ApiProperty } from '@nestjs/swagger';
import { DamageView } from '#http-api';

class ParkedView {
  @ApiProperty({ example: '00000000000000000413', description: 'Where the event stands in the log' })
  position!: string;
  @ApiProperty({ format: 'uuid', description: 'The event' })
  eventId!: string;
  @ApiProperty({ example: 'ItemAssessed', description: 'Its type' })
  type!: string;
  @ApiProperty({ example: 'CorruptEvent: …', description: 'What stands in the way' })
  error!: string;
  @ApiProperty({ format: 'date-time', description: 'Since when' })
  at!: string;
  @ApiProperty({
    required: false,
    type: 'integer',
    example: 6,
    description: 'The partition of the tenants for which it is parked, 0 to 15; for the others it goes on',
  })
  partition?: number;
}

export class SkipView {
  @ApiProperty({ example: '00000000000000000413', description: 'Where the event stands in the log' })
  position!: string;
  @ApiProperty({ format: 'uuid', description: 'The event' })
  eventId!: string;
  @ApiProperty({ example: 'ItemAssessed', description: 'Its type' })
  type!: string;
  @ApiProperty({ example: { id: 'u-1', role: 'administrator' }, description: 'Who decided: an id and a role' })
  by!: object;
  @ApiProperty({ format: 'date-time', description: 'When it was decided' })
  at!: string;
  @ApiProperty({ example: 'The item was never adopted; see ärende 1234', description: 'Why' })
  reason!: string;
}

export class ProjectionStatusView {
  @ApiProperty({ example: 'item-status', description: 'The projection' })
  name!: string;
  @ApiProperty({ type: 'integer', example: 1, description: 'The version of the documents that answer' })
  version!: number;
  @ApiProperty({
    enum: ['current', 'behind', 'parked', 'ahead', 'not-started'],
    description: 'How it stands. Ahead: the documents hold what the log does not, which is another one than before',
  })
  state!: string;
  @ApiProperty({ example: false, description: 'Whether documents are being made anew' })
  rebuilding!: boolean;
  @ApiProperty({ type: 'integer', example: 1, description: 'Rises with every rebuild' })
  generations!: number;
  @ApiProperty({
    example: '00000000000000000412',
    description: 'The documents hold every event up to here, of every tenant',
  })
  position!: string;
  @ApiProperty({ example: '00000000000000000412', description: 'The newest event of the log' })
  head!: string;
  @ApiProperty({ type: 'integer', example: 0, description: 'How far behind the documents are' })
  lagSeconds!: number;
  @ApiProperty({
    required: false,
    enum: ['rebuild', 'retry'],
    description: 'What was asked of its runner, which has not answered yet',
  })
  requested?: string;
  @ApiProperty({ required: false, type: ParkedView, description: 'The event that it cannot take; the first of them' })
  parked?: ParkedView;
  @ApiProperty({
    required: false,
    type: ParkedView,
    description: 'The event that the documents that are being made anew cannot take',
  })
  buildParked?: ParkedView;
  @ApiProperty({
    type: 'integer',
    example: 0,
    description: 'How many partitions are parked, of the documents that answer or of those that are being made anew',
  })
  parkedPartitions!: number;
  @ApiProperty({
    required: false,
    example: 'The log is damaged: revision 0 of … is missing, and revision 1 is there instead',
    description: 'Why the documents that were made anew do not take over: what the log has lost',
  })
  buildHeld?: string;
  @ApiProperty({ type: [SkipView], description: 'The events that the documents lack, because it was decided so' })
  skipped!: SkipView[];
}

class DifferenceView {
  @ApiProperty({ description: 'The document', example: '0a1b…' })
  id!: string;
  @ApiProperty({
    enum: ['missing', 'needless', 'different', 'ahead-of-log', 'ahead-of-checkpoint'],
    description: 'What is wrong with it',
  })
  kind!: string;
  @ApiProperty({ required: false, example: 'level', description: 'The first field that differs' })
  field?: string;
}

export class VerificationView {
  @ApiProperty({ example: 'item-status', description: 'The projection' })
  name!: string;
  @ApiProperty({ example: '00000000000000000412', description: 'Documents and log were compared up to here' })
  position!: string;
  @ApiProperty({ type: 'integer', example: 80, description: 'How many documents there are' })
  documents!: number;
  @ApiProperty({ type: 'integer', example: 412, description: 'How many events were read' })
  events!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'How many documents are not what the log says' })
  differing!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'How many streams of the log are not whole' })
  damagedStreams!: number;
  @ApiProperty({
    type: 'integer',
    example: 0,
    description: 'How many events the documents hold of which the log says nothing any longer',
  })
  lostEvents!: number;
  @ApiProperty({
    type: [DamageView],
    description: 'At most a hundred of them: what they lack is compared with nothing',
  })
  damaged!: DamageView[];
  @ApiProperty({ type: [DifferenceView], description: 'At most a hundred of them' })
  differences!: DifferenceView[];
  @ApiProperty({
    type: [SkipView],
    description: 'The events that were left out on both sides, because it was decided so',
  })
  skipped!: SkipView[];
}
