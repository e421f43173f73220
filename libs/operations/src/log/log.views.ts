import { ApiProperty } from '@nestjs/swagger';

export class AcceptanceView {
  @ApiProperty({ format: 'uuid', description: 'The event that records it' })
  eventId!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was accepted' })
  at!: string;
  @ApiProperty({ example: { id: 'u-1', role: 'administrator' }, description: 'Who accepted it: an id and a role' })
  by!: object;
  @ApiProperty({ description: 'Why' })
  reason!: string;
}

class LostView {
  @ApiProperty({ example: '00000000000000000412', description: 'Where the event stood in the log' })
  position!: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'The event' })
  eventId?: string;
  @ApiProperty({ required: false, example: 'uppsala.item-018f…', description: 'Its stream' })
  stream?: string;
  @ApiProperty({ required: false, type: 'integer', example: 7, description: 'Its place in the stream' })
  revision?: number;
}

class ReplacementView {
  @ApiProperty({ format: 'date-time', description: 'When it was found' })
  since!: string;
  @ApiProperty({
    type: LostView,
    description: 'The newest event that the log is known to have held, and does not hold',
  })
  lost!: LostView;
}

export class LogStatusView {
  @ApiProperty({
    enum: ['known', 'replaced'],
    description: 'Replaced: the log lacks what it held before, and nothing is recorded in it',
  })
  state!: string;
  @ApiProperty({ required: false, type: ReplacementView, description: 'What is missing' })
  replaced?: ReplacementView;
  @ApiProperty({ required: false, type: AcceptanceView, description: 'The newest acceptance of another log' })
  accepted?: AcceptanceView;
}
