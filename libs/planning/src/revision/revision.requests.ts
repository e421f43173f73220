import { ChoiceField, CommandRequest, IdField, ObjectsField, RecordField, SayingField } from '#http-api';
import { stepKinds } from './revision.steps.js';

/** So many steps a revision has at most. */
export const mostSteps = 300;

/** A command to an item, as a step. */
export class StepRequest {
  @ChoiceField({
    description: 'What is done to the item: the command of that name',
    example: 'RenumberItem',
    of: [...stepKinds.keys()],
  })
  command!: string;

  @IdField({
    description: 'The item; of one that is adopted, an id of your own, or left out: it then follows from its key',
    optional: true,
  })
  itemId?: string;

  @RecordField({
    description:
      'What the route of that command takes, but for the decision, which is that of the revision; its effectiveOn where it is another day than that of the revision',
    example: { number: '8' },
  })
  asked!: object;
}

export class RevisionRequest extends CommandRequest {
  @SayingField({ description: 'What it is about', example: 'Revidering inför 2026', max: 2_000, optional: true })
  comment?: string;

  @ObjectsField(() => StepRequest, { description: 'What is done, in this order', min: 1, max: mostSteps })
  steps!: StepRequest[];
}
