import { ApiProperty } from '@nestjs/swagger';
import type { Receipt } from '#deciding';

/** The answer to every command. */
export class ReceiptResponse implements Receipt {
  @ApiProperty({ format: 'uuid', description: 'The id of what the command was about, also of something new' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 3, description: 'The revision afterwards: also the ETag' })
  revision!: number;

  @ApiProperty({
    example: '00000000000000000412',
    description: 'Where in the log it was recorded. A query with `waitFor` set to it sees the result',
  })
  position!: string;

  @ApiProperty({
    type: [String],
    example: ['ItemReworded'],
    description: 'What was recorded; empty where nothing changed',
  })
  recorded!: string[];
}
