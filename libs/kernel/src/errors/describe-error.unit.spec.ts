import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { describeError, explainError, kindOfError, withoutCredentials } from './describe-error.js';
import { rule } from './rule-violation.js';
import { StoreUnavailable } from './store-unavailable.js';
import { ToldFaults } from './told-faults.js';

const unavailable = (cause: unknown) => new StoreUnavailable('document store', cause);
const withCode = (message: string, code: string | number) => Object.assign(new Error(message), { code });

/** What Node says where nobody listens. */
async function refusedConnection(): Promise<Error> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const [error] = (await once(connect(port, '127.0.0.1'), 'error', { signal: AbortSignal.timeout(5_000) }).catch(
    (failure: unknown) => [failure],
  )) as [Error];
  return error;
}

describe('An error in words', () => {
  it('names every cause, each with its code', async () => {
    const cause = await refusedConnection();
    expect(describeError(unavailable(new Error('No server', { cause })))).toMatch(
      /^StoreUnavailable: The document store does not answer, caused by Error: No server, caused by Error: connect ECONNREFUSED 127\.0\.0\.1:\d+( \(ECONNREFUSED\))?$/,
    );
    expect(describeError(withCode('unavailable', 14))).toBe('Error: unavailable (14)');
  });

  it('names each of several addresses that were tried', () => {
    const several = new AggregateError([new Error('connect ::1:1'), new Error('connect 127.0.0.1:1')]);
    expect(describeError(Object.assign(several, { code: 'ECONNREFUSED' }))).toBe(
      'AggregateError: Error: connect ::1:1; Error: connect 127.0.0.1:1 (ECONNREFUSED)',
    );
  });

  it.each([
    ['mongodb://user:p@ss/w:rd?#% x@host:1/db?tls=true is refused', 'mongodb://…'],
    ['cannot parse "kurrentdb+discover://user:secret@host:2113?tls=true" (bad)', 'kurrentdb+discover://…'],
    ['user:secret@host:6379 is refused', '…@host:6379 is refused'],
    ['redis://:secret\n@host', 'redis://…'],
  ])('holds no password of %s', (message, told) => {
    expect(describeError(unavailable(new Error(message)))).toContain(told);
    expect(describeError(unavailable(new Error(message)))).not.toMatch(/secret|p@ss|rd\?/);
  });

  it('leaves other text as it is', () => {
    const text = 'connect ECONNREFUSED 127.0.0.1:27017: at 12:30, mail a@b.se';
    expect(withoutCredentials(text)).toBe(text);
  });

  it('is made of whatever was thrown, and ends', () => {
    const circle: Error & { cause?: unknown } = new Error('round');
    circle.cause = new Error('and round', { cause: circle });
    expect(describeError(circle)).toBe('Error: round, caused by Error: and round');
    expect(describeError('a text')).toBe('a text');
    expect(describeError(undefined)).toBe('undefined instead of an error');
    expect(describeError(Object.create(null))).toBe('object instead of an error');
    expect(describeError(new Error(`${'x'.repeat(5_000)}`)).length).toBeLessThan(1_100);
    expect(describeError(new Error('half a character \ud83d'))).toBe('Error: half a character \ufffd');
  });
});

describe('An error for people', () => {
  it('is told without the names of classes, and what the domain refuses whole', () => {
    const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:2113'), new TypeError('no route')], '');
    expect(explainError(new RangeError('The disk is full', { cause: refused }))).toBe(
      'The disk is full, caused by connect ECONNREFUSED ::1:2113; no route',
    );
    const long = 'Uppföljningen är inte öppen. '.repeat(200).trim();
    expect(explainError(rule<string, string>('long', long, long)())).toBe(long);
    expect(explainError(new TypeError(''))).toBe('TypeError');
    expect(explainError(null)).toBe('null instead of an error');
    expect(explainError(new Error('of mongodb://a:secret@host/x'))).toBe('of mongodb://…');
  });
});

describe('What was said of an outage', () => {
  const timedOut = (milliseconds: number) => unavailable(new Error(`timed out after ${milliseconds} ms`));

  it('is news once, whatever the numbers in it, until it goes well again', () => {
    const told = new ToldFaults();
    expect([timedOut(750), timedOut(751), timedOut(9)].map((error) => told.isNews(error))).toEqual([
      true,
      false,
      false,
    ]);
    told.forget();
    expect(told.isNews(timedOut(750))).toBe(true);
  });

  it('is news where the cause of the same error, or its code, is another', () => {
    const told = new ToldFaults();
    const causes = [timedOut(750), unavailable(new Error('Authentication failed')), unavailable(withCode('no', 13))];
    expect([...causes, unavailable(withCode('no', 14))].map((error) => told.isNews(error))).toEqual(
      Array(4).fill(true),
    );
    expect(kindOfError(causes[0])).not.toBe(kindOfError(causes[1]));
  });

  it('is not told again and again where two causes take turns', () => {
    const told = new ToldFaults();
    const news = Array.from({ length: 20 }, (_, n) =>
      told.isNews(n % 2 ? timedOut(1) : unavailable(new Error('gone'))),
    );
    expect(news.filter(Boolean)).toHaveLength(2);
  });
});
