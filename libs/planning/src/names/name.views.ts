import { AnyTextField, CodeField, IdField } from '#http-api';
import type { Assessment } from '../item/item.js';
import type { NamedBody, Names } from './names.js';

export class BodyName implements NamedBody {
  @IdField({ description: 'The body' })
  id!: string;
  @AnyTextField({ example: 'Arbetsmarknadsnämnden', description: 'Its name at that moment' })
  name!: string;
  @AnyTextField({ example: 'AMN', description: 'How tables name it', optional: true })
  abbreviation?: string;
}

export class LevelView {
  @CodeField({ example: 'delayed', description: 'The level as data' })
  code!: string;
  @AnyTextField({ example: 'Gul', description: 'The level as a reader sees it' })
  label!: string;
  @AnyTextField({ example: 'Uppdraget är försenat/inte påbörjat', description: 'What it says' })
  meaning!: string;
  @CodeField({ example: 'yellow', description: 'Its colour' })
  colour!: string;
  @CodeField({ example: 'triangle', description: 'Its icon' })
  icon!: string;
}

/** A level as its scale explained it when it was used. */
export function levelView({ level, scale }: Pick<Assessment, 'level' | 'scale'>, names: Names): LevelView {
  const known = names.levels(scale).find(({ code }) => code === level);
  if (!known) return { code: level, label: level, meaning: '', colour: 'none', icon: 'none' };
  const { rank: _, ...view } = known;
  return view;
}
