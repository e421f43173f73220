import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { sparbar } from '#command-line';
import { describedClasses, fieldsOf } from '#http-api';
import { faultIn, kind } from '#kernel';
import type { Kind } from '#kernel';
import { PlanFileFaults, readPlanFile } from '#plan-files';
import { wholeFile } from '../../libs/plan-files/src/testing/whole-file.js';
import { FeaturesModule } from '#running';

const long = (length: number): string => 'x'.repeat(length);

/** What is of each kind of value, and what is not. */
const examples: Readonly<
  Record<string, { readonly of: Kind<string>; readonly good: string[]; readonly bad: string[] }>
> = {
  key: {
    of: kind.code,
    good: ['a', 'april-2025', '2025', long(200)],
    bad: ['', 'April', 'å', 'a--b', '-a', 'a-', 'a b', 'a_b', 'a\n', long(201)],
  },
  label: {
    of: kind.label,
    good: ['Grön', ' Grön ', '❤️', long(200), '💩'.repeat(200)],
    bad: ['', ' ', '\u00a0', 'a\u0000b', long(201), '💩'.repeat(201)],
  },
  day: {
    of: kind.day,
    good: ['2025-02-28', '2024-02-29', '0001-01-01'],
    bad: ['2025-02-29', '2025-13-01', '20250401', '2025-4-1', '2025-04-01T00:00:00Z', ' 2025-04-01', ''],
  },
  decimal: {
    of: kind.decimal,
    good: ['0', '5.0', '-1.25', `1${'0'.repeat(39)}`],
    bad: ['05', '1,5', '1e3', '.5', '5.', '+5', ' 5', '', `1${'0'.repeat(40)}`],
  },
  period: {
    of: kind.period,
    good: ['2025', '2025-03', '2025-Q1', '2025-T3', '2025-H2', '2024/25', '1999/00'],
    bad: ['25', '2025-13', '2025-Q5', '2025-T4', '2025-H3', '2024/26', '2024/2025', '2025-q1', ''],
  },
  number: {
    of: kind.itemNumber,
    good: ['7', '16b', 'Uppdrag 7.', 'N.1.1.', '2021:8', 'A\u030a1'],
    bad: ['', 'sju', '7 och 8', '7 a', '1..2', `${'1.'.repeat(40)}1`],
  },
  printed: {
    of: kind.printed,
    good: ['5,0', '5 787 (okt)', '33%', '..', '.', '–', 'x'],
    bad: ['', ' ', long(41)],
  },
};

/** Puts a text into a plan file where a value of a kind belongs. */
const placed: Readonly<Record<string, (text: string) => { readonly file: object; readonly path: RegExp }>> = {
  key: (text) => at(/^groups\[0\]\.key$/, (file) => (file.groups![0]!.key = text)),
  label: (text) => at(/^rounds\[0\]\.label$/, (file) => (file.rounds![0]!.label = text)),
  day: (text) => at(/^plan\.decision\.date$/, (file) => (file.plan!.decision!.date = text)),
  decimal: (text) =>
    at(
      /^indicators\[0\]\.target\.atMost$/,
      (file) => (file.indicators![0]!.target = { atMost: text, by: '2026-12-31' }),
    ),
  period: (text) =>
    at(/^indicators\[1\]\.values\[0\]\.period$/, (file) => (file.indicators![1]!.values![0]!.period = text)),
  number: (text) => at(/^items\[1\]\.number$/, (file) => (file.items![1]!.number = text)),
  printed: (text) =>
    at(/^indicators\[1\]\.values\[0\]\.total$/, (file) => (file.indicators![1]!.values![0]!.total = text)),
};

type File = ReturnType<typeof wholeFile>;
type Writable<T> = T extends object ? { -readonly [Name in keyof T]: Writable<T[Name]> } : T;

function at(path: RegExp, put: (file: Writable<File>) => unknown): { readonly file: object; readonly path: RegExp } {
  const file = wholeFile();
  put(file);
  return { file, path };
}

/** Whether a plan file is taken as far as what stands in one place is concerned. */
function isTakenInFile({ file, path }: { readonly file: object; readonly path: RegExp }): boolean {
  try {
    readPlanFile(stringify(file), 'grammar.yaml');
    return true;
  } catch (error) {
    if (!(error instanceof PlanFileFaults)) throw error;
    return !error.faults.some((fault) => path.test(fault.path));
  }
}

/** Whether the command line understands an option: what it then does is another matter. */
async function isUnderstood(...words: readonly string[]): Promise<boolean> {
  const program = sparbar(() => undefined);
  const silent = { writeErr: () => undefined, writeOut: () => undefined };
  const quieten = (command: typeof program): void => {
    command.configureOutput(silent);
    command.commands.forEach(quieten);
  };
  quieten(program);
  try {
    await program.parseAsync(['--data', '/dev/null/nothing', ...words], { from: 'user' });
  } catch (error) {
    return !/^commander\./.test((error as { code?: string }).code ?? '');
  }
  return true;
}

const cases = Object.entries(examples).flatMap(([name, { bad, good, of }]) => [
  ...good.map((text) => [name, text, true, of] as const),
  ...bad.map((text) => [name, text, false, of] as const),
]);

describe('Each kind of value', () => {
  it.each(cases)(
    'is written in one way in a request and in a plan file: %s %j is taken: %s',
    (name, text, right, of) => {
      expect(faultIn(of, text) === undefined).toBe(right);
      expect(isTakenInFile(placed[name]!(text))).toBe(right);
    },
  );

  const days = [...examples['day']!.good, ...examples['day']!.bad].filter((text) => !text.includes('T'));
  it.each(days)('is written in that way on the command line: the day %j', async (text) => {
    const right = faultIn(kind.day, text) === undefined;
    for (const option of ['--as-of', '--known-at']) {
      expect(await isUnderstood('status', 'plan-2025', option, text)).toBe(right);
    }
  });

  it.each([...examples['key']!.good, ...examples['key']!.bad])('and so is the code %j', async (text) => {
    // A word that begins with a hyphen is an option, not a value of one.
    const right = faultIn(kind.code, text) === undefined;
    expect(await isUnderstood('items', 'plan-2025', `--kind=${text}`)).toBe(right);
  });

  it('is what every request and every answer is made of', () => {
    expect(FeaturesModule).toBeDefined();
    const kinds = describedClasses().flatMap((described) =>
      [...fieldsOf(described).values()].flatMap(({ shape }) => (shape.of === 'value' ? [shape.kind] : [])),
    );
    const patterns = new Set(kinds.map(({ schema }) => schema.pattern).filter((pattern) => pattern !== undefined));
    const known = new Set(
      Object.values(kind).flatMap((one) => (typeof one === 'function' ? [] : (one.schema.pattern ?? []))),
    );
    expect(kinds.length).toBeGreaterThan(200);
    // Ids of jobs and snapshots are told apart by what they may be beside.
    expect([...patterns].filter((pattern) => !known.has(pattern)).length).toBeLessThanOrEqual(2);
  });
});
