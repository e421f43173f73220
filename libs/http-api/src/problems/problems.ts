import { HttpException } from '@nestjs/common';
import { describeError, DomainError, RevisionMismatch } from '#kernel';
import { boundedProblem, mostBytesOfProblem } from './bounded-problem.js';
import type { Told } from './bounded-problem.js';
import { Contention } from './contention.js';
import type { Problem } from './problem.js';

/** Where failures that nobody foresaw are told. */
export interface FailureLogger {
  error(fields: object, message: string): void;
}

/** What a request says of how its failure is to be told. */
export interface Asked {
  /** The request, as the logs name it. */
  readonly id: string;
  /** Whether the caller said which revision it had seen. */
  readonly expects: boolean;
}

/** Makes a problem (RFC 9457) of every failure, in one place. */
export class Problems {
  constructor(private readonly logger: FailureLogger) {}

  /**
   * The problem that a caller is told of a failure. What nobody foresaw is logged.
   * @param mostBytes so much of it is told, as JSON
   */
  of(error: unknown, { expects, id }: Asked, mostBytes = mostBytesOfProblem): Problem {
    const problem = { ...boundedProblem(problemOf(error, expects), mostBytes), instance: `urn:uuid:${id}` };
    if (problem.status >= 500) {
      this.logger.error({ requestId: id, error: describeError(error), at: placesOf(error) }, 'a request failed');
    }
    return problem;
  }
}

const unexpected = { status: 500, title: 'Something went wrong here' };

function problemOf(error: unknown, expects: boolean): Told {
  if (error instanceof RevisionMismatch && !expects) return told(new Contention());
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
