import { ChoiceField, CommandRequest, IdField, IdsField, ObjectsField, SayingField } from '#http-api';
import { reorganisationKinds } from '#organisation';
import type { NamedSuccessors, ReorganisationKind } from '#organisation';

/** So many things are named for those that take over at most. */
const mostNamed = 2_000;

const named = ['item', 'plan', 'indicator', 'group'] as const;

/** Who takes over one thing. */
export class SuccessorsRequest implements NamedSuccessors {
  @ChoiceField({ description: 'What is taken over', of: named })
  category!: (typeof named)[number];

  @IdField({ description: 'The item, plan, indicator or group' })
  id!: string;

  @IdsField({ description: 'The bodies that take it over; a plan and an indicator have one' })
  successors!: string[];
}

export class ReorganisationRequest extends CommandRequest {
  @ChoiceField({
    description: 'Whether nobody takes over (dissolved), one body does (merged) or several do (split)',
    of: reorganisationKinds,
  })
  kind!: ReorganisationKind;

  @IdField({ description: 'The body that ends' })
  bodyId!: string;

  @IdsField({ description: 'The bodies that take over', optional: true })
  successors?: string[];

  @ObjectsField(() => SuccessorsRequest, {
    description:
      'Who takes over what: of a body that is split, for each of its items, plans and indicators; a group takes all of them in where none is named',
    max: mostNamed,
    optional: true,
  })
  named?: SuccessorsRequest[];

  @SayingField({ description: 'What it is about', example: 'Nämnderna slås samman', max: 2_000, optional: true })
  comment?: string;
}

export class RevokeReorganisationRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been decided', example: 'Beslutet upphävdes', max: 2_000 })
  reason!: string;
}
