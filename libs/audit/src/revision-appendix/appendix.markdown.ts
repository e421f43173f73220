import { shownLine } from '#kernel';
import { calledLink } from './appendix.words.js';
import type { Appendix, AppendixRow, AppendixSuccessor } from './appendix.js';
import { differ } from './compared-words.js';
import type { Word } from './compared-words.js';

/** An appendix as Markdown (GitHub's, for its tables and what is struck out). Whatever texts hold is text there. */
export function appendixMarkdown({ added, newer, older, rows, totals }: Appendix): string {
  const blocks = [
    `# Från ${told(older.title)} till ${told(newer.title)}`,
    '## Sammanfattning',
    tableOf(
      ['Utfall', 'Antal'],
      [...totals.map(({ count, label }) => [label, String(count)]), ['Alla', String(rows.length)]],
    ),
    '## Punkterna',
    '~~Struket~~ har bara den äldre texten, **fetstil** bara den nyare.',
    ...rows.flatMap(rowBlocks),
    '## Utan föregångare',
    added.length === 0
      ? 'Inga punkter.'
      : added.map(({ label, title }) => `- ${told(label)}: ${told(title)}`).join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function rowBlocks({ classLabel, comment, decision, item, printedLabel, successors, warnings }: AppendixRow): string[] {
  const facts = [
    ['Utfall', classLabel],
    ['I dokumentet', printedLabel],
    ['Kommentar', comment],
    ['Beslut', decision],
    ...warnings.map(({ words }) => ['Att veta', words]),
  ].flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${told(value)}`]));
  return [`### ${told(item.label)}: ${told(item.title)}`, facts.join('\n'), ...successors.map(successorBlock)];
}

function successorBlock({ item, links, text, title }: AppendixSuccessor): string {
  const lines = [
    `→ ${told(item.label)}: ${told(item.title)} (${told(links.map(calledLink).join(', '))})`,
    differ(title) ? compared(title) : 'Rubriken är densamma.',
    ...(text.length === 0 ? [] : [differ(text) ? compared(text) : 'Texten är densamma.']),
  ];
  return lines.join('\n\n');
}

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(told))].map((row) => `| ${row.join(' | ')} |`).join('\n');

const compared = (words: readonly Word[]): string =>
  words
    .map(({ change, text }) => (change === undefined ? told(text) : within(text, change === 'removed' ? '~~' : '**')))
    .join('');

/** Marks stand at words, never at blanks: there they would be read as text. */
function within(text: string, mark: string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text)!;
  return words === '' ? ' ' : `${before && ' '}${mark}${told(words)}${mark}${after && ' '}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text in one line, in which nothing is markup: neither of Markdown nor of HTML, which it may hold. */
const told = (text: string): string =>
  shownLine(text).replace(/[\\`*_{}[\]<>#|~&+!():@-]/g, (mark) => entities[mark] ?? `\\${mark}`);
