import { includesDay } from '#kernel';
import { stands } from '../told.js';
import type { At, BodyRecord } from './body.js';

/** The first alias in force, which is how tables name a body; undefined where it has none. */
export function abbreviationOn({ aliases }: Pick<BodyRecord, 'aliases'>, { asOf, ...known }: At): string | undefined {
  return aliases.find((alias) => stands(alias, known) && (asOf === undefined || includesDay(alias, asOf)))?.alias;
}

/** Whether an alias means a body on a day, as was known at an instant. */
export const isCalled = ({ aliases }: Pick<BodyRecord, 'aliases'>, text: string, at: Required<Pick<At, 'asOf'>> & At) =>
  aliases.some((alias) => alias.alias === text && stands(alias, at) && includesDay(alias, at.asOf));
