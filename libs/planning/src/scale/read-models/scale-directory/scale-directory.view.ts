import { AnyTextField, CodeField, DayField, IdField, IntegerField, ObjectsField } from '#http-api';
import { LevelFields } from '../../scale.requests.js';
import type { ScaleDocument } from './scale-directory.projection.js';

class ScaleVersionView {
  @IntegerField({ min: 1, example: 1, description: 'The version' })
  version!: number;
  @DayField({ example: '2025-01-01', description: 'The day from which it holds' })
  since!: string;
  @ObjectsField(() => LevelFields, { description: 'Its levels, best first' })
  levels!: readonly LevelFields[];
}

export class ScaleView {
  @IdField({ description: 'The scale' })
  id!: string;
  @CodeField({ example: 'uppsala-fyra-nivaer', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Bedömning av uppdrag', description: 'What it is called' })
  name!: string;
  @ObjectsField(() => ScaleVersionView, { description: 'Its versions, oldest first, each with its levels, best first' })
  versions!: readonly ScaleVersionView[];
}

/** What a reader is shown of a scale. */
export const scaleView = ({ _id, sortKey: _, tenant: __, ...scale }: ScaleDocument): ScaleView => ({
  id: _id,
  ...scale,
});
