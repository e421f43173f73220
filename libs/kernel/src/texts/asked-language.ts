import { languages, usualLanguage } from './said.js';
import type { Language } from './said.js';

/**
 * The language that a caller wants to be told in (RFC 9110, 12.5.4): of those that there are, the one with the highest
 * quality, the usual one where several have it or none is acceptable. `sv-SE` is `sv`.
 * @param header Accept-Language, as it came
 */
export function languageOf(header: string | undefined): Language {
  const asked = (header ?? '').slice(0, longestHeader).split(',').map(rangeIn);
  const qualityOf = (language: Language): number => {
    const named = asked.filter(({ range }) => range === language || range.startsWith(`${language}-`));
    const found = named.length > 0 ? named : asked.filter(({ range }) => range === '*');
    return Math.max(0, ...found.map(({ quality }) => quality));
  };
  const best = Math.max(...languages.map(qualityOf));
  if (best === 0 || qualityOf(usualLanguage) === best) return usualLanguage;
  return languages.find((language) => qualityOf(language) === best)!;
}

const longestHeader = 1_000;

function rangeIn(text: string): { readonly range: string; readonly quality: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = given === undefined ? 1 : /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(given) ? Number(given.slice(2)) : 0;
  return { range, quality };
}
