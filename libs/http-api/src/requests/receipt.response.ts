import type { Receipt } from '#deciding';
import { kind } from '#kernel';
import { AnyTextField, IdField, IntegerField, ValueField, ValuesField } from '../schema/fields.js';

/** The answer to every command. */
export class ReceiptResponse implements Receipt {
  @IdField({ description: 'The id of what the command was about, also of something new' })
  id!: string;

  @IntegerField({ min: 0, example: 3, description: 'The revision afterwards: also the ETag' })
  revision!: number;

  @ValueField(kind.position, {
    example: '00000000000000000412',
    description: 'Where in the log it was recorded. A query with `waitFor` set to it sees the result',
  })
  position!: string;

  @ValuesField(kind.anyText, {
    example: ['ItemReworded'],
    description: 'What was recorded; empty where nothing changed',
  })
  recorded!: string[];

  @AnyTextField({
    example: 'Nothing was recorded: what was asked for holds already',
    description: 'Where nothing was recorded: why, in the language that was asked for',
    optional: true,
  })
  message?: string;
}
