import { AnyTextField, ChoiceField, CodeField, DayField, IdField, ObjectsField, ValuesField } from '#http-api';
import { kind } from '#kernel';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import { nameOn } from '../../names.js';
import type { BodyDocument } from './body-directory.projection.js';

class AliasView {
  @AnyTextField({ example: 'AMN', description: 'The name that documents use' })
  alias!: string;
  @DayField({ description: 'The first day on which it means this body', optional: true })
  from?: string;
  @DayField({ description: 'The last day on which it means this body', optional: true })
  to?: string;
}

class NameView {
  @AnyTextField({ example: 'Arbetsmarknadsnämnden', description: 'A name that it has had' })
  name!: string;
  @DayField({ description: 'The day from which it was called so' })
  since!: string;
}

export class BodyView {
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
  @ValuesField(kind.id, { description: 'The bodies that took over, or will', optional: true })
  successors?: readonly string[];
}

/** What a reader is shown of a body on a day: of its names and aliases, also those to come, each with its day. */
export function bodyView(body: BodyDocument, asOf: string): BodyView {
  const { _id, aliases, dissolved, key, kind, names } = body;
  return {
    id: _id,
    ...(key && { key }),
    name: nameOn(body, { asOf }),
    kind,
    aliases: aliases.map(({ recordedAt: _, ...alias }) => alias),
    names: names.map(({ since, value }) => ({ name: value, since })),
    ...(dissolved && {
      ...(dissolved.on <= asOf ? { dissolvedOn: dissolved.on } : { dissolvedFrom: dissolved.on }),
      successors: dissolved.successors,
    }),
  };
}
