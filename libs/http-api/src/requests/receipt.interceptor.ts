import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Receipt } from '#deciding';

/** Puts the revision of a receipt into the ETag, for the caller's next If-Match. */
@Injectable()
export class ReceiptInterceptor implements NestInterceptor<Receipt, Receipt> {
  intercept(context: ExecutionContext, next: CallHandler<Receipt>): Observable<Receipt> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap(({ revision }) => void reply.header('ETag', `"${revision}"`)));
  }
}
