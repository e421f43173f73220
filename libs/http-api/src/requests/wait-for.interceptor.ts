import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { FastifyRequest } from 'fastify';
import { isPosition, MalformedInput } from '#kernel';
import { ReadModels } from '#projecting';

/** A query may name a position in `waitFor`: it is answered when the read models have come to it. */
@Injectable()
export class WaitForInterceptor implements NestInterceptor {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { waitFor } = context.switchToHttp().getRequest<FastifyRequest & { waitFor?: unknown }>();
    if (waitFor !== undefined) {
      if (typeof waitFor !== 'string' || !isPosition(waitFor)) {
        throw new MalformedInput([{ field: 'waitFor', message: 'must be the position of a receipt' }]);
      }
      await this.readModels.waitFor(waitFor);
    }
    return next.handle();
  }
}
