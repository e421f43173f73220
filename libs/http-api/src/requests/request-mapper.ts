import { say } from '#kernel';
import type { InputFault, Said } from '#kernel';
import { faultOfLength, isObject, mustBeObject } from '../schema/faults.js';
import { fieldsOf } from '../schema/registry.js';
import type { Described, Field, Shape } from '../schema/registry.js';

/**
 * Makes the instance of a request of what came: objects where objects belong, lists of a length that can be looked through,
 * and no field that is not one of the request's. What a field's value should be is asked of the instance.
 *
 * A field with such a fault is left unset, so that it is told once; `faults` names it.
 * @param fromText whether numbers, and what is true or false, come as text, as in a query
 */
export function instanceOf(
  type: Described,
  fields: Readonly<Record<string, unknown>>,
  path: string,
  faults: InputFault[],
  fromText = false,
): Record<string, unknown> {
  const instance = new (type as new () => Record<string, unknown>)();
  const known = fieldsOf(type);
  for (const name of Object.keys(fields)) {
    const field = known.get(name);
    if (!field) faults.push({ field: joined(path, name), said: unknownField() });
    else if (fields[name] !== undefined)
      instance[name] = mappedField(field, fields[name], joined(path, name), faults, fromText);
  }
  return instance;
}

const mappedField = (field: Field, value: unknown, path: string, faults: InputFault[], fromText: boolean): unknown =>
  value === null && field.nullable ? null : mapped(field.shape, value, path, faults, fromText);

function mapped(shape: Shape, value: unknown, path: string, faults: InputFault[], fromText: boolean): unknown {
  if (shape.of === 'value') {
    return fromText && typeof value === 'string' ? read(value, shape.kind.schema.type) : value;
  }
  if (shape.of === 'list') {
    const fault = faultOfLength(shape, value);
    if (fault !== undefined) return unset(path, fault, faults);
    if (shape.apart) return value;
    const list = (value as unknown[]).map((element, index) =>
      mapped(shape.each, element, `${path}[${index}]`, faults, fromText),
    );
    return shape.each.of === 'object' && list.includes(undefined) ? undefined : list;
  }
  if (shape.of !== 'object') return value;
  return isObject(value) ? instanceOf(shape.type(), value, path, faults) : unset(path, mustBeObject(), faults);
}

/** What a text stands for where a value of a type is wanted; the text itself where it stands for none. */
function read(text: string, type: unknown): unknown {
  if (type === 'integer' && /^-?[0-9]{1,15}$/.test(text)) return Number(text);
  return type === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
}

function unset(field: string, said: Said, faults: InputFault[]): undefined {
  faults.push({ field, said });
}

const joined = (above: string, name: string): string => (above ? `${above}.${name}` : name);

const unknownField = say('is not a field of this request', 'är inget fält i denna begäran', 'unknown-field');
