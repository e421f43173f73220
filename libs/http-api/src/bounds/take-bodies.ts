import type { FastifyInstance, FastifyRequest } from 'fastify';
import { traitsOf } from '../requests/route-traits.js';
import { bodyLimitsOf } from './body-limits.js';
import type { BodyLimits } from './body-limits.js';
import { BodyTooLarge } from './body-too-large.js';
import { askForBody } from './expectations.js';
import { JsonScanner } from './json-scanner.js';
import { readBody } from './read-body.js';
import { UnsupportedBody } from './unsupported-body.js';
import { say } from '#kernel';

const yamlTypes = ['application/yaml', 'text/yaml'];

/**
 * Takes bodies of JSON, and of YAML where a route takes plan files: within the limits of the route, in UTF-8, and whole in
 * time. Bodies of any other kind are refused unread.
 * @param milliseconds how long a body may take to come
 */
export function takeBodies(fastify: FastifyInstance, milliseconds: number): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', (request, body, done) => {
    read(request, body, milliseconds, (limits) => new JsonScanner(limits)).then(
      // What is announced in pieces is known to be empty only when it has been read.
      (text) => (text === '' ? done(null, undefined) : void parseJson(request, text, done)),
      done,
    );
  });
  fastify.addContentTypeParser(yamlTypes, (request: FastifyRequest, body: Payload) =>
    read(request, body, milliseconds),
  );
}

type Payload = Parameters<typeof readBody>[0];

/** @throws UnsupportedBody, BodyTooLarge, and what reading throws */
async function read(
  request: FastifyRequest,
  body: Payload,
  milliseconds: number,
  scannerFor?: (limits: BodyLimits) => JsonScanner,
): Promise<string> {
  requirePlainUtf8(request);
  const limits = { ...bodyLimitsOf(undefined), ...traitsOf(request).limits };
  const scanner = scannerFor?.(limits);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw new BodyTooLarge('bytes', limits.bytes);
  askForBody(request.raw);
  return readBody(body, {
    limits,
    milliseconds,
    ...(scanner && { look: (piece) => scanner.take(piece) }),
  });
}

function requirePlainUtf8({ headers }: FastifyRequest): void {
  const { 'content-encoding': coding = 'identity', 'content-type': type = '' } = headers;
  if (!/^chunked$/i.test(headers['transfer-encoding'] ?? 'chunked')) {
    throw new UnsupportedBody(otherTransfer());
  }
  if (coding.toLowerCase() !== 'identity') throw new UnsupportedBody(packed());
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) throw new UnsupportedBody(otherCharset());
}

const otherTransfer = say(
  'bodies are taken whole or in chunks, without any other Transfer-Encoding',
  'innehåll tas emot helt eller i delar (chunked), utan annan Transfer-Encoding',
);
const packed = say('bodies are taken without a Content-Encoding', 'innehåll tas emot utan Content-Encoding');
const otherCharset = say('bodies are taken in UTF-8', 'innehåll tas emot i UTF-8');
