import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, Observable } from 'rxjs';
import { describeDamage } from '#kernel';
import { DamageNotes } from '#projecting';

/**
 * Says beside an answer which streams of the log it is told from and are not whole: `Sparbar-Log: damaged`, and in an
 * answer that is an object, `logDamage`.
 */
@Injectable()
export class DamageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const notes = new DamageNotes();
    const answers = new Observable<unknown>((subscriber) => notes.during(() => next.handle().subscribe(subscriber)));
    return answers.pipe(
      map((answer) => {
        if (notes.found.length === 0) return answer;
        void reply.header('Sparbar-Log', 'damaged');
        const logDamage = notes.found.map((damage) => ({ ...damage, message: describeDamage(damage) }));
        return isPlain(answer) ? { ...answer, logDamage } : answer;
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
