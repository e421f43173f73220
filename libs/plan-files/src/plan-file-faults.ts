import { DomainError, inLanguage, joined, paramsIn, say, term, usualLanguage, verbatim } from '#kernel';
import type { Language, Part, Said } from '#kernel';
import type { Position } from './plan-file.js';

/** One fault of a plan file. */
export interface PlanFileFault extends Position {
  /** The place in the data, such as `indicators[3].values[1].total`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what would be right. */
  readonly said: Said;
}

/** A fault with what is said of it in the usual language. */
export interface ToldFault extends PlanFileFault {
  readonly message: string;
}

/** So many faults of a file are kept, and so much of what each says and names; the others are counted. */
const mostFaults = 1_000;
const longestMessage = 500;

/** A plan file that cannot be used. It carries its faults, the first thousand of them, so that a file is mended in one go. */
export class PlanFileFaults extends DomainError {
  readonly code = 'plan-file-faults';
  readonly status = 400;
  readonly title = { en: 'The plan file has faults', sv: 'Planfilen har fel' };

  readonly faults: readonly ToldFault[];
  /** How many faults there are beside those that are told. */
  readonly more: number;

  /** @param others how many faults there are beside these */
  constructor(
    /** What it is called; of one that came without a name, nothing. */
    readonly file: string | undefined,
    all: readonly PlanFileFault[],
    others = 0,
  ) {
    const told = all.slice(0, mostFaults).map(shortened);
    const more = all.length - told.length + others;
    const lines = [...told.map(lineOf), ...(more > 0 ? [andMore({ more })] : [])];
    super(joined([faultsIn(file, told.length + more), joined(lines, '\n')], ':\n'));
    this.faults = told;
    this.more = more;
  }

  override get detail() {
    return faultsIn(this.file, this.faults.length + this.more);
  }

  override particularsIn(language: Language) {
    return {
      ...(this.file !== undefined && { file: this.file }),
      faults: this.faults.map(({ column, line, path, said }) => ({
        field: path,
        message: short(inLanguage(language, said)),
        ...(said.code !== undefined && { code: said.code }),
        params: paramsIn(language, said),
        line,
        column,
      })),
    };
  }
}

const shortened = ({ said: whole, ...fault }: PlanFileFault): ToldFault => {
  const said = shortSaid(whole);
  return { ...fault, path: short(fault.path), said, message: short(inLanguage(usualLanguage, said)) };
};

/** What stands in a place may be as long as a file. */
const shortSaid = ({ params, ...said }: Said): Said => ({
  ...said,
  params: Object.fromEntries(Object.entries(params).map(([name, part]) => [name, shortPart(part)])),
});

const shortPart = (part: Part): Part =>
  typeof part === 'string' ? short(part) : typeof part === 'object' && 'text' in part ? shortSaid(part) : part;

const short = (text: string): string =>
  text.length <= longestMessage ? text : `${text.slice(0, longestMessage).toWellFormed()}…`;

/** A fault in a line of its own. */
function lineOf({ column, line, path, said }: PlanFileFault): Said {
  const place = `  ${line}:${column} ${path && `${path}: `}`;
  return joined([verbatim(place), said], '');
}

const faultsIn = (file: string | undefined, count: number): Said => {
  const named = file ?? theFile;
  return count === 1 ? oneFault({ file: named }) : someFaults({ file: named, count });
};

const theFile = term('file', 'the file', 'filen');
const andMore = say('  and {more} more', '  och {more} till');
const oneFault = say('{file} has a fault', '{file} har ett fel');
const someFaults = say('{file} has {count} faults', '{file} har {count} fel');
