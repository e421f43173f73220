import { kind } from '#kernel';
import { DayField, IdField, ObjectField, TextField, ValuesField } from '../schema/fields.js';

/** A formal decision, as requests and answers tell of it. */
export class FormalDecisionFields {
  @IdField({ description: 'The body that decided' })
  bodyId!: string;

  @DayField({ description: 'The day of the decision' })
  date!: string;

  @TextField({
    description: 'The registry number of the matter (diarienummer)',
    example: 'AMN-2024-00512',
    max: 100,
    optional: true,
  })
  diarienummer?: string;

  @TextField({ description: 'The paragraph of the minutes', example: '§ 87', max: 100, optional: true })
  paragraph?: string;
}

/** What every command may say of itself. */
export class CommandRequest {
  @DayField({
    description: 'The day that it speaks of; left out, the day that follows from the matter, or today',
    optional: true,
  })
  effectiveOn?: string;

  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision behind it', optional: true })
  decision?: FormalDecisionFields;

  @ValuesField(kind.ruleName, {
    description:
      'The rules by which it is doubted, and is meant all the same, as the problem `doubtful` names them. A rule by which it is not doubted says nothing',
    example: ['day-in-plan'],
    max: 20,
    unique: true,
    optional: true,
  })
  confirm?: string[];
}

/** The event that a command corrects. */
export const CorrectsField = () =>
  IdField({
    description: 'The event that it corrects, as the history names it: it then speaks of the day of that event',
    optional: true,
  });

/** What a command says of itself that may correct an event of its own kind. */
export class CorrectingRequest extends CommandRequest {
  @CorrectsField()
  corrects?: string;
}
