import type { AppendixSuccessor } from './appendix.js';
import type { Appendix, AppendixRow } from './appendix.js';
import type { Word } from './compared-words.js';
import { calledLink } from './appendix.words.js';

/** The rows of an appendix for a spreadsheet: a line an item of the older plan. */
export const appendixTable = ({ rows }: Appendix) => ({
  head: [
    'Punkt',
    'Rubrik',
    'Utfall',
    'I dokumentet',
    'Kommentar',
    'Beslut',
    'Efterföljare',
    'Länkar',
    'Rubriken ord för ord',
    'Texten ord för ord',
    'Att veta',
  ],
  rows: rows.map(cellsOf),
});

function cellsOf({
  classLabel,
  comment = '',
  decision = '',
  item,
  printedLabel = '',
  successors,
  warnings,
}: AppendixRow) {
  const joined = (tell: (successor: AppendixSuccessor) => string) => successors.map(tell).join('; ');
  return [
    item.label,
    item.title,
    classLabel,
    printedLabel,
    comment,
    decision,
    joined((one) => `${one.item.label}: ${one.item.title}`),
    joined(({ links }) => links.map(calledLink).join(', ')),
    joined(({ title }) => marked(title)),
    joined(({ text }) => marked(text)),
    warnings.map(({ words }) => words).join('; '),
  ];
}

/** As tools for versions of texts write it: `Ge [-praktik-]{+stöd+} åt fler`. */
const marked = (words: readonly Word[]): string =>
  words
    .map(({ change, text }) => (change === 'removed' ? `[-${text}-]` : change === 'added' ? `{+${text}+}` : text))
    .join('');
