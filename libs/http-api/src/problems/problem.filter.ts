import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, MalformedInput, RevisionMismatch, RuleViolation } from '#kernel';
import { PlanFileFaults } from '#plan-files';
import type { Problem } from './problem.js';

const kinds: Readonly<Record<string, { readonly status: number; readonly title: string }>> = {
  unauthenticated: { status: 401, title: 'The token does not hold' },
  'malformed-input': { status: 400, title: 'The request cannot be understood' },
  'plan-file-faults': { status: 400, title: 'The plan file has faults' },
  forbidden: { status: 403, title: 'The token may not do this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'rule-violation': { status: 409, title: 'A rule stands in the way' },
  'revision-mismatch': { status: 412, title: 'Another came between' },
  'append-too-large': { status: 413, title: 'The request is too large' },
  conflict: { status: 409, title: 'Too many came between' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key belongs to another command' },
  'read-models-behind': { status: 503, title: 'The read models are behind' },
  'snapshot-differs': { status: 500, title: 'A snapshot is not what it was' },
  'store-refused': { status: 503, title: 'A store refuses what it is asked' },
  'store-unavailable': { status: 503, title: 'A store does not answer' },
};

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
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = { ...problemOf(error, request), instance: `urn:uuid:${request.id}` };
    if (problem.status >= 500) {
      this.logger.error({ requestId: request.id, error: describe(error) }, 'a request failed');
    }
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    if (problem.status === 503) void reply.header('Retry-After', '1');
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }
}

type Told = Omit<Problem, 'instance'>;

function problemOf(error: unknown, request: FastifyRequest): Told {
  if (error instanceof PlanFileFaults) {
    const faults = error.faults.map(({ column, line, message, path }) => ({ field: path, message, line, column }));
    return { ...told(error.code, `${error.file} has ${faults.length} faults`), faults };
  }
  if (error instanceof RevisionMismatch && request.headers['if-match'] === undefined) {
    return told('conflict', 'Others changed the same thing at the same time; send the request again');
  }
  if (error instanceof DomainError && kinds[error.code]) {
    return {
      ...told(error.code, error.message),
      ...(error instanceof RuleViolation && { rule: error.rule }),
      ...(error instanceof MalformedInput && { faults: [...error.faults] }),
    };
  }
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    const { message } = error as Error;
    return {
      type: `urn:sparbar:problem:http-${status}`,
      title: titles[status] ?? 'The request was refused',
      status,
      detail: message,
    };
  }
  return { type: 'urn:sparbar:problem:unexpected', ...unexpected, detail: 'The failure was logged under the instance' };
}

function told(code: string, detail: string): Told {
  return { type: `urn:sparbar:problem:${code}`, ...kinds[code]!, detail };
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  404: 'There is no such route',
  405: 'The route does not take this method',
  413: 'The request is too large',
  415: 'The request has a form that is not taken here',
};

/** The status that the framework gives its own refusals. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** Names and places, never what was sent. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const cause = error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {};
  return { name: error.name, message: error.message, stack: error.stack, ...cause };
}
