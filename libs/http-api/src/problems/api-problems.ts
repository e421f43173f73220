import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.js';

const descriptions = {
  400: 'The request cannot be understood; every fault is listed',
  401: 'No token, or one that does not hold',
  403: 'The token may not do this',
  404: 'There is nothing with that id',
  409: 'A rule stands in the way',
  412: 'Another came between',
  413: 'The request is too large',
  422: 'The Idempotency-Key belongs to another command',
  503: 'A store does not answer, or refuses what it is asked; try again after Retry-After',
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
