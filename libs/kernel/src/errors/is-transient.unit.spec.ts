import { describe, expect, it } from '@jest/globals';
import { isTransient } from './is-transient.js';
import { NotFound } from './not-found.js';
import { RevisionMismatch } from './revision-mismatch.js';
import { RuleViolation } from './rule-violation.js';
import { StoreUnavailable } from './store-unavailable.js';
import { verbatim } from '../texts/said.js';

const away = new StoreUnavailable('event store', new Error('connect ECONNREFUSED'));

describe('A failure that passes by itself', () => {
  it.each([
    ['a store that is away', away],
    ['one that moved on meanwhile', new RevisionMismatch('uppsala.item-1', 3)],
    ['what it caused', new Error('The fold broke off', { cause: away })],
    ['an error that says so of itself', Object.assign(new Error('503'), { transient: true })],
  ])('is %s', (_, error) => expect(isTransient(error)).toBe(true));

  it.each([
    ['a rule that says no', new RuleViolation('bodies-ready', verbatim('No'))],
    ['what there is not', new NotFound('round', '1')],
    ['an error that nobody foresaw', new Error('No')],
    ['an error that says so of itself', Object.assign(new Error('401', { cause: away }), { transient: false })],
    ['no error', 'No'],
    ['nothing', undefined],
  ])('is not %s', (_, error) => expect(isTransient(error)).toBe(false));

  it('is looked for among causes that go round in a circle', () => {
    const one = new Error('one');
    one.cause = new Error('other', { cause: one });
    expect(isTransient(one)).toBe(false);
  });
});
