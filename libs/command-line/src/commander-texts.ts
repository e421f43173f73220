import { say, verbatim } from '#kernel';
import type { Params, Said } from '#kernel';
import { whyRefused } from './refused-value.js';

/**
 * What the library says of words that it does not understand, in every language: in English its own words, without `error:`.
 * @param message such as `error: unknown option '--x'`
 */
export function saidByCommander(message: string): Said {
  const [, bare = '', meant] =
    /^(?:error: )?([^]*?)(?:\n\(Did you mean (?:one of )?([^]*)\?\))?\s*$/.exec(message) ?? [];
  for (const [pattern, wording] of wordings) {
    const given = pattern.exec(bare)?.groups;
    if (!given) continue;
    const said = wording('why' in given ? { ...given, why: whyRefused(given['why']) } : { ...given });
    return meant === undefined ? said : withSuggestion({ said, meant: meant.split(', ') });
  }
  return verbatim(bare);
}

const withSuggestion = say('{said}\n(Did you mean {meant}?)', '{said}\n(Menades {meant}?)');

type Wording = (given: Params) => Said;

const wordings = [
  [/^unknown option '(?<flag>[^]*)'$/, say("unknown option '{flag}'", 'flaggan {flag} är okänd')],
  [/^unknown command '(?<name>[^]*)'$/, say("unknown command '{name}'", 'kommandot {name} är okänt')],
  [
    /^missing required argument '(?<name>[^]*)'$/,
    say("missing required argument '{name}'", 'argumentet {name} saknas'),
  ],
  [/^option '(?<flags>[^]*)' argument missing$/, say("option '{flags}' argument missing", 'värdet för {flags} saknas')],
  [
    /^required option '(?<flags>[^]*)' not specified$/,
    say("required option '{flags}' not specified", '{flags} ska anges'),
  ],
  [
    /^too many arguments for '(?<name>[^]*)'\. Expected (?<expected>\d+) arguments? but got (?<got>\d+)\.$/,
    say(
      "too many arguments for '{name}': {expected} expected, and {got} given",
      'för många argument för {name}: {expected} väntades, och {got} gavs',
    ),
  ],
  [
    /^option '(?<flags>[^]*)' argument '(?<value>[^]*)' is invalid\. (?<why>[^]*)$/,
    say("option '{flags}' argument '{value}' is invalid. {why}", 'värdet {value} för {flags} är fel. {why}'),
  ],
  [
    /^option '(?<flags>[^]*)' value '(?<value>[^]*)' from env '(?<name>[^]*)' is invalid\. (?<why>[^]*)$/,
    say(
      "option '{flags}' value '{value}' from env '{name}' is invalid. {why}",
      'värdet {value} för {flags}, från miljövariabeln {name}, är fel. {why}',
    ),
  ],
  [
    /^command-argument value '(?<value>[^]*)' is invalid for argument '(?<name>[^]*)'\. (?<why>[^]*)$/,
    say(
      "command-argument value '{value}' is invalid for argument '{name}'. {why}",
      'värdet {value} för argumentet {name} är fel. {why}',
    ),
  ],
] as unknown as readonly (readonly [pattern: RegExp, wording: Wording])[];
