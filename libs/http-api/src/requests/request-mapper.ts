import type { InputFault } from '#kernel';
import { faultOfLength, isObject } from '../schema/faults.js';
import { fieldsOf } from '../schema/registry.js';
import type { Described, Field, Shape } from '../schema/registry.js';

/** So many faults are told one by one. */
const faultsTold = 100;
/** Names come from the caller and may be of any length. */
const longestName = 60;

/** What is wrong with a request: the first hundred faults, and how many there are. */
export class Faults {
  readonly #told: InputFault[] = [];
  #count = 0;

  add(field: string, message: string): void {
    if (this.#count++ < faultsTold) this.#told.push({ field, message });
  }

  get none(): boolean {
    return this.#count === 0;
  }

  get told(): readonly InputFault[] {
    const more = this.#count - this.#told.length;
    return more === 0 ? this.#told : [...this.#told, { field: '', message: `and ${more} more` }];
  }
}

/**
 * Makes the instance of a request of what came: objects where objects belong, lists of a length that can be looked through,
 * and no field that is not one of the request's. What a field's value should be is asked of the instance.
 *
 * A field with such a fault is left unset, so that it is told once; `faults` names it.
 * @param fromText whether numbers come as text, as in a query
 */
export function instanceOf(
  type: Described,
  fields: Readonly<Record<string, unknown>>,
  path: string,
  faults: Faults,
  fromText = false,
): Record<string, unknown> {
  const instance = new (type as new () => Record<string, unknown>)();
  const known = fieldsOf(type);
  for (const name of Object.keys(fields)) {
    const field = known.get(name);
    if (!field) faults.add(joined(path, shortened(name)), 'is not a field of this request');
    else if (fields[name] !== undefined)
      instance[name] = mappedField(field, fields[name], joined(path, name), faults, fromText);
  }
  return instance;
}

const mappedField = (field: Field, value: unknown, path: string, faults: Faults, fromText: boolean): unknown =>
  value === null && field.nullable ? null : mapped(field.shape, value, path, faults, fromText);

function mapped(shape: Shape, value: unknown, path: string, faults: Faults, fromText: boolean): unknown {
  if (shape.of === 'value') {
    const isNumber = fromText && shape.kind.schema.type === 'integer' && typeof value === 'string';
    return isNumber && /^-?[0-9]{1,15}$/.test(value) ? Number(value) : value;
  }
  if (shape.of === 'list') {
    const fault = faultOfLength(shape, value);
    if (fault !== undefined) return void faults.add(path, fault);
    const list = (value as unknown[]).map((element, index) =>
      mapped(shape.each, element, `${path}[${index}]`, faults, fromText),
    );
    return shape.each.of === 'object' && list.includes(undefined) ? undefined : list;
  }
  if (shape.of !== 'object') return value;
  return isObject(value) ? instanceOf(shape.type(), value, path, faults) : void faults.add(path, 'must be an object');
}

const joined = (above: string, name: string): string => (above ? `${above}.${name}` : name);

const shortened = (name: string): string => {
  const plain = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
  return plain.length > longestName ? `${plain.slice(0, longestName)}…` : plain;
};
