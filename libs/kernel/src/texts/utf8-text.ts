import { isUtf8 } from 'node:buffer';
import { MalformedInput } from '../errors/malformed-input.js';
import { say } from './said.js';
import type { Said } from './said.js';

/**
 * The text of bytes that came from outside. A byte order mark of UTF-8 is no part of it.
 * @param from what they are, such as the name of a file; nothing for a request, which is known
 * @throws MalformedInput that says where the first byte is that is not UTF-8, counted from one
 */
export function utf8Text(bytes: Uint8Array, from?: string): string {
  const said = otherEncoding(bytes) ?? (isUtf8(bytes) ? undefined : brokenAt(bytes, firstBroken(bytes)));
  if (said) throw new MalformedInput([{ field: '', said: from === undefined ? said : inFile({ file: from, said }) }]);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** A text of 16 or 32 bits a character: its mark says so, or every other byte of its first characters is empty. */
function otherEncoding([one, two, three, four]: Uint8Array): Said | undefined {
  const isMarked = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  const isBare = one === 0 ? two !== undefined : two === 0 && three !== 0 && (four === 0 || three === undefined);
  return isMarked || isBare ? utf16() : undefined;
}

function brokenAt(bytes: Uint8Array, offset: number): Said {
  const lineStart = bytes.subarray(0, offset).lastIndexOf(0x0a) + 1;
  const before = Buffer.from(bytes.subarray(lineStart, offset)).toString('utf8');
  const place = {
    line: linesBefore(bytes, lineStart) + 1,
    column: [...before].length + 1,
    byte: offset + 1,
    value: bytes[offset]!.toString(16).toUpperCase().padStart(2, '0'),
  };
  const letter = windows1252.decode(bytes.subarray(offset, offset + 1));
  return /[åäöéüÅÄÖÉÜ–’”…]/.test(letter) ? windowsLetter({ ...place, letter }) : notUtf8(place);
}

const windows1252 = new TextDecoder('windows-1252');

function linesBefore(bytes: Uint8Array, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < end; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}

/** Where the first character begins that is none in UTF-8. Looks at one line at a time. */
function firstBroken(bytes: Uint8Array): number {
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end + 1);
    if (!isUtf8(line)) return from + brokenWithin(line);
    from = end + 1;
  }
}

/** How long the longest beginning is that is UTF-8: of the beginnings of a broken line those that are cut within a character are not. */
function brokenWithin(line: Uint8Array): number {
  let at = 0;
  while (at < line.length) {
    const length = [1, 2, 3, 4].find((bytes) => at + bytes <= line.length && isUtf8(line.subarray(at, at + bytes)));
    if (length === undefined) break;
    at += length;
  }
  return at;
}

const inFile = say('{file}: {said}', '{file}: {said}', 'utf-8');
const notUtf8 = say(
  'must be UTF-8, and is not in line {line}, column {column} (byte {byte} of the whole is {value})',
  'ska vara UTF-8, och är det inte på rad {line}, kolumn {column} (byte {byte} av det hela är {value})',
  'utf-8',
);
const windowsLetter = say(
  'must be UTF-8, and is not in line {line}, column {column} (byte {byte} of the whole is {value}, which is {letter} in Windows-1252): save it as UTF-8',
  'ska vara UTF-8, och är det inte på rad {line}, kolumn {column} (byte {byte} av det hela är {value}, som är {letter} i Windows-1252): spara om det som UTF-8',
  'utf-8',
);
const utf16 = say(
  'must be UTF-8, and is UTF-16 or UTF-32: save it as UTF-8',
  'ska vara UTF-8, och är UTF-16 eller UTF-32: spara om det som UTF-8',
  'utf-8',
);
