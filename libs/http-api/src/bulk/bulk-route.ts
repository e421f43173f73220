import { applyDecorators, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Role } from '#kernel';
import { Permit } from '../auth/permit.js';
import { mostOfBodies } from '../bounds/body-limits.js';
import { ApiProblems } from '../problems/api-problems.js';
import { LanguageInterceptor } from './language.interceptor.js';
import type { Outcomes } from './outcomes.js';
import { mostRows } from './row.js';

/**
 * A route that takes commands in bulk: who may, what it answers, and how both are documented.
 * @param permitted as for the command alone
 */
export const BulkRoute = (permitted: readonly Role[], summary: string, answer: Type<Outcomes>): MethodDecorator =>
  applyDecorators(
    Post(),
    HttpCode(200),
    Permit(...permitted),
    UseInterceptors(LanguageInterceptor),
    ApiOperation({
      summary,
      description:
        `For ${permitted.join(', ')}. Each row is a command of its own: decided, authorised and refused by itself, and ` +
        'rows about one thing in their order. The answer is 200 with an outcome for each row, also where all were ' +
        `refused. At most ${mostRows} rows, and ${mostOfBodies.bytes} bytes.`,
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'The same rows sent again with the same key get their first outcomes, and record nothing that was recorded; what was refused or not come to is decided on now',
    }),
    ApiResponse({ status: 200, type: answer, description: 'What became of each row' }),
    ApiProblems(400, 401, 403, 503),
  );
