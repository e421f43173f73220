import {
  ChoiceField,
  CodeField,
  CommandRequest,
  CorrectingRequest,
  DayField,
  IdsField,
  SayingField,
  TextField,
} from '#http-api';
import { reasonField } from '../reason.field.js';
import { bodyKinds } from './body.events.js';
import type { BodyKind } from './body.events.js';

export class RegisterBodyRequest extends CommandRequest {
  @CodeField({ description: 'A stable short name of your own, once per tenant', example: 'amn', optional: true })
  key?: string;

  @TextField({ description: 'The full name', example: 'Arbetsmarknadsnämnden', max: 200 })
  name!: string;

  @ChoiceField({ description: 'What sort of body it is', of: bodyKinds })
  kind!: BodyKind;
}

export class CorrectBodyRequest extends CommandRequest {
  @TextField({ description: 'The name under which it should have been registered', max: 200, optional: true })
  name?: string;

  @ChoiceField({ description: 'What sort of body it is', of: bodyKinds, optional: true })
  kind?: BodyKind;

  @SayingField(reasonField)
  reason!: string;
}

export class RenameBodyRequest extends CorrectingRequest {
  @TextField({ description: 'The new full name', example: 'Nämnden för arbetsmarknad', max: 200 })
  name!: string;

  @SayingField({ ...reasonField, optional: true })
  reason?: string;
}

export class AddBodyAliasRequest extends CommandRequest {
  @TextField({ description: 'An abbreviation, an older name or another spelling', example: 'AMN', max: 200 })
  alias!: string;

  @DayField({ description: 'The first day on which it means this body; left out, always before', optional: true })
  from?: string;

  @DayField({ description: 'The last day on which it means this body; left out, until further notice', optional: true })
  to?: string;
}

export class AmendBodyAliasRequest extends CommandRequest {
  @TextField({ description: 'The text that it should have been; left out, the same', max: 200, optional: true })
  alias?: string;

  @DayField({
    description: 'The first day on which it means this body; null: always before; left out, the same',
    optional: true,
    nullable: true,
  })
  from?: string | null;

  @DayField({
    description: 'The last day on which it means this body; null: until further notice; left out, the same',
    optional: true,
    nullable: true,
  })
  to?: string | null;

  @SayingField(reasonField)
  reason!: string;
}

export class DissolveBodyRequest extends CorrectingRequest {
  @IdsField({ description: 'The bodies that take over', optional: true })
  successors?: string[];

  @SayingField({ description: 'A remark', max: 2_000, optional: true })
  comment?: string;
}

/** Takes back what was recorded. */
export class CancelRequest extends CommandRequest {
  @SayingField(reasonField)
  reason!: string;
}
