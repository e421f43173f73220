import { HttpException } from '@nestjs/common';
import { describeError, DomainError, inLanguage, RevisionMismatch, say, usualLanguage } from '#kernel';
import type { Language, Said } from '#kernel';
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
  /** In which language. */
  readonly language: Language;
}

/** Makes a problem (RFC 9457) of every failure, in one place. */
export class Problems {
  constructor(private readonly logger: FailureLogger) {}

  /**
   * The problem that a caller is told of a failure. What nobody foresaw is logged.
   * @param mostBytes so much of it is told, as JSON
   */
  of(error: unknown, { expects, id, language }: Asked, mostBytes = mostBytesOfProblem): Problem {
    const told = problemOf(error, expects, language);
    const problem = { ...boundedProblem(told, language, mostBytes), instance: `urn:uuid:${id}` };
    if (problem.status >= 500) {
      this.logger.error({ requestId: id, error: describeError(error), at: placesOf(error) }, 'a request failed');
    }
    return problem;
  }
}

function problemOf(error: unknown, expects: boolean, language: Language): Told {
  if (error instanceof RevisionMismatch && !expects) return told(new Contention(), language);
  if (error instanceof DomainError) return told(error, language);
  const status = statusOf(error);
  const isOfFramework = status !== undefined && status < 500;
  const code = isOfFramework ? `http-${status}` : 'unexpected';
  const title = inLanguage(language, isOfFramework ? (titles[status] ?? refused)() : unexpected());
  return {
    type: `urn:sparbar:problem:${code}`,
    code,
    title,
    status: isOfFramework ? status : 500,
    detail: isOfFramework ? detailOf(error as Error, title, language) : inLanguage(language, logged()),
    params: {},
  };
}

/** The framework speaks the usual language alone. */
const detailOf = ({ message }: Error, title: string, language: Language): string =>
  language === usualLanguage ? message : title;

const told = (error: DomainError, language: Language): Told => ({
  type: `urn:sparbar:problem:${error.code}`,
  code: error.code,
  title: error.title[language],
  status: error.status,
  detail: inLanguage(language, error.detail),
  params: error.paramsIn(language),
  ...error.particularsIn(language),
});

const unexpected = say('Something went wrong here', 'Något gick fel här');
const logged = say('The failure was logged under the instance', 'Felet har loggats under denna instans (instance)');
const refused = say('The request was refused', 'Begäran avvisades');
const titles: Readonly<Record<number, () => Said>> = {
  400: say('The request cannot be understood', 'Begäran kan inte tolkas'),
  404: say('There is no such route', 'Det finns ingen sådan adress'),
  413: say('The request is too large', 'Begäran är för stor'),
  415: say('The request has a form that is not taken here', 'Begäran har en form som inte tas emot här'),
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
