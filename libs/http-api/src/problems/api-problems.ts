import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.js';
import { languages } from '#kernel';

const descriptions = {
  400: 'The request cannot be understood; every fault is listed',
  401: 'No token, or one that does not hold',
  403: 'The token does not give the right to do this',
  404: 'The resource does not exist, or another that the request names',
  405: 'The route does not take this method; Allow says which it takes',
  408: 'The request took too long to arrive',
  409: 'A rule does not allow it, or others changed the same thing at the same time',
  412: 'The resource was changed in the meantime',
  413: 'The request is too large',
  414: 'The address is too long',
  415: 'The request has a form that is not taken here',
  417: 'The request expects what is not offered here',
  422: 'What is asked looks like a mistake and is not confirmed, or the Idempotency-Key was used for another request',
  429: 'Too many requests; try again after Retry-After',
  431: 'The headers of the request are too large',
  500: 'Something went wrong here, and was logged under the instance',
  503: 'A store or the key server does not answer, or refuses what it is asked; try again after Retry-After',
} as const;

export type ProblemStatus = keyof typeof descriptions;

/** What every route may answer, whatever it is for. */
export const everywhere = [400, 405, 408, 414, 417, 429, 431, 500, 503] as const;

const retryAfter = {
  'Retry-After': { description: 'After so many seconds', schema: { type: 'integer' as const, minimum: 0 } },
};
const isPassing = (status: ProblemStatus): boolean => status === 429 || status === 503;

const contentLanguage = {
  'Content-Language': { description: 'That of its texts', schema: { type: 'string' as const, enum: [...languages] } },
};

/** A problem as OpenAPI tells of it. */
export const problemResponse = (status: ProblemStatus) => ({
  description: descriptions[status],
  headers: { ...contentLanguage, ...(isPassing(status) && retryAfter) },
  content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
});

/** The problems that a route may answer with beside those that every route may, for OpenAPI. */
export const ApiProblems = (...statuses: readonly ProblemStatus[]) =>
  applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) => ApiResponse({ status, ...problemResponse(status) })),
  );
