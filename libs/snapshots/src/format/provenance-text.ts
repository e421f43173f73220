import type { PeriodContent, ProvenanceContent } from './snapshot.js';

/** Such as `Sagt 2024-04-08 av Nämndens ordförande, Arbetsmarknadsnämnden, enligt Protokoll (AMN-2024-00119 § 41)`. */
export function attestedText({ attested }: ProvenanceContent): string | undefined {
  if (!attested) return undefined;
  const { body, evidence, on, role } = attested;
  const proof = evidence.map(({ reference, sha256, title }) => {
    const where = [reference, sha256 && `SHA-256 ${sha256}`].filter(Boolean);
    return where.length === 0 ? title : `${title} (${where.join(', ')})`;
  });
  return `Sagt ${on} av ${[role, body?.name].filter(Boolean).join(', ')}, enligt ${proof.join(', ')}`;
}

/** What is said of where something comes from: that it was made up, or who said it; undefined where it was who recorded it. */
export function provenanceText(of: ProvenanceContent): string | undefined {
  const told = [of.invented && 'Påhittat', attestedText(of)].filter(Boolean);
  return told.length > 0 ? told.join('. ') : undefined;
}

/** Words of what was made up say so: `Påhittat: Grön`. */
export const madeUp = ({ invented }: ProvenanceContent, words: string): string =>
  invented ? `Påhittat: ${words}` : words;

/** Whether anything of a period was made up: what is recorded of it, corrected, or computed. */
export const isMadeUp = ({ computed, corrections, invented }: PeriodContent): boolean =>
  [{ invented }, ...corrections, ...Object.values(computed ?? {})].some((told) => told?.invented === true);
