import { includesDay } from '#kernel';
import { stands } from '../told.js';
import type { At, BodyRecord } from './body.js';

/** The first alias in force, which is how tables name a body; undefined where it has none. */
export function abbreviationOn({ aliases }: Pick<BodyRecord, 'aliases'>, { asOf, ...known }: At): string | undefined {
  return aliases.find((alias) => stands(alias, known) && (asOf === undefined || includesDay(alias, asOf)))?.alias;
}

/** All that a body is or was called up to a day, as was known at an instant: its names and its aliases, former ones too. */
export function namesUpTo({ aliases, names }: Pick<BodyRecord, 'aliases' | 'names'>, { asOf, ...known }: At): string[] {
  const hasCome = (from: string | undefined) => asOf === undefined || from === undefined || from <= asOf;
  const standing = names.filter((name) => stands(name, known));
  // Before the day of its first name, it is called by that all the same.
  const called = standing.filter(({ since }, place) => place === 0 || hasCome(since)).map(({ value }) => value);
  const others = aliases.filter((alias) => stands(alias, known) && hasCome(alias.from)).map(({ alias }) => alias);
  return [...new Set([...called, ...others])];
}

/** Whether an alias means a body on a day, as was known at an instant. */
export const isCalled = ({ aliases }: Pick<BodyRecord, 'aliases'>, text: string, at: Required<Pick<At, 'asOf'>> & At) =>
  aliases.some((alias) => alias.alias === text && stands(alias, at) && includesDay(alias, at.asOf));
