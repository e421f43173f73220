import { ApiProperty } from '@nestjs/swagger';
import type { ScaleDocument } from './scale-directory.projection.js';

export class ScaleView {
  @ApiProperty({ format: 'uuid', description: 'The scale' })
  id!: string;
  @ApiProperty({ required: false, example: 'uppsala-fyra-nivaer', description: 'How files name it' })
  key?: string;
  @ApiProperty({ example: 'Bedömning av uppdrag', description: 'What it is called' })
  name!: string;
  @ApiProperty({
    type: [Object],
    example: [{ version: 1, since: '2025-01-01', levels: [{ code: 'on-track', label: 'Grön', rank: 2 }] }],
    description: 'Its versions, oldest first, each with its levels, best first',
  })
  versions!: readonly object[];
}

/** What a reader is shown of a scale. */
export const scaleView = ({ _id, sortKey: _, tenant: __, ...scale }: ScaleDocument): ScaleView => ({
  id: _id,
  ...scale,
});
