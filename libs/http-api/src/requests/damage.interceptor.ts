import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, Observable } from 'rxjs';
import { damageTold, inLanguage, languageOf } from '#kernel';
import type { Damage } from '#kernel';
import { DamageNotes } from '#projecting';
import { tellLanguage } from '../problems/language.js';

/**
 * Says beside an answer which streams of the log it is told from and are not whole: `Sparbar-Log: damaged`, and in an
 * answer that is an object, `logDamage`.
 */
@Injectable()
export class DamageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const notes = new DamageNotes();
    const answers = new Observable<unknown>((subscriber) => notes.during(() => next.handle().subscribe(subscriber)));
    return answers.pipe(
      map((answer) => {
        if (notes.found.length === 0) return answer;
        void reply.header('Sparbar-Log', 'damaged');
        if (!isPlain(answer)) return answer;
        const language = languageOf(http.getRequest<FastifyRequest>().headers['accept-language']);
        tellLanguage(reply, language);
        const told = (damage: Damage) => ({ ...damage, message: inLanguage(language, damageTold(damage)) });
        return { ...answer, logDamage: notes.found.map(told) };
      }),
    );
  }
}

const isPlain = (answer: unknown): answer is object =>
  typeof answer === 'object' &&
  answer !== null &&
  !Array.isArray(answer) &&
  !Buffer.isBuffer(answer) &&
  !('getStream' in answer);
