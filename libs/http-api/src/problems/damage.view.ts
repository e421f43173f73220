import { ApiProperty } from '@nestjs/swagger';
import type { Damage } from '#kernel';

/** A stream of the log that is not whole. */
export class DamageView implements Damage {
  @ApiProperty({ example: 'uppsala.item-0a1b…', description: 'A stream of the log that is not whole' })
  stream!: string;
  @ApiProperty({ type: 'integer', example: 0, description: 'The revision that should come next' })
  awaited!: number;
  @ApiProperty({ type: 'integer', required: false, example: 2, description: 'The revision that is there instead' })
  found!: number | undefined;
}
