import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const ofRevision = /^"([0-9]{1,15})"$/;

/**
 * Tags an answer by what it says, behind the revision of what it shows where it has one: `"3-Zm9v…"`. Names that it borrows
 * and days that come change the tag though the revision stays. A caller that has it already gets 304 and nothing more.
 * @returns what is sent: the payload, or nothing
 */
export async function tagAnswer(
  { headers, method, url }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const isRead = (method === 'GET' || method === 'HEAD') && url.startsWith('/v1/') && reply.statusCode === 200;
  if (!isRead || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return payload;
  const given = reply.getHeader('etag');
  const revision = typeof given === 'string' ? ofRevision.exec(given)?.[1] : undefined;
  const tag =
    typeof given === 'string' && revision === undefined
      ? given
      : `"${revision === undefined ? '' : `${revision}-`}${hashOf(payload)}"`;
  void reply.header('ETag', tag);
  if (!names(headers['if-none-match'], tag)) return payload;
  void reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return '';
}

/** The revision that an entity tag of this API names; undefined where it names none. */
export const revisionOfTag = (tag: string): number | undefined => {
  const revision = /^(?:W\/)?"([0-9]{1,15})(?:-[\w-]+)?"$/.exec(tag)?.[1];
  return revision === undefined ? undefined : Number(revision);
};

/** Whether If-None-Match names a tag; proxies that pack an answer call it weak (RFC 9110, 13.1.2). */
const names = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((each) => weak(each.trim()) === weak(tag)));

const weak = (tag: string): string => tag.replace(/^W\//, '');

const hashOf = (payload: string | Buffer): string =>
  createHash('sha256').update(payload).digest('base64url').slice(0, 22);

/** What a read may be told of the copy that its caller has, for OpenAPI. */
export const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header' as const,
  required: false,
  description: 'The ETag of the copy that the caller has: where it is the newest, the answer is 304 and nothing more',
  example: '"3-Zm9vYmFyYmF6cXV4cXV1eA"',
  schema: { type: 'string' as const },
};

/** The header that tags an answer, for OpenAPI. */
export const entityTagOf = (what: string) => ({
  ETag: { description: what, required: true, schema: { type: 'string' as const } },
});
