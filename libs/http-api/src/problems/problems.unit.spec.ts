import { describe, expect, it } from '@jest/globals';
import { MalformedInput, newId, say } from '#kernel';
import { Problems } from './problems.js';

const wrong = say('is wrong', 'är fel', 'wrong');
const tooMuch = new MalformedInput(Array.from({ length: 3_000 }, (_, n) => ({ field: `field-${n}`, said: wrong() })));
const problems = new Problems({ error: () => undefined });

describe('A problem with more faults than are told', () => {
  it.each([
    ['en', /^field-0: is wrong; .*… \(and 2,\d{3} more\)$/],
    ['sv', /^field-0: är fel; .*… \(och 2\u00a0\d{3} till\)$/],
  ] as const)('counts the others, in %s', (language, detail) => {
    const problem = problems.of(tooMuch, { id: newId(), expects: false, language });
    expect(problem.detail).toMatch(detail);
    expect(Buffer.byteLength(JSON.stringify(problem))).toBeLessThan(64_000);
  });
});
