import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { validate } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { MalformedInput } from '#kernel';
import type { InputFault } from '#kernel';
import { faultOfShape, isObject, mustBeObject } from '../schema/faults.js';
import { fieldsOf, isDescribed, rulesOf } from '../schema/registry.js';
import { tidyFields } from '../schema/tidied.js';
import { instanceOf } from './request-mapper.js';

/**
 * Makes instances of bodies and queries, checks them against what their classes say of their fields, and lists everything
 * that is wrong at once.
 */
@Injectable()
export class RequestValidation implements PipeTransform {
  /**
   * @param value as it was read; nothing at all is an object without fields
   * @throws MalformedInput
   */
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (!isDescribed(metatype)) return value;
    const given: unknown = value === undefined ? {} : value;
    if (!isObject(given)) throw new MalformedInput([{ field: '', said: mustBeObject() }]);
    const faults: InputFault[] = [];
    const request = instanceOf(metatype, given, '', faults, type === 'query');
    const misshapen = faults.map(({ field }) => field);
    for (const error of await validate(request, { forbidUnknownValues: true })) {
      tell(error, '', faults, misshapen);
    }
    const between = faults.length > 0 ? [] : rulesOf(metatype).filter(({ holds }) => !holds(request));
    faults.push(...between.map(({ says }) => ({ field: '', said: says })));
    if (faults.length > 0) throw new MalformedInput(faults);
    tidyFields(metatype, request);
    return request;
  }
}

/** The pipe of every route. */
export const requestValidation = (): RequestValidation => new RequestValidation();

/** A field whose shape is at fault, or that of something in it, says nothing more. */
function tell(error: ValidationError, above: string, faults: InputFault[], misshapen: readonly string[]): void {
  const { children = [], constraints = {}, property } = error;
  const field = /^\d+$/.test(property) ? `${above}[${property}]` : above ? `${above}.${property}` : property;
  const isMisshapen = misshapen.some(
    (path) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
  );
  for (const child of children) tell(child, field, faults, misshapen);
  // What is wrong in an object says more than what is wrong between its fields.
  const isToldWithin = children.length > 0 && !Array.isArray(error.value);
  if (isMisshapen || isToldWithin || Object.keys(constraints).length === 0) return;
  const { shape } = fieldsOf(error.target?.constructor).get(property)!;
  const said = faultOfShape(shape, error.value);
  if (said) faults.push({ field, said });
}
