import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, DomainError, LogDamaged, RevisionMismatch } from '#kernel';
import { boundedProblem } from './bounded-problem.js';
import { Contention } from './contention.js';
import type { Problem } from './problem.js';

const unexpected = { status: 500, title: 'Something went wrong here' };

/** Where failures that nobody foresaw are told. */
export interface FailureLogger {
  error(fields: object, message: string): void;
}

/** Makes a problem (RFC 9457) of every failure, in one place. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: FailureLogger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = { ...boundedProblem(problemOf(error, request)), instance: `urn:uuid:${request.id}` };
    if (problem.status >= 500) {
      this.logger.error(
        { requestId: request.id, error: describeError(error), at: placesOf(error) },
        'a request failed',
      );
    }
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    const mayComeAgain = problem.status === 503 || problem.status === 429 || problem.type === contention;
    // What only an operator can mend is not asked again in a second.
    if (mayComeAgain && !(error instanceof LogDamaged)) void reply.header('Retry-After', '1');
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }
}

type Told = Omit<Problem, 'instance'>;

const contention = `urn:sparbar:problem:${new Contention().code}`;

function problemOf(error: unknown, request: FastifyRequest): Told {
  if (error instanceof RevisionMismatch && request.headers['if-match'] === undefined) return told(new Contention());
  if (error instanceof DomainError) return told(error);
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    const { message } = error as Error;
    return {
      type: `urn:sparbar:problem:http-${status}`,
      code: `http-${status}`,
      title: titles[status] ?? 'The request was refused',
      status,
      detail: message,
    };
  }
  return {
    type: 'urn:sparbar:problem:unexpected',
    code: 'unexpected',
    ...unexpected,
    detail: 'The failure was logged under the instance',
  };
}

const told = ({ code, detail, particulars, status, title }: DomainError): Told => ({
  type: `urn:sparbar:problem:${code}`,
  code,
  title,
  status,
  detail,
  ...particulars,
});

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  404: 'There is no such route',
  413: 'The request is too large',
  415: 'The request has a form that is not taken here',
};

/** The status that the framework gives its own refusals. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** Where it came from: the stack without the message, which is told with its causes. */
function placesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack.split('\n').filter((line) => /^\s+at /.test(line));
}
