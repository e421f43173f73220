import { isDay } from '#kernel';
import type { Path } from './path.js';

/** A place where the data does not follow the schema. `inName` says that the fault lies in a property's name. */
export interface SchemaFault {
  readonly path: Path;
  readonly message: string;
  readonly inName?: true;
}

/** The part of JSON Schema that the plan-file format uses. */
interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly description?: string;
  readonly errorMessage?: string;
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
}

/**
 * Every place where data does not follow a schema, in the order of the schema, each said once and in words.
 *
 * A compiled validator is content to say that something is wrong: it stops after a number of faults, and for a choice it
 * gives the faults of every branch. A person who mends a file needs all of them, and only the branch that was meant.
 */
export function schemaFaults(schema: object, data: unknown): SchemaFault[] {
  return faultsAt(schema, data, []);
}

function faultsAt(schema: Schema, data: unknown, path: Path): SchemaFault[] {
  if (schema.anyOf) return choiceFaults(schema, schema.anyOf, data, path);
  if (schema.enum) {
    return schema.enum.includes(data) ? [] : [{ path, message: `must be one of ${schema.enum.join(', ')}` }];
  }
  if (schema.const !== undefined) {
    return data === schema.const ? [] : [{ path, message: `must be ${JSON.stringify(schema.const)}` }];
  }
  if (schema.type === 'object') return objectFaults(schema, data, path);
  if (schema.type === 'array') return arrayFaults(schema, data, path);
  const message = scalarFault(schema, data);
  return message === undefined ? [] : [{ path, message }];
}

function objectFaults(schema: Schema, data: unknown, path: Path): SchemaFault[] {
  if (!isRecord(data))
    return [{ path, message: `must be an object, with ${Object.keys(properties(schema)).join(', ')}` }];
  const names = Object.keys(data);
  const tooFew = names.length < (schema.minProperties ?? 0);
  const tooMany = names.length > (schema.maxProperties ?? Number.POSITIVE_INFINITY);
  const allowed = Object.keys(properties(schema)).join(', ');
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(data, name));
  return [
    ...missing.map((name) => ({
      path: [...path, name],
      message: `is missing: ${properties(schema)[name]?.description ?? 'it is required'}`,
    })),
    // A missing property already says why there are too few.
    ...(tooMany || (tooFew && missing.length === 0)
      ? [{ path, message: schema.errorMessage ?? `needs at least one of ${optional(schema).join(', ')}` }]
      : []),
    ...names.flatMap((name): SchemaFault[] => {
      const inner = Object.hasOwn(properties(schema), name) ? properties(schema)[name] : undefined;
      if (inner) return faultsAt(inner, data[name], [...path, name]);
      return [{ path: [...path, name], message: `is not a property here; there are ${allowed}`, inName: true }];
    }),
  ];
}

function arrayFaults(schema: Schema, data: unknown, path: Path): SchemaFault[] {
  if (!Array.isArray(data)) return [{ path, message: 'must be a list' }];
  if (data.length < (schema.minItems ?? 0)) return [{ path, message: `must hold at least ${schema.minItems}` }];
  const items = schema.items;
  const seen = new Set<unknown>();
  return data.flatMap((item: unknown, index) => {
    const repeated = schema.uniqueItems === true && seen.has(item);
    seen.add(item);
    if (repeated) return [{ path: [...path, index], message: `"${String(item)}" stands in the list already` }];
    return items ? faultsAt(items, item, [...path, index]) : [];
  });
}

function choiceFaults(schema: Schema, branches: readonly Schema[], data: unknown, path: Path): SchemaFault[] {
  if (branches.some((branch) => faultsAt(branch, data, path).length === 0)) return [];
  const meant = branches.find(
    (branch) => isRecord(data) && branch.required?.every((name) => Object.hasOwn(data, name)),
  );
  return meant ? faultsAt(meant, data, path) : [{ path, message: schema.errorMessage ?? 'fits none of the choices' }];
}

function scalarFault(schema: Schema, data: unknown): string | undefined {
  if (schema.type === 'boolean') return typeof data === 'boolean' ? undefined : 'must be true or false';
  if (schema.type === 'integer') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    const right = Number.isInteger(data) && Number(data) >= minimum && Number(data) <= maximum;
    return right ? undefined : `must be a whole number${bounds(schema)}`;
  }
  if (typeof data !== 'string')
    return typeof data === 'number' ? `must be text: put it in quotes, '${data}'` : 'must be text';
  if (schema.format === 'date' && !isDay(data)) return `"${data}" is not a day; write one as YYYY-MM-DD`;
  if (data.length < (schema.minLength ?? 0)) return 'must not be empty';
  if (schema.maxLength !== undefined && [...data].length > schema.maxLength) {
    return `must be at most ${schema.maxLength} characters`;
  }
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(data)) {
    return `"${data}" does not fit: ${schema.patternErrorMessage ?? schema.pattern}`;
  }
  return undefined;
}

const bounds = ({ minimum, maximum }: Schema): string => {
  if (minimum === undefined) return '';
  return maximum === undefined ? `, ${minimum} or more` : ` from ${minimum} to ${maximum}`;
};
const properties = (schema: Schema): Record<string, Schema> => schema.properties ?? {};
const optional = (schema: Schema): string[] =>
  Object.keys(properties(schema)).filter((name) => !schema.required?.includes(name));
const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
