import { inLanguage, usualLanguage } from '#kernel';
import type { Json, Language, Said } from '#kernel';

/** What a job answers that had nothing to do any more. */
export const skippedBecause = (said: Said): Json => ({
  skipped: inLanguage(usualLanguage, said),
  said: JSON.parse(JSON.stringify(said)) as Json,
});

/** The answer of a job as it is told in a language: why it was skipped, where it was; anything else as it is. */
export function resultIn(language: Language, result: Json): Json {
  const { said, skipped } = Object(result) as { readonly said?: Said; readonly skipped?: unknown };
  return typeof skipped === 'string' && said ? { skipped: inLanguage(language, said) } : result;
}
