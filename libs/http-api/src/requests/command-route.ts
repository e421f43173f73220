import { applyDecorators, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { DomainCommand } from '#kernel';
import type { DecisionCommandClass, Receipt } from '#deciding';
import { Permit } from '../auth/permit.js';
import { ApiProblems } from '../problems/api-problems.js';
import { ReceiptInterceptor } from './receipt.interceptor.js';
import { ReceiptResponse } from './receipt.response.js';
import { entityTagOf } from './entity-tags.js';

/**
 * A route that takes a command: who may, what it answers, and how both are documented.
 * @param answer the class of the answer, where it tells more than every receipt
 */
export function CommandRoute<Domain extends DomainCommand>(
  path: string,
  command: DecisionCommandClass<Domain>,
  summary: string,
  answer: Type<Receipt> = ReceiptResponse,
): MethodDecorator {
  const status = command.creates ? 201 : 200;
  return applyDecorators(
    Post(path),
    HttpCode(status),
    Permit(...command.permitted),
    UseInterceptors(ReceiptInterceptor),
    ApiOperation({
      summary,
      description: `For ${command.permitted.join(', ')}.`,
      operationId: operationIdOf(command.name),
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'The same key of the same caller for the same thing gets the first answer and records nothing; with other content it is refused',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag of an earlier answer; where another came between, 412',
    }),
    ApiResponse({
      status,
      type: answer,
      description: 'Recorded, or found to change nothing',
      headers: entityTagOf('The revision afterwards, for the If-Match of the next command'),
    }),
    ApiProblems(400, 401, 403, 404, 409, 412, 422, 503),
  );
}

function operationIdOf(commandName: string): string {
  const name = commandName.replace(/Command$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
