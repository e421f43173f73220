import { Lexer, Parser } from 'yaml';
import type { CST } from 'yaml';
import { inLanguage, say, usualLanguage } from '#kernel';
import type { Said } from '#kernel';

/** What a text holds more of than a plan file may. */
export class YamlTooLarge extends Error {
  constructor(
    /** Where in the text the first thing too many stands, in UTF-16 code units. */
    readonly offset: number,
    readonly said: Said,
  ) {
    super(inLanguage(usualLanguage, said));
    this.name = 'YamlTooLarge';
  }
}

/** So many values lie within each other at most; the format itself needs a handful. */
const deepest = 64;
/** So many marks, words and spaces a file has at most: some 100,000 lines of a plan. */
const mostLexemes = 1_500_000;

/**
 * The tokens of a YAML text. What would take others long or too much of their stack is refused here, where neither is so:
 * the lexer and the parser go once through the text, and keep a stack of their own.
 * @throws YamlTooLarge
 */
export function* tokensOf(text: string, onNewLine: (offset: number) => void): Generator<CST.Token, void> {
  const parser = new Parser(onNewLine);
  onNewLine(0);
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (++lexemes > mostLexemes) throw new YamlTooLarge(parser.offset, isTooLong());
    if (parser.stack.length > deepest) throw new YamlTooLarge(parser.offset, nestsTooDeep({ deepest }));
  }
  yield* parser.end();
}

const isTooLong = say(
  'the file is longer than a plan file may be',
  'filen är längre än en planfil får vara',
  'file-too-long',
);
const nestsTooDeep = say('nests more than {deepest} deep', 'är nästlad djupare än {deepest}', 'too-deep');
