import { describe, expect, it } from '@jest/globals';
import { MalformedInput } from '../errors/malformed-input.js';
import { utf8Text } from './utf8-text.js';

const windows = (text: string) => Buffer.from(text, 'latin1');

function faultOf(bytes: Uint8Array, from?: string): string {
  try {
    utf8Text(bytes, from);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedInput);
    return (error as Error).message;
  }
  throw new Error('was taken');
}

describe('The text of bytes', () => {
  it('is what they say in UTF-8, without a byte order mark', () => {
    expect(utf8Text(Buffer.from('Åtgärd 7 🙂\n'))).toBe('Åtgärd 7 🙂\n');
    expect(utf8Text(Buffer.from('\ufeffsparbar: 1'))).toBe('sparbar: 1');
    expect(utf8Text(new Uint8Array())).toBe('');
  });

  it.each([
    ['nämnd', /line 1, column 2 \(byte 2 of the whole is E4, which is ä in Windows-1252\)/],
    ['a\r\nab Å', /line 2, column 4 \(byte 7 of the whole is C5, which is Å in Windows-1252\)/],
    ['a\n\nb\x80', /line 3, column 2 \(byte 5 of the whole is 80\)/],
  ])('in Windows-1252 is refused with its place: %j', (text, said) => {
    expect(faultOf(windows(text))).toMatch(said);
  });

  it('counts characters, not bytes, before the broken one', () => {
    expect(faultOf(Buffer.concat([Buffer.from('åäö🙂'), windows('ö')]))).toMatch(/line 1, column 5 \(byte 11 /);
  });

  it.each([
    ['cut within a character', Buffer.from('åä').subarray(0, 3), /line 1, column 2 \(byte 3 /],
    ['half a pair of UTF-16 in UTF-8', Buffer.from([0x61, 0xed, 0xa0, 0x80]), /column 2 \(byte 2 of the whole is ED\)/],
    ['longer than it need be', Buffer.from([0xc0, 0xaf]), /column 1 \(byte 1 of the whole is C0\)/],
  ])('%s is refused', (_, bytes, said) => {
    expect(faultOf(bytes)).toMatch(said);
  });

  it.each([
    ['little-endian, marked', Buffer.from('\ufeffa: ö', 'utf16le')],
    ['big-endian, marked', Buffer.from('\ufeffa: ö', 'utf16le').swap16()],
    ['little-endian, bare', Buffer.from('a: ö', 'utf16le')],
    ['big-endian, bare', Buffer.from('a: ö', 'utf16le').swap16()],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
  ])('of 16 or 32 bits a character is told as such: %s', (_, bytes) => {
    expect(faultOf(bytes, 'plan.yaml')).toBe('plan.yaml: must be UTF-8, and is UTF-16 or UTF-32: save it as UTF-8');
  });
});
