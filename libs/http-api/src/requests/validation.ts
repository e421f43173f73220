import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from '@nestjs/common';
import { MalformedInput } from '#kernel';
import type { InputFault } from '#kernel';

/** Checks requests against their classes, and lists everything that is wrong at once. */
export const requestValidation = () =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    exceptionFactory: (errors) => new MalformedInput(errors.flatMap((error) => faultsOf(error, ''))),
  });

function faultsOf({ children = [], constraints = {}, property }: ValidationError, above: string): InputFault[] {
  const field = /^\d+$/.test(property) ? `${above}[${property}]` : above ? `${above}.${property}` : property;
  const inner = children.flatMap((child) => faultsOf(child, field));
  // What does not belong to a request says so by one name; the validator's own wording speaks of classes.
  if ('whitelistValidation' in constraints) return [{ field, message: 'is not a field of this request' }];
  const own = Object.entries(constraints)
    .filter(([name]) => !(name === 'nestedValidation' && inner.length > 0))
    .map(([name, message]) => ({ field, message: name === 'unknownValue' ? 'must be an object' : message }));
  return [...own, ...inner];
}
