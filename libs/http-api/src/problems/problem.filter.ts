import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, LogDamaged } from '#kernel';
import { Contention } from './contention.js';
import { tellLanguage } from './language.js';
import { Problems } from './problems.js';
import type { FailureLogger } from './problems.js';

/** Answers every failure with its problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #problems: Problems;

  constructor(logger: FailureLogger) {
    this.#problems = new Problems(logger);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, { headers, id }: FastifyRequest, reply: FastifyReply): void {
    const language = languageOf(headers['accept-language']);
    const problem = this.#problems.of(error, { id, language, expects: headers['if-match'] !== undefined });
    tellLanguage(reply, language);
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    const mayComeAgain = problem.status === 503 || problem.status === 429 || problem.code === contention;
    // What only an operator can mend is not asked again in a second.
    if (mayComeAgain && !(error instanceof LogDamaged)) void reply.header('Retry-After', '1');
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }
}

const contention = new Contention().code;
