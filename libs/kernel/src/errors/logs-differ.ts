import { DomainError } from './domain-error.js';
import { say, term, verbatim } from '../texts/said.js';

/** A log that should be the copy of another is not. Nothing was removed or overwritten in either. */
export class LogsDiffer extends DomainError {
  readonly code = 'logs-differ';
  readonly status = 500;
  readonly title = { en: 'Two logs that should be the same differ', sv: 'Två loggar som ska vara lika skiljer sig åt' };

  constructor(
    /** The place of the first event that differs: how many events before it are the same. */
    readonly index: number,
    /** That event in the source, in words; undefined where the source ends there. */
    readonly inSource: string | undefined,
    readonly inTarget: string | undefined,
  ) {
    super(
      differ({
        index,
        inSource: inSource === undefined ? nothingMore : verbatim(inSource),
        inTarget: inTarget === inSource ? otherContent : inTarget === undefined ? nothingMore : verbatim(inTarget),
      }),
    );
  }
}

const differ = say(
  'After {index} events that are the same, the source has {inSource} and the target has {inTarget}',
  'Efter {index} lika händelser har källan {inSource} och målet {inTarget}',
);
const nothingMore = term('nothing-more', 'nothing more', 'inget mer');
const otherContent = term('other-content', 'the same event with other content', 'samma händelse med annat innehåll');
