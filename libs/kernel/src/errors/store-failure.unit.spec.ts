import { describe, expect, it } from '@jest/globals';
import { StoreFailure } from './store-failure.js';
import { StoreRefused } from './store-refused.js';
import { StoreUnavailable } from './store-unavailable.js';

describe('A store that fails', () => {
  it('does not answer, for a reason that is known or not', () => {
    const cause = new Error('14 UNAVAILABLE');
    const unknown = new StoreUnavailable('event store', cause);
    expect(unknown).toMatchObject({ code: 'store-unavailable', reason: 'unknown', store: 'event store', cause });
    expect(unknown.message).toBe('The event store does not answer');
    const known = new StoreUnavailable('event store', cause, 'tls-expired', 'its certificate has expired');
    expect(known).toMatchObject({
      reason: 'tls-expired',
      message: expect.stringMatching(/: its certificate has expired$/),
    });
    expect(known).toBeInstanceOf(StoreFailure);
  });

  it('refuses, and says whom, what and on what', () => {
    const words = (...refusal: ConstructorParameters<typeof StoreRefused>) => new StoreRefused(...refusal).message;
    expect(words('event store', { right: 'append', on: 'uppsala.item-1', user: 'sparbar' })).toBe(
      'The event store does not let the user "sparbar" append to uppsala.item-1',
    );
    expect(words('document store', { right: 'sign-in', user: 'sparbar' })).toContain(
      'does not accept the user "sparbar"',
    );
    expect(words('event store', { right: 'sign-in', user: undefined })).toContain('its URL names none');
    expect(new StoreRefused('event store', { right: 'sign-in', user: undefined })).toMatchObject({
      code: 'store-refused',
      refusal: { right: 'sign-in' },
    });
    expect(new StoreRefused('event store', { right: 'sign-in', user: 'sparbar' })).toBeInstanceOf(StoreFailure);
  });
});
