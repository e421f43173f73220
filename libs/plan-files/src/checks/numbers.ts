import type { Path } from '../path.js';
import type { Cell } from '../plan-file.js';
import {
  addTo,
  gapOfSign,
  normaliseItemNumber,
  readPrintedNumber,
  UnreadableItemNumber,
  UnreadableNumber,
  say,
} from '#kernel';
import type { Said } from '#kernel';
import type { Check, Findings } from './check.js';

interface Cells {
  readonly total?: Cell;
  readonly women?: Cell;
  readonly men?: Cell;
}

/** Printed numbers can be read, and no cell is left for the reader to guess. */
export const checkNumbers: Check = (file, findings) => {
  for (const { value: item, path } of file.parts('items')) {
    if (item.number !== undefined) checkItemNumber(findings, item.number, [...path, 'number']);
    item.otherNumbers?.forEach(({ number }, index) =>
      checkItemNumber(findings, number, [...path, 'otherNumbers', index, 'number']),
    );
  }
  const split = new Map<string, Split[]>();
  for (const { value: indicator, path } of file.parts('indicators')) {
    split.set(indicator.key, [{ since: '', sexes: indicator.sexes }]);
    indicator.values?.forEach((value, index) => {
      checkCells(findings, value, [...path, 'values', index]);
      checkSplit(findings, value, indicator.sexes, [...path, 'values', index]);
    });
  }
  for (const { value: step, path } of file.steps) {
    if (step.renumber) checkItemNumber(findings, step.renumber.number, [...path, 'renumber', 'number']);
    if (step.redefine) addTo(split, step.redefine.indicator, { since: step.on, sexes: step.redefine.sexes });
    for (const action of ['recordValue', 'correctValue'] as const) {
      const value = step[action];
      if (!value) continue;
      checkCells(findings, value, [...path, action]);
      const versions = split.get(value.indicator) ?? [];
      // A correction stays with the version of what it corrects, which may be any of them.
      const isSplit =
        action === 'recordValue'
          ? versions.findLast(({ since }) => since <= step.on)?.sexes
          : versions.length === 0 || versions.some(({ sexes }) => sexes);
      if (isSplit === false) checkSplit(findings, value, false, [...path, action]);
    }
  }
};

/** Whether an indicator is shown for women and men, from a day on; at first from any day. */
interface Split {
  readonly since: string;
  readonly sexes: boolean;
}

const COLUMNS = ['total', 'women', 'men'] as const;

function checkCells(findings: Findings, cells: Cells, path: Path): void {
  for (const column of COLUMNS) {
    const cell = cells[column];
    if (typeof cell !== 'string' || gapOfSign(cell)) continue;
    check(findings, [...path, column], UnreadableNumber, () => readPrintedNumber(cell));
  }
}

function checkSplit(findings: Findings, cells: Cells, sexes: boolean, path: Path): void {
  for (const column of sexes ? COLUMNS : (['total'] as const)) {
    if (cells[column] === undefined) {
      findings.fault([...path, column], valueIsMissing());
    }
  }
  for (const column of sexes ? [] : (['women', 'men'] as const)) {
    if (cells[column] !== undefined) {
      findings.fault([...path, column], isNotSplit());
    }
  }
}

function checkItemNumber(findings: Findings, number: string, path: Path): void {
  check(findings, path, UnreadableItemNumber, () => normaliseItemNumber(number));
}

function check(
  findings: Findings,
  path: Path,
  expected: new (...args: never[]) => Error & { readonly said: Said },
  read: () => unknown,
): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
    findings.fault(path, error.said);
  }
}

const valueIsMissing = say(
  'is missing: give the value as printed, or a gap that says why there is none',
  'saknas: ge värdet som det är tryckt, eller en lucka (gap) som säger varför det inte finns något',
  'missing',
);
const isNotSplit = say(
  'is given for an indicator that is not split by sex; set sexes: true or leave it out',
  'ges för en indikator som inte är könsuppdelad; sätt sexes: true eller utelämna det',
  'not-split',
);
