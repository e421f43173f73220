import { AnyTextField, IntegerField, ObjectsField, OpenFields } from '../schema/fields.js';

/** One thing that is wrong with a request. */
export class ProblemFault {
  @AnyTextField({ example: 'evidence[0].itemId', description: 'Where; empty where it is the whole' })
  field!: string;

  @AnyTextField({ example: 'must be a UUID', description: 'What would be right' })
  message!: string;

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

  @AnyTextField({ example: 'A rule does not allow it', description: 'The kind of problem, in words' })
  title!: string;

  @IntegerField({ min: 400, max: 599, example: 409, description: 'The status of the answer' })
  status!: number;

  @AnyTextField({ example: 'The level is not on the scale of the plan', description: 'This case of it' })
  detail!: string;

  @AnyTextField({ description: 'The request, as the logs name it' })
  instance!: string;

  @AnyTextField({ example: 'level-on-scale', description: 'The rule that stood in the way', optional: true })
  rule?: string;

  @ObjectsField(() => ProblemFault, { description: 'Everything that is wrong with the request', optional: true })
  faults?: ProblemFault[];
}
