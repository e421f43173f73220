import { faultIn, say } from '#kernel';
import type { Kind } from '#kernel';
import { RefusedValue } from './refused-value.js';

/** Takes of the command line what the API takes, in the same form. @throws RefusedValue where it is not of the kind */
export const valueOf =
  (kind: Kind<string>) =>
  (text: string): string => {
    const fault = faultIn(kind, text);
    if (fault) throw new RefusedValue(itIs({ fault }));
    return kind.tidy?.(text) ?? text;
  };

const itIs = say('It {fault}.', 'Det {fault}.');
