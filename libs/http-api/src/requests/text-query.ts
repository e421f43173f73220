import { textMatches } from '#kernel';
import type { TextMatch } from '#kernel';
import { ChoiceField, TextField } from '../schema/fields.js';

/** What is looked for, and how. */
export interface TextSought {
  readonly text?: string;
  readonly match: TextMatch;
}

/** A query that looks for a text, beside its own fields. @param description of what is found */
export function Searched<Base extends new () => object>(base: Base, description: string) {
  class SearchedQuery extends (base as new () => object) {
    @TextField({ description, example: 'arbete', max: 200, optional: true })
    text?: string;

    @ChoiceField({
      description:
        'How text is looked for. By its letters: capitals do not count, and å, ä and ö are letters of their own. ' +
        'Forgiving: å and ä are also found by a, ö by o, é by e, and hyphens and blanks do not count',
      of: textMatches,
      default: 'letters',
    })
    match: TextMatch = 'letters';
  }
  return SearchedQuery as new () => InstanceType<Base> & TextSought;
}

/** An answer that says how a text was looked for, beside all else. */
export function Matched<Base extends new () => object>(base: Base) {
  class MatchedAnswer extends (base as new () => object) {
    @ChoiceField({ description: 'How text was looked for; left out where none was', of: textMatches, optional: true })
    match?: TextMatch;
  }
  return MatchedAnswer as new () => InstanceType<Base> & { match?: TextMatch };
}

/** That a text was looked for, and how. */
export const matchOf = ({ match, text }: TextSought): { match?: TextMatch } => (text === undefined ? {} : { match });
