import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { isPosition, MalformedInput } from '#kernel';
import { ReadModels } from '#projecting';
import type { AuthenticatedRequest } from './request-context.js';

/**
 * A query may name a position in `waitFor`: it is answered when the read models have come to it
 * in what the caller's tenant has recorded.
 */
@Injectable()
export class WaitForInterceptor implements NestInterceptor {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Partial<AuthenticatedRequest> & { waitFor?: unknown }>();
    const { principal, waitFor } = request;
    if (waitFor !== undefined) {
      if (typeof waitFor !== 'string' || !isPosition(waitFor)) {
        throw new MalformedInput([{ field: 'waitFor', message: 'must be the position of a receipt' }]);
      }
      // Nobody sees more than what their tenant has recorded.
      await this.readModels.waitFor(waitFor, principal ? { tenant: principal.tenant } : {});
    }
    return next.handle();
  }
}
