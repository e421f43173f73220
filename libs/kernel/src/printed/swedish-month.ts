const MONTHS = [
  ['jan', 'januari'],
  ['feb', 'febr', 'februari'],
  ['mar', 'mars'],
  ['apr', 'april'],
  ['maj'],
  ['jun', 'juni'],
  ['jul', 'juli'],
  ['aug', 'augusti'],
  ['sep', 'sept', 'september'],
  ['okt', 'oktober'],
  ['nov', 'november'],
  ['dec', 'december'],
];

/** The month (1–12) of a Swedish month name or abbreviation, with or without its full stop. */
export function monthOf(name: string): number | undefined {
  const plain = name.toLowerCase().replace(/\.$/, '');
  const index = MONTHS.findIndex((names) => names.includes(plain));
  return index === -1 ? undefined : index + 1;
}
