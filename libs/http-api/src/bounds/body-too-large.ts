import { DomainError, say, term } from '#kernel';
import type { BodyLimits } from './body-limits.js';
import type { Said } from '#kernel';

/** A body is more than the route takes. It was not read to its end, and nothing was done. */
export class BodyTooLarge extends DomainError {
  readonly code = 'body-too-large';
  readonly status = 413;
  readonly title = { en: 'The request is too large', sv: 'Begäran är för stor' };

  constructor(
    readonly limit: keyof BodyLimits,
    readonly most: number,
  ) {
    super(tooMuch({ limit: inWords[limit], most }));
  }

  override particularsIn() {
    return { limit: this.limit, most: this.most };
  }
}

const tooMuch = say('{limit}: this route takes {most} at most', '{limit}: här tas högst {most} emot');

const inWords: Readonly<Record<keyof BodyLimits, Said>> = {
  bytes: term('bytes', 'The body is longer than it may be, in bytes', 'Begäran är längre än den får vara, i byte'),
  keys: term('keys', 'The body has more keys than it may have', 'Begäran har fler namn på fält än den får ha'),
  depth: term(
    'depth',
    'The body nests objects and lists deeper than it may',
    'Begäran har objekt och listor djupare i varandra än den får ha',
  ),
  items: term(
    'items',
    'A list in the body has more items than it may have',
    'En lista i begäran har fler element än den får ha',
  ),
  allItems: term(
    'allItems',
    'The lists in the body have more items together than they may have',
    'Listorna i begäran har tillsammans fler element än de får ha',
  ),
};
