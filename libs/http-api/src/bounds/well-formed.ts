import type { FastifyRequest } from 'fastify';
import { MalformedInput, say } from '#kernel';
import { AddressTooLong, longestAddress } from './address-too-long.js';
import { ExpectationFailed } from './expectation-failed.js';

/**
 * What HTTP itself asks of the head of a request, before its route is looked for.
 * @throws AddressTooLong, ExpectationFailed; MalformedInput where it does not name one host (RFC 9112, 3.2)
 */
export function requireWellFormed({ headers, raw: { httpVersion, rawHeaders, url = '' } }: FastifyRequest): void {
  if (url.length > longestAddress) throw new AddressTooLong();
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) {
    throw new MalformedInput([{ field: 'Host', said: once() }]);
  }
  const { expect } = headers;
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') throw new ExpectationFailed();
}

const once = say('must be there, once', 'ska finnas, en gång', 'once');
