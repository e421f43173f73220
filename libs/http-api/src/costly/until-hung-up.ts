import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerLeft } from './caller-left.js';

/** A signal that aborts, with `CallerLeft`, when the caller hangs up before it has the answer. */
export const UntilHungUp = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const hungUp = new AbortController();
  const leave = () => {
    if (!raw.writableFinished) hungUp.abort(new CallerLeft());
  };
  if (raw.destroyed) leave();
  else raw.once('close', leave);
  return hungUp.signal;
});
