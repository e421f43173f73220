import { IdField, IdsField, TextField, ValueField } from '#http-api';
import { kind } from '#kernel';
import type { ItemParticulars } from './item.properties.js';

/** A number of an item in another document, as requests and answers tell of it. */
export class OtherNumber {
  @ValueField(kind.itemNumber, { description: 'The number', example: '34' })
  number!: string;

  @TextField({ description: 'The document', example: 'Verksamhetsplan 2024', max: 200 })
  where!: string;
}

/** Who gave an item, as requests and answers tell of it. */
export class GivenFields {
  @IdField({ description: 'The body that gave it' })
  bodyId!: string;

  @ValueField(kind.dayOrYear, { description: 'The day, or the year', example: '2021', optional: true })
  on?: string;

  @TextField({ description: 'Its number there', example: '2021:8', max: 100, optional: true })
  reference?: string;
}

/** A body that acts through others, as requests and answers tell of it. */
export class ActingFields {
  @IdField({ description: 'The body' })
  bodyId!: string;

  @IdsField({ description: 'Those through whom it acts', min: 1 })
  through!: string[];
}

/** The bodies that particulars of an item name. */
export const bodiesOfParticulars = ({ acting = [], given }: ItemParticulars): readonly string[] => [
  ...(given ? [given.bodyId] : []),
  ...acting.flatMap(({ bodyId, through }) => [bodyId, ...through]),
];
