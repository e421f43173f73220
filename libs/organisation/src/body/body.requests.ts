import { ChoiceField, CodeField, CommandRequest, DayField, IdsField, TextField } from '#http-api';
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

export class RenameBodyRequest extends CommandRequest {
  @TextField({ description: 'The new full name', example: 'Nämnden för arbetsmarknad', max: 200 })
  name!: string;
}

export class AddBodyAliasRequest extends CommandRequest {
  @TextField({ description: 'An abbreviation, an older name or another spelling', example: 'AMN', max: 200 })
  alias!: string;

  @DayField({ description: 'The first day on which it means this body; left out, always before', optional: true })
  from?: string;

  @DayField({ description: 'The last day on which it means this body; left out, until further notice', optional: true })
  to?: string;
}

export class DissolveBodyRequest extends CommandRequest {
  @IdsField({ description: 'The bodies that take over', optional: true })
  successors?: string[];

  @TextField({ description: 'A remark', max: 2_000, optional: true })
  comment?: string;
}
