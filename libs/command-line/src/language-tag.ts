import { InvalidArgumentError } from 'commander';
import { isLanguageTag } from '#kernel';

/** @throws InvalidArgumentError */
export function languageTag(text: string): string {
  if (!isLanguageTag(text)) throw new InvalidArgumentError('It must be a language, such as sv or en.');
  return text;
}
