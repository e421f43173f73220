import { DomainError } from '#kernel';
import type { Position } from './plan-file.js';

/** One fault of a plan file. */
export interface PlanFileFault extends Position {
  /** The place in the data, such as `indicators[3].values[1].total`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what would be right. */
  readonly message: string;
}

/** A plan file that cannot be used. It carries every fault, so that a file is mended in one go. */
export class PlanFileFaults extends DomainError {
  readonly code = 'plan-file-faults';
  readonly status = 400;
  readonly title = 'The plan file has faults';

  constructor(
    readonly file: string,
    readonly faults: readonly PlanFileFault[],
  ) {
    super(
      [
        `${file} has ${numberOf(faults)}:`,
        ...faults.map(({ line, column, path, message }) => `  ${line}:${column} ${path ? `${path}: ` : ''}${message}`),
      ].join('\n'),
    );
  }

  override get detail() {
    return `${this.file} has ${numberOf(this.faults)}`;
  }

  override get particulars() {
    return { faults: this.faults.map(({ column, line, message, path }) => ({ field: path, message, line, column })) };
  }
}

const numberOf = ({ length }: readonly PlanFileFault[]): string => (length === 1 ? 'a fault' : `${length} faults`);
