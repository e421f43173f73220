import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Receipt } from '#deciding';
import { inLanguage, languageOf, say } from '#kernel';
import type { Language } from '#kernel';
import { tellLanguage } from '../problems/language.js';

type Told<Answer extends Receipt = Receipt> = Answer & { readonly message?: string };

/** A receipt as callers are given it: it says why it names nothing that was recorded. */
export const toldReceipt = <Answer extends Receipt>(receipt: Answer, language: Language): Told<Answer> =>
  receipt.recorded.length > 0 ? receipt : { ...receipt, message: inLanguage(language, nothingRecorded()) };

/** Puts the revision of a receipt into the ETag, for the caller's next If-Match, and says why one names nothing that was recorded. */
@Injectable()
export class ReceiptInterceptor implements NestInterceptor<Receipt, Told> {
  intercept(context: ExecutionContext, next: CallHandler<Receipt>): Observable<Told> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((receipt) => {
        void reply.header('ETag', `"${receipt.revision}"`);
        const language = languageOf(http.getRequest<FastifyRequest>().headers['accept-language']);
        const told = toldReceipt(receipt, language);
        if (told.message !== undefined) tellLanguage(reply, language);
        return told;
      }),
    );
  }
}

const nothingRecorded = say(
  'Nothing was recorded: what was asked for holds already',
  'Inget registrerades: det som begärdes gäller redan',
);
