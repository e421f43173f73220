import { isLanguageTag, say } from '#kernel';
import { RefusedValue } from './refused-value.js';

/** @throws RefusedValue */
export function languageTag(text: string): string {
  if (!isLanguageTag(text)) throw new RefusedValue(isNoLanguage());
  return text;
}

const isNoLanguage = say('It must be a language, such as sv or en.', 'Det ska vara ett språk, såsom sv eller en.');
