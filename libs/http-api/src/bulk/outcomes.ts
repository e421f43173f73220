import type { Type } from '@nestjs/common';
import type { Receipt } from '#deciding';
import { kind } from '#kernel';
import { Problem } from '../problems/problem.js';
import { ExactlyOneOf, IntegerField, ObjectField, ObjectsField, ValueField } from '../schema/fields.js';

/** What became of one row: what its command would have been answered alone. */
export interface RowOutcome<Answer extends Receipt = Receipt> {
  /** Which row, from 0. */
  readonly index: number;
  /** The status that the command alone would have been answered with. */
  readonly status: number;
  readonly receipt?: Answer;
  readonly problem?: Problem;
}

/** What became of commands in bulk, in the order of the rows. */
export interface Outcomes<Answer extends Receipt = Receipt> {
  readonly rows: readonly RowOutcome<Answer>[];
  readonly recorded: number;
  readonly unchanged: number;
  readonly refused: number;
  /** The newest place in the log of all receipts. */
  readonly position?: string;
}

/** The class of a row's outcome, for the API's description. Extend it to give it a name. */
export function RowOutcomeOf<Answer extends Receipt>(receipt: Type<Answer>): Type<RowOutcome<Answer>> {
  @ExactlyOneOf('receipt', 'problem')
  class Outcome {
    @IntegerField({ min: 0, max: 999, example: 0, description: 'Which row, from 0' })
    index!: number;
    @IntegerField({ min: 200, max: 599, example: 200, description: 'What the command alone would be answered with' })
    status!: number;
    @ObjectField(() => receipt as Type<Receipt>, { description: 'Where it was taken', optional: true })
    receipt?: Receipt;
    @ObjectField(() => Problem, { description: 'Why it was refused', optional: true })
    problem?: Problem;
  }
  return Outcome as Type<RowOutcome<Answer>>;
}

/** The class of an answer to commands in bulk. Extend it to give it a name. */
export function OutcomesOf<Answer extends Receipt>(row: Type<RowOutcome<Answer>>): Type<Outcomes<Answer>> {
  class OutcomesResponse {
    @ObjectsField(() => row as Type<RowOutcome>, { description: 'What became of each row, in their order' })
    rows!: readonly RowOutcome[];
    @IntegerField({ min: 0, example: 41, description: 'How many rows recorded something, now or when they came first' })
    recorded!: number;
    @IntegerField({ min: 0, example: 0, description: 'How many changed nothing' })
    unchanged!: number;
    @IntegerField({ min: 0, example: 1, description: 'How many were refused' })
    refused!: number;
    @ValueField(kind.position, {
      description: 'The newest place in the log of all receipts: a query with `waitFor` set to it sees them all',
      optional: true,
    })
    position?: string;
  }
  return OutcomesResponse as Type<Outcomes<Answer>>;
}
