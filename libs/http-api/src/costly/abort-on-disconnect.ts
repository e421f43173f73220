import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClientDisconnected } from './client-disconnected.js';

/** A signal that aborts, with `ClientDisconnected`, when the caller hangs up before it has the answer. */
export const AbortOnDisconnect = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const gone = new AbortController();
  const disconnect = () => {
    if (!raw.writableFinished) gone.abort(new ClientDisconnected());
  };
  if (raw.destroyed) disconnect();
  else raw.once('close', disconnect);
  return gone.signal;
});
