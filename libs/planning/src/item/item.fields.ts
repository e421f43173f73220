import { CorrectingRequest, ExactlyOneOf, IdField, IdsField, TextField } from '#http-api';

/** Whom an item concerns, as a request says it. */
@ExactlyOneOf('bodies', 'groupId')
export class ConcernedRequest {
  @IdsField({ description: 'The bodies, in the order they are printed', min: 1, optional: true })
  bodies?: string[];

  @IdField({ description: 'A group, whose members are looked up as of a day', optional: true })
  groupId?: string;

  @TextField({ description: 'How the document prints it', example: 'Alla nämnder och bolag', max: 500, optional: true })
  asPrinted?: string;
}

export const concernedField = {
  description: 'Whom the item concerns (berörda): either bodies or a group',
  optional: true,
} as const;

export const printedLabelField = {
  description: 'How the document itself calls this revision',
  example: 'Omformulerad',
  max: 200,
  optional: true,
} as const;

export const reasonField = { description: 'Why', max: 2_000, optional: true } as const;
export const commentField = { description: 'A remark', max: 2_000, optional: true } as const;

/** What is remarked when an item is kept, or declared completed. */
export class EndItemRequest extends CorrectingRequest {
  @TextField(commentField)
  comment?: string;

  @TextField(printedLabelField)
  printedLabel?: string;
}
