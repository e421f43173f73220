import type { Problem } from './problem.js';
import { inLanguage, say } from '#kernel';
import type { Language } from '#kernel';

export type Told = Omit<Problem, 'instance'>;

/** So much of a problem is told, in bytes as JSON: no answer that refuses is larger than what it refuses needs to be. */
export const mostBytesOfProblem = 32 * 1024;
const longestDetail = 2_000;
const longestText = 500;

/** A problem that says no more than can be read: long texts end early, and of long lists the rest is counted. */
export function boundedProblem(problem: Told, language: Language, mostBytes = mostBytesOfProblem): Told {
  if (bytesOf(problem) <= mostBytes) return cut(problem);
  let left = mostBytes;
  let omitted = 0;
  const bounded = Object.fromEntries(
    Object.entries(problem).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, typeof value === 'string' ? shortened(value, longestText) : value];
      const told: unknown[] = [];
      for (const each of value.map(short)) {
        left -= bytesOf(each) + 1;
        if (left < 0) break;
        told.push(each);
      }
      omitted += value.length - told.length;
      return [name, told];
    }),
  ) as unknown as Told;
  const detail = shortened(problem.detail, longestDetail);
  return {
    ...bounded,
    detail: omitted > 0 ? `${detail} ${inLanguage(language, more({ count: thousands(omitted, language) }))}` : detail,
  };
}

const cut = (problem: Told): Told => ({ ...problem, detail: shortened(problem.detail, longestDetail) });

function short(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value, longestText);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, short(inner)]));
}

const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

const more = say('(and {count} more)', '(och {count} till)');

const thousands = (count: number, language: Language): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, language === 'sv' ? '\u00a0' : ',');
