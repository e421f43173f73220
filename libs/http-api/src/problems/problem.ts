import { AnyTextField, CodesField, IntegerField, ObjectsField, OpenFields, RecordField } from '../schema/fields.js';

/** One thing that is wrong with a request. */
export class ProblemFault {
  @AnyTextField({ example: 'evidence[0].itemId', description: 'Where; empty where it is the whole' })
  field!: string;

  @AnyTextField({ example: 'must be a UUID', description: 'What would be right' })
  message!: string;

  @AnyTextField({ example: 'not-of-kind', description: 'The kind of fault; it never changes', optional: true })
  code?: string;

  @RecordField({ example: { expected: 'id' }, description: 'What the message is made of', optional: true })
  params?: Readonly<Record<string, unknown>>;

  @IntegerField({ min: 1, example: 12, description: 'The line of a plan file', optional: true })
  line?: number;

  @IntegerField({ min: 1, example: 5, description: 'The place in the line', optional: true })
  column?: number;
}

/** One thing that looks like a mistake. */
export class ProblemDoubt {
  @AnyTextField({ example: 'decision.date', description: 'Where; empty where it is the whole' })
  field!: string;

  @AnyTextField({ example: 'decision-made', description: 'The rule by which it is doubted; it never changes' })
  rule!: string;

  @AnyTextField({
    example: 'The decision is dated 2025-08-03, and today is 2025-04-01',
    description: 'Why, and what would not be doubted',
  })
  message!: string;

  @RecordField({ example: { day: '2025-08-03' }, description: 'What the message is made of' })
  params!: Readonly<Record<string, unknown>>;

  @IntegerField({ min: 1, example: 12, description: 'The line of a plan file', optional: true })
  line?: number;

  @IntegerField({ min: 1, example: 5, description: 'The place in the line', optional: true })
  column?: number;
}

/** Why a request was not carried out (RFC 9457). Kinds of problem have members of their own beside these. */
@OpenFields()
export class Problem {
  @AnyTextField({ example: 'urn:sparbar:problem:rule-violation', description: 'The kind of problem; it never changes' })
  type!: string;

  @AnyTextField({ example: 'rule-violation', description: 'The last word of the type, to decide by; it never changes' })
  code!: string;

  @AnyTextField({
    example: 'A rule does not allow it',
    description: 'The kind of problem, in the language of the answer',
  })
  title!: string;

  @IntegerField({ min: 400, max: 599, example: 409, description: 'The status of the answer' })
  status!: number;

  @AnyTextField({
    example: 'The level is not on the scale of the plan',
    description: 'This case of it, in the same language',
  })
  detail!: string;

  @RecordField({
    example: { level: 'green', levels: ['completed', 'on-track', 'delayed', 'not-carried-out'] },
    description: 'What `detail` is made of, by name: for texts of your own',
  })
  params!: Readonly<Record<string, unknown>>;

  @AnyTextField({ description: 'The request, as the logs name it' })
  instance!: string;

  @AnyTextField({ example: 'level-on-scale', description: 'The rule that stood in the way', optional: true })
  rule?: string;

  @AnyTextField({ example: 'plan.yaml', description: 'What the plan file is called that it is about', optional: true })
  file?: string;

  @ObjectsField(() => ProblemFault, { description: 'Everything that is wrong with the request', optional: true })
  faults?: ProblemFault[];

  @ObjectsField(() => ProblemDoubt, {
    description: 'Everything that looks like a mistake and can be confirmed',
    optional: true,
  })
  doubts?: ProblemDoubt[];

  @CodesField({
    description: 'What to send as `confirm` where all of that is meant',
    example: ['decision-made'],
    optional: true,
  })
  confirm?: string[];
}
