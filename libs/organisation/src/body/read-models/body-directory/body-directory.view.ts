import {
  AnyTextField,
  ChoiceField,
  CodeField,
  DayField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  OfMoment,
  ValuesField,
} from '#http-api';
import { kind } from '#kernel';
import type { MomentOfDay } from '#projecting';
import { CancelledView } from '../../../cancelled.view.js';
import { stands } from '../../../told.js';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import { dissolutionOf, isRegistered, kindOf, nameOn } from '../../body.js';
import type { BodyDocument } from './body-directory.projection.js';

class AliasView {
  @IdField({ description: 'The event that added it, by which it is amended or cancelled' })
  id!: string;
  @AnyTextField({ example: 'AMN', description: 'The name that documents use' })
  alias!: string;
  @DayField({ description: 'The first day on which it means this body', optional: true })
  from?: string;
  @DayField({ description: 'The last day on which it means this body', optional: true })
  to?: string;
}

class NameView {
  @IdField({ description: 'The event that gave it the name, by which that is corrected or cancelled' })
  id!: string;
  @AnyTextField({ example: 'Arbetsmarknadsnämnden', description: 'A name that it has had' })
  name!: string;
  @DayField({ description: 'The day from which it was called so' })
  since!: string;
}

class BodyFields {
  @IdField({ description: 'The body' })
  id!: string;
  @CodeField({ example: 'amn', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Arbetsmarknadsnämnden', description: 'Its full name' })
  name!: string;
  @ChoiceField({ of: bodyKinds, description: 'What sort of body it is' })
  kind!: BodyKind;
  @ObjectsField(() => AliasView, { description: 'Its other names' })
  aliases!: AliasView[];
  @ObjectsField(() => NameView, { description: 'Every full name that it has had, or will have, oldest first' })
  names!: NameView[];
  @DayField({ description: 'The day it was dissolved', optional: true })
  dissolvedOn?: string;
  @DayField({ description: 'The day to come on which it is dissolved', optional: true })
  dissolvedFrom?: string;
  @IdField({ description: 'The event that dissolved it, by which that is corrected or cancelled', optional: true })
  dissolvedBy?: string;
  @ValuesField(kind.id, { description: 'The bodies that took over, or will', optional: true })
  successors?: readonly string[];
  @ObjectField(() => CancelledView, { description: 'That it should not have been registered', optional: true })
  cancelled?: CancelledView;
  @IntegerField({ min: 0, example: 3, description: 'The revision of its stream' })
  revision!: number;
}

export class BodyView extends OfMoment(BodyFields) {}

/** What a reader is shown of a body at a moment: of its names and aliases, also those to come, each with its day. */
export function bodyView(body: BodyDocument, moment: MomentOfDay): BodyView {
  const { _id, aliases, cancelled, key, names, revision } = body;
  const { asOf } = moment;
  const dissolution = dissolutionOf(body, moment);
  return {
    id: _id,
    ...(key && { key }),
    name: nameOn(body, moment),
    kind: kindOf(body, moment),
    aliases: aliases
      .filter((alias) => stands(alias, moment))
      .map(({ attested: _attested, recordedAt: _, until: _until, ...alias }) => alias),
    names: names.filter((name) => stands(name, moment)).map(({ id, since, value }) => ({ id, name: value, since })),
    ...(dissolution && {
      ...(dissolution.since <= asOf ? { dissolvedOn: dissolution.since } : { dissolvedFrom: dissolution.since }),
      dissolvedBy: dissolution.id,
      successors: dissolution.successors,
    }),
    ...(cancelled && !isRegistered(body, moment) && { cancelled }),
    revision,
    ...moment,
  };
}
