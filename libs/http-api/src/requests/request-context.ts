import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { idOf, isId, MalformedInput, newId, say } from '#kernel';
import type { InputFault } from '#kernel';
import type { CommandContext } from '#deciding';
import { revisionOfTag } from './entity-tags.js';
import type { Principal } from '../auth/principal.js';

/** A request whose token has been checked. */
export type AuthenticatedRequest = FastifyRequest & { principal: Principal };

/** Who asks: what the token says. */
export const Requester = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  return context.switchToHttp().getRequest<AuthenticatedRequest>().principal;
});

/** What accompanies a command that came over HTTP: the token's actor, and the headers. */
export const RequestContext = createParamDecorator((_: unknown, context: ExecutionContext): CommandContext => {
  return commandContextOf(context.switchToHttp().getRequest<AuthenticatedRequest>());
});

/** @throws MalformedInput where a header cannot be understood */
export function commandContextOf({ headers, id, principal }: AuthenticatedRequest): CommandContext {
  const faults: InputFault[] = [];
  const key = headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))) {
    faults.push({ field: 'Idempotency-Key', said: visibleAscii() });
  }
  const expectedRevision = revisionOf(headers['if-match'], faults);
  if (faults.length > 0) throw new MalformedInput(faults);
  const { actor, tenant } = principal;
  return {
    tenant,
    actor,
    commandId: key === undefined ? newId() : idOf('command', tenant, actor.id, key as string),
    repeatable: key !== undefined,
    correlationId: isId(String(id)) ? String(id) : newId(),
    ...(expectedRevision !== undefined && { expectedRevision }),
  };
}

function revisionOf(header: string | undefined, faults: InputFault[]): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const revision = revisionOfTag(header);
  if (revision === undefined) {
    faults.push({ field: 'If-Match', said: noTag() });
    return undefined;
  }
  return revision;
}

const visibleAscii = say(
  'must be 1 to 200 visible ASCII characters',
  'ska vara 1 till 200 synliga ASCII-tecken',
  'idempotency-key',
);
const noTag = say(
  'must be the ETag of an earlier answer, such as "3"',
  'ska vara ETag i ett tidigare svar, såsom "3"',
  'entity-tag',
);
