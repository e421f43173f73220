import { inLanguage, say, usualLanguage } from '../texts/said.js';
import type { Said } from '../texts/said.js';
import { monthOf } from './swedish-month.js';

/** A number as a Swedish document prints it. */
export interface PrintedNumber {
  /** The decimal as text with a point. Trailing zeros stay: `5,0` was measured more finely than `5`. */
  readonly value: string;
  /** The text itself, in NFC. */
  readonly asPrinted: string;
  readonly unit?: '%';
  /** The month (1–12) that a provisional value is counted up to: `5 787 (okt)`. */
  readonly provisionalAsOf?: number;
}

/** A text that cannot be read as one number, and one number only. */
export class UnreadableNumber extends Error {
  readonly code = 'unreadable-number';

  constructor(
    readonly text: string,
    readonly expected: Said,
    readonly said = isNoNumber({ text, expected }),
  ) {
    super(inLanguage(usualLanguage, said));
    this.name = 'UnreadableNumber';
  }
}

/** Space, no-break space, thin space, narrow no-break space: all of them separate thousands in Swedish print. */
const SPACE = '[ \\u00a0\\u2009\\u202f]';

const SHAPE = new RegExp(
  `^(?<minus>[-\\u2212]?)(?<whole>[0-9]{1,3}(?:${SPACE}[0-9]{3})+|[0-9]+)(?:,(?<fraction>[0-9]+))?` +
    `(?:${SPACE}?(?<percent>%))?(?:${SPACE}?\\((?<month>[^()]*)\\))?$`,
  'u',
);

/**
 * Reads a number as Swedish documents print it: thousands apart by a space of any width, a decimal comma, a minus as `-`
 * or U+2212, perhaps a `%`, perhaps the month up to which it is provisional.
 *
 * A decimal point is refused, because `1.234` may be either of two numbers.
 *
 * @throws UnreadableNumber when the text is anything but one number, with what would be right
 */
export function readPrintedNumber(text: string): PrintedNumber {
  const asPrinted = text.normalize('NFC');
  const parts = SHAPE.exec(asPrinted.trim())?.groups;
  if (!parts) throw new UnreadableNumber(text, whatWouldBeRight(asPrinted.trim()));

  const whole = (parts['whole'] ?? '').replace(/[^0-9]/g, '');
  if (whole.length > 1 && whole.startsWith('0')) throw new UnreadableNumber(text, needlessZero());
  const magnitude = parts['fraction'] === undefined ? whole : `${whole}.${parts['fraction']}`;
  const month = parts['month'];
  const provisionalAsOf = month === undefined ? undefined : monthOf(month);
  if (month !== undefined && provisionalAsOf === undefined) {
    throw new UnreadableNumber(text, noMonth({ month }));
  }
  return {
    value: parts['minus'] && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude,
    asPrinted,
    ...(parts['percent'] ? { unit: '%' as const } : {}),
    ...(provisionalAsOf === undefined ? {} : { provisionalAsOf }),
  };
}

function whatWouldBeRight(text: string): Said {
  if (text === '') return isBlank();
  if (/[0-9]\.[0-9]/.test(text)) return commaForDecimals();
  if (/[0-9][ \u00a0\u2009\u202f][0-9]/.test(text)) return groupsOfThree();
  return asPrintedNumbers();
}

const isNoNumber = say(
  '"{text}" cannot be read as a number: {expected}',
  '"{text}" kan inte läsas som ett tal: {expected}',
  'unreadable-number',
);
const needlessZero = say('it begins with a needless zero', 'det börjar med en onödig nolla', 'needless-zero');
const noMonth = say('"{month}" is not a Swedish month, such as okt', '"{month}" är ingen månad, som okt', 'no-month');
const isBlank = say(
  'it is blank; a cell without a value says why with a gap',
  'det är tomt; en cell utan värde säger varför med en lucka (gap)',
  'blank',
);
const commaForDecimals = say(
  'a decimal is written with a comma, and thousands are kept apart by a space',
  'decimaler skrivs med komma, och tusental skiljs åt med mellanslag',
  'decimal-comma',
);
const groupsOfThree = say(
  'thousands stand in groups of three, such as 5 787',
  'tusental står i grupper om tre, som 5 787',
  'groups-of-three',
);
const asPrintedNumbers = say(
  'write it as 5 787, 5,0, −1,2, 33% or 5 787 (okt)',
  'skriv det som 5 787, 5,0, −1,2, 33% eller 5 787 (okt)',
  'printed-number',
);
