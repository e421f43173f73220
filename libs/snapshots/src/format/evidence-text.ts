import type { EvidenceContent } from './snapshot.js';

/** What an assessment rests on, in words. */
export function evidenceText(evidence: EvidenceContent): string {
  if ('note' in evidence) return evidence.note;
  if ('item' in evidence) return `${evidence.item.label}: ${evidence.item.title}`;
  return evidence.indicator.name;
}
