import { ApiProperty } from '@nestjs/swagger';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import type { BodyDocument } from './body-directory.projection.js';

class AliasView {
  @ApiProperty({ example: 'AMN', description: 'The name that documents use' })
  alias!: string;
  @ApiProperty({ format: 'date', required: false, description: 'The first day on which it means this body' })
  from?: string;
  @ApiProperty({ format: 'date', required: false, description: 'The last day on which it means this body' })
  to?: string;
}

class NameView {
  @ApiProperty({ example: 'Arbetsmarknadsnämnden', description: 'A name that it has had' })
  name!: string;
  @ApiProperty({ format: 'date', description: 'The day from which it was called so' })
  since!: string;
}

export class BodyView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  id!: string;
  @ApiProperty({ required: false, example: 'amn', description: 'How files name it' })
  key?: string;
  @ApiProperty({ example: 'Arbetsmarknadsnämnden', description: 'Its full name' })
  name!: string;
  @ApiProperty({ enum: bodyKinds, description: 'What sort of body it is' })
  kind!: BodyKind;
  @ApiProperty({ type: [AliasView], description: 'Its other names' })
  aliases!: AliasView[];
  @ApiProperty({ type: [NameView], description: 'Every full name that it has had, oldest first' })
  names!: NameView[];
  @ApiProperty({ format: 'date', required: false, description: 'The day it was dissolved' })
  dissolvedOn?: string;
  @ApiProperty({ type: [String], required: false, description: 'The bodies that took over' })
  successors?: readonly string[];
}

/** What a reader is shown of a body. */
export function bodyView({ _id, aliases, dissolved, key, kind, names }: BodyDocument): BodyView {
  return {
    id: _id,
    ...(key && { key }),
    name: names.at(-1)!.value,
    kind,
    aliases: aliases.map(({ recordedAt: _, ...alias }) => alias),
    names: names.map(({ since, value }) => ({ name: value, since })),
    ...(dissolved && { dissolvedOn: dissolved.on, successors: dissolved.successors }),
  };
}
