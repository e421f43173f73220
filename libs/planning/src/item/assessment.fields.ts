import { ExactlyOneOf, IdField, TextField } from '#http-api';

/** What an assessment rests on, as requests and answers tell of it. */
@ExactlyOneOf('itemId', 'indicatorId', 'note')
export class EvidenceFields {
  @IdField({ description: 'An item that the judgement rests on', optional: true })
  itemId?: string;

  @IdField({ description: 'An indicator that it rests on', optional: true })
  indicatorId?: string;

  @TextField({ description: 'Something else that it rests on, in words', max: 2_000, optional: true })
  note?: string;
}
