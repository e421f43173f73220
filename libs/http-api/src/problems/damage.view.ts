import type { Damage } from '#kernel';
import { AnyTextField, IntegerField } from '../schema/fields.js';

/** A stream of the log that is not whole. */
export class DamageView implements Damage {
  @AnyTextField({ example: 'uppsala.item-0a1b…', description: 'A stream of the log that is not whole' })
  stream!: string;
  @IntegerField({ min: 0, example: 0, description: 'The revision that should come next' })
  awaited!: number;
  @IntegerField({ min: 0, example: 2, description: 'The revision that is there instead', optional: true })
  found!: number | undefined;
}

/** The same, told beside an answer. */
export class DamageNote extends DamageView {
  @AnyTextField({ example: 'Revision 0 of … is missing', description: 'The same in words' })
  message!: string;
}
