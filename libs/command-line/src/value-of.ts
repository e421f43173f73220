import { InvalidArgumentError } from 'commander';
import { faultIn, inLanguage, usualLanguage } from '#kernel';
import type { Kind } from '#kernel';

/** Takes of the command line what the API takes, in the same form. @throws InvalidArgumentError where it is not of the kind */
export const valueOf =
  (kind: Kind<string>) =>
  (text: string): string => {
    const fault = faultIn(kind, text);
    if (fault) throw new InvalidArgumentError(`It ${inLanguage(usualLanguage, fault)}.`);
    return kind.tidy?.(text) ?? text;
  };
