import { roles } from '#kernel';
import type { Actor, Role } from '#kernel';
import { AnyTextField, ChoiceField, IdField } from '../schema/fields.js';

/** Who acted: an id, a role and a body, and never a name. */
export class ActorView implements Actor {
  @AnyTextField({ example: 'u-17', description: 'The id that the token names' })
  id!: string;
  @ChoiceField({ of: roles, example: 'reporter', description: 'The role' })
  role!: Role;
  @IdField({ description: 'The body on whose behalf', optional: true })
  body?: string;
}
