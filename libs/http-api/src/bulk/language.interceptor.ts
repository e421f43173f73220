import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { languageOf } from '#kernel';
import { tellLanguage } from '../problems/language.js';

/** Says of an answer in which language the problems in it are. */
@Injectable()
export class LanguageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<FastifyRequest>();
    tellLanguage(http.getResponse<FastifyReply>(), languageOf(headers['accept-language']));
    return next.handle();
  }
}
