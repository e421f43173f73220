import { ApiProperty } from '@nestjs/swagger';

/** One thing that is wrong with a request. */
export class ProblemFault {
  @ApiProperty({ example: 'evidence[0].itemId' })
  field!: string;

  @ApiProperty({ example: 'must be a UUID', description: 'What would be right' })
  message!: string;
}

/** Why a request was not carried out (RFC 9457). */
export class Problem {
  @ApiProperty({ example: 'urn:sparbar:problem:rule-violation', description: 'The kind of problem; it never changes' })
  type!: string;

  @ApiProperty({ example: 'rule-violation', description: 'The last word of the type, to decide by; it never changes' })
  code!: string;

  @ApiProperty({ example: 'A rule does not allow it' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 409 })
  status!: number;

  @ApiProperty({ example: 'The level is not on the scale of the plan' })
  detail!: string;

  @ApiProperty({ description: 'The request, as the logs name it' })
  instance!: string;

  @ApiProperty({ required: false, example: 'level-on-scale', description: 'The rule that stood in the way' })
  rule?: string;

  @ApiProperty({ required: false, type: [ProblemFault], description: 'Everything that is wrong with the request' })
  faults?: ProblemFault[];
}
