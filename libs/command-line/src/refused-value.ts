import { InvalidArgumentError } from 'commander';
import { inLanguage, say, usualLanguage, verbatim } from '#kernel';
import type { Said } from '#kernel';

let newest: Said | undefined;

/** A value that the command line does not take: the library keeps of it the words alone, in English. */
export class RefusedValue extends InvalidArgumentError {
  constructor(said: Said) {
    super(inLanguage(usualLanguage, said));
    newest = said;
  }
}

/** Why a value was refused, in every language where we said it. @param words what the library has kept of it */
export function whyRefused(words: string): Said {
  if (newest && words === inLanguage(usualLanguage, newest)) return newest;
  const choices = /^Allowed choices are (.*)\.$/.exec(words)?.[1];
  return choices === undefined ? verbatim(words) : isOneOf({ choices });
}

const isOneOf = say('Allowed choices are {choices}.', 'Det ska vara något av {choices}.');
