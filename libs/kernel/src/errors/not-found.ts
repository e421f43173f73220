import { DomainError } from './domain-error.js';
import { say, term } from '../texts/said.js';
import type { Said } from '../texts/said.js';

/** Nothing of that kind has that id. */
export class NotFound extends DomainError {
  readonly code = 'not-found';
  readonly status = 404;
  readonly title = { en: 'The resource does not exist', sv: 'Det som söks finns inte' };

  constructor(
    /** Such as `item`. */
    readonly kind: string,
    readonly id: string,
    /** The day from which it is there, where it was asked for on an earlier one: ISO day. */
    readonly from?: string,
  ) {
    const called = kindInWords(kind);
    super(from === undefined ? absent({ kind: called, id }) : tooEarly({ kind: called, id, from }));
  }
}

const absent = say('There is no {kind} {id}', 'Hittades inte: {kind} {id}');
const tooEarly = say('The {kind} {id} is there from {from}', 'Finns från {from}: {kind} {id}');

/** What there are streams and documents of, as it is called in words: `uppdraget` of `item`. */
export const kindInWords = (kind: string): Said | string => kinds.find(({ code }) => code === kind) ?? kind;

/** What may be missing, as it is called in words. */
const kinds = [
  term('item', 'item', 'uppdraget'),
  term('plan', 'plan', 'planen'),
  term('number', 'number', 'numret'),
  term('decision', 'decision', 'beslutet'),
  term('revision', 'revision', 'revideringen'),
  term('reorganisation', 'reorganisation', 'omorganisationen'),
  term('organisation', 'organisation', 'organisationen'),
  term('body', 'body', 'nämnden eller bolaget'),
  term('group', 'group', 'gruppen'),
  term('scale', 'scale', 'skalan'),
  term('indicator', 'indicator', 'indikatorn'),
  term('round', 'round', 'uppföljningen'),
  term('assessment', 'assessment', 'bedömningen'),
  term('snapshot', 'snapshot', 'den frysta uppföljningen'),
  term('snapshot that has been made', 'snapshot that has been made', 'den framställda uppföljningen'),
  term('snapshot rule', 'snapshot rule', 'regeln för frysta uppföljningar'),
  term('issue of the round', 'issue of the round', 'utgåvan av uppföljningen'),
  term('reminder', 'reminder', 'påminnelsen'),
  term('load', 'load', 'inläsningen'),
  term('log', 'log', 'loggen'),
  term('job', 'job', 'jobbet'),
  term('projection', 'projection', 'projektionen'),
  term('started projection', 'started projection', 'den startade projektionen'),
];
