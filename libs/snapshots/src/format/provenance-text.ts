import type { PeriodContent, ProvenanceContent } from './snapshot.js';

/** Such as `Sagt 2024-04-08 av Nämndens ordförande, Arbetsmarknadsnämnden, enligt Protokoll (AMN-2024-00119 § 41)`. */
function attestedText({ attested }: ProvenanceContent): string | undefined {
  if (!attested) return undefined;
  const { body, evidence, on, role } = attested;
  const proof = evidence.map(({ reference, sha256, title }) => {
    const where = [reference, sha256 && `SHA-256 ${sha256}`].filter(Boolean);
    return where.length === 0 ? title : `${title} (${where.join(', ')})`;
  });
  return `Sagt ${on} av ${[role, body?.name].filter(Boolean).join(', ')}, enligt ${proof.join(', ')}`;
}

/** What a fact is called, where it is one of those that documents leave out. */
const facts: Readonly<Record<string, string>> = {
  title: 'rubrik',
  text: 'text',
  number: 'nummer',
  expectedEffects: 'förväntade effekter',
  documents: 'styrdokument',
  parents: 'plats i planen',
  concerned: 'berörda',
  responsible: 'ansvariga',
  from: 'första dag',
  decision: 'beslut',
  'decision.date': 'beslutets dag',
  'validity.from': 'giltig från',
  'validity.to': 'giltig till',
  reason: 'skäl',
  until: 'till vilken dag',
  motivation: 'motivering',
  name: 'namn',
};
const factText = (fact: string): string => facts[fact] ?? fact;

/**
 * Where something comes from, and what is remarked of it, but for that it was made up: who said it, `Slutsats: nummer: ordningen
 * i listan`, `Återgivet i korthet: rubrik`, `Anmärkning: tryckt utan nummer`.
 */
export function whenceTexts(of: ProvenanceContent): string[] {
  const { inferred = [], note, retold = [] } = of;
  const grounds = inferred.map(({ fact, ground }) => (fact === undefined ? ground : `${factText(fact)}: ${ground}`));
  return [
    attestedText(of),
    grounds.length > 0 && `Slutsats: ${grounds.join('; ')}`,
    retold.length > 0 && `Återgivet i korthet: ${retold.map(factText).join(', ')}`,
    note !== undefined && `Anmärkning: ${note.replaceAll('\n', ' ')}`,
  ].filter((told) => typeof told === 'string');
}

/** What is said of where something comes from, that it was made up first; undefined where it was who recorded it. */
export function provenanceText(of: ProvenanceContent): string | undefined {
  const told = [...(of.invented ? ['Påhittat'] : []), ...whenceTexts(of)];
  return told.length > 0 ? told.join('. ') : undefined;
}

/** Words, that they were made up, and where they come from: `Påhittat: Rättad … (Anmärkning: …)`. */
export const withWhence = (of: ProvenanceContent, words: string): string =>
  [madeUp(of, words), ...whenceTexts(of).map((told) => `(${told})`)].join(' ');

/** Words of what was made up say so: `Påhittat: Grön`. */
export const madeUp = ({ invented }: ProvenanceContent, words: string): string =>
  invented ? `Påhittat: ${words}` : words;

/** Whether anything of a period was made up: what is recorded of it, corrected, or computed. */
export const isMadeUp = ({ computed, corrections, invented }: PeriodContent): boolean =>
  [{ invented }, ...corrections, ...Object.values(computed ?? {})].some((told) => told?.invented === true);
