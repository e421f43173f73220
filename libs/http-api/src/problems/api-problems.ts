import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.js';

const descriptions = {
  400: 'The request cannot be understood; every fault is listed',
  401: 'No token, or one that does not hold',
  403: 'The token does not give the right to do this',
  404: 'The resource does not exist',
  409: 'A rule does not allow it, or others changed the same thing at the same time',
  412: 'The resource was changed in the meantime',
  413: 'The request is too large',
  422: 'The Idempotency-Key was used for another request',
  503: 'A store or the key server does not answer, or refuses what it is asked; try again after Retry-After',
} as const;

/** The problems that a route may answer with, for OpenAPI. */
export const ApiProblems = (...statuses: readonly (keyof typeof descriptions)[]) =>
  applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: descriptions[status],
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
      }),
    ),
  );
