import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { EventStore } from '#event-store';
import { isPosition, MalformedInput, say } from '#kernel';
import { ReadModelsBehind } from '#projecting';
import type { ReadModels } from '#projecting';
import type { AuthenticatedRequest } from './request-context.js';

/**
 * A query may name a position in `waitFor`: it is answered when the read models have come to it
 * in what the caller's tenant has recorded.
 */
@Injectable()
export class WaitForInterceptor implements NestInterceptor {
  constructor(
    private readonly readModels: ReadModels,
    private readonly log: Pick<EventStore, 'head'>,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Partial<AuthenticatedRequest> & { waitFor?: unknown }>();
    const { principal, waitFor } = request;
    if (waitFor !== undefined) {
      if (typeof waitFor !== 'string' || !isPosition(waitFor)) throw noReceipt();
      // Nobody sees more than what their tenant has recorded.
      await this.#comeTo(waitFor, principal ? { tenant: principal.tenant } : {});
    }
    return next.handle();
  }

  /** What the log itself has not come to is not waited for. */
  async #comeTo(position: string, whose: { readonly tenant?: string }): Promise<void> {
    try {
      await this.readModels.waitFor(position, { ...whose, milliseconds: 0 });
    } catch (error) {
      if (!(error instanceof ReadModelsBehind)) throw error;
      if (position > (await this.log.head())) throw noReceipt();
      await this.readModels.waitFor(position, whose);
    }
  }
}

const noReceipt = () => new MalformedInput([{ field: 'waitFor', said: noPosition() }]);
const noPosition = say('must be the position of a receipt', 'ska vara platsen (position) i ett kvitto', 'not-of-kind');
