import { DomainError, inLanguage, say, usualLanguage, verbatim } from '#kernel';
import type { Position } from './plan-file.js';
import type { Said } from '#kernel';

/** One fault of a plan file. */
export interface PlanFileFault extends Position {
  /** The place in the data, such as `indicators[3].values[1].total`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what would be right. */
  readonly message: string;
}

/** So many faults of a file are kept, and so much of what each says; the others are counted. */
const mostFaults = 1_000;
const longestMessage = 500;

/** A plan file that cannot be used. It carries its faults, the first thousand of them, so that a file is mended in one go. */
export class PlanFileFaults extends DomainError {
  readonly code = 'plan-file-faults';
  readonly status = 400;
  readonly title = { en: 'The plan file has faults', sv: 'Planfilen har fel' };

  readonly faults: readonly PlanFileFault[];
  /** How many faults there are beside those that are told. */
  readonly more: number;

  /** @param others how many faults there are beside these */
  constructor(
    readonly file: string,
    all: readonly PlanFileFault[],
    others = 0,
  ) {
    const told = all.slice(0, mostFaults).map(shortened);
    const more = all.length - told.length + others;
    super(
      verbatim(
        [
          `${inLanguage(usualLanguage, faultsIn(file, told.length + more))}:`,
          ...told.map(({ line, column, path, message }) => `  ${line}:${column} ${path ? `${path}: ` : ''}${message}`),
          ...(more > 0 ? [`  and ${more} more`] : []),
        ].join('\n'),
      ),
    );
    this.faults = told;
    this.more = more;
  }

  override get detail() {
    return faultsIn(this.file, this.faults.length + this.more);
  }

  override particularsIn() {
    return { faults: this.faults.map(({ column, line, message, path }) => ({ field: path, message, line, column })) };
  }
}

const shortened = (fault: PlanFileFault): PlanFileFault => ({
  ...fault,
  path: short(fault.path),
  message: short(fault.message),
});

const short = (text: string): string =>
  text.length <= longestMessage ? text : `${text.slice(0, longestMessage).toWellFormed()}…`;

const faultsIn = (file: string, count: number): Said =>
  count === 1 ? oneFault({ file }) : someFaults({ file, count });

const oneFault = say('{file} has a fault', '{file} har ett fel');
const someFaults = say('{file} has {count} faults', '{file} har {count} fel');
