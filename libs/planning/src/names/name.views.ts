import { ApiProperty } from '@nestjs/swagger';
import type { Assessment } from '../item/item.js';
import type { NamedBody, Names } from './names.js';

export class BodyName implements NamedBody {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  id!: string;
  @ApiProperty({ example: 'Arbetsmarknadsnämnden', description: 'Its name at that moment' })
  name!: string;
  @ApiProperty({ required: false, example: 'AMN', description: 'How tables name it' })
  abbreviation?: string;
}

export class LevelView {
  @ApiProperty({ example: 'delayed', description: 'The level as data' })
  code!: string;
  @ApiProperty({ example: 'Gul', description: 'The level as a reader sees it' })
  label!: string;
  @ApiProperty({ example: 'Uppdraget är försenat/inte påbörjat', description: 'What it says' })
  meaning!: string;
  @ApiProperty({ example: 'yellow', description: 'Its colour' })
  colour!: string;
  @ApiProperty({ example: 'triangle', description: 'Its icon' })
  icon!: string;
}

/** A level as its scale explained it when it was used. */
export function levelView({ level, scale }: Pick<Assessment, 'level' | 'scale'>, names: Names): LevelView {
  const known = names.levels(scale).find(({ code }) => code === level);
  if (!known) return { code: level, label: level, meaning: '', colour: 'none', icon: 'none' };
  const { rank: _, ...view } = known;
  return view;
}
