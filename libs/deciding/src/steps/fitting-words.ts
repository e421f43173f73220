import { Buffer } from 'node:buffer';
import type { Language } from '#kernel';

/** What is told of a step that could not be carried out. */
interface Told {
  readonly code: string;
  readonly rule?: string;
  readonly told: Readonly<Record<Language, string>>;
}

/** An append takes somewhat more, with what stands beside it. */
const mostBytes = 900_000;

/**
 * What could not be carried out, so that one append takes it: where it is thousands of steps, by rules and codes instead of words.
 * What closes a decision is never refused for its length, or it would be under way for ever.
 */
export function fittingWords<Step extends Told>(undone: readonly Step[]): readonly Step[] {
  const fits = (form: readonly Step[]) => Buffer.byteLength(JSON.stringify(form)) <= mostBytes;
  if (fits(undone)) return undone;
  const coded = undone.map(inCodes);
  return fits(coded) ? coded : undone.map(inBrief);
}

function inCodes<Step extends Told>(step: Step): Step {
  const words = step.rule ?? step.code;
  return { ...step, told: { en: words, sv: words } };
}

function inBrief<Step extends Told>({ rule: _, ...step }: Step): Step {
  return { ...step, told: { en: '…', sv: '…' } } as unknown as Step;
}
