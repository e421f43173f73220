import { isDay, say } from '#kernel';
import type { Said } from '#kernel';
import type { Path } from './path.js';
import { saidOf } from './schema/wording.js';

/** A place where the data does not follow the schema. `inName` says that the fault lies in a property's name. */
export interface SchemaFault {
  readonly path: Path;
  readonly said: Said;
  readonly inName?: true;
}

/** The part of JSON Schema that the plan-file format uses. */
interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
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
    return schema.enum.includes(data) ? [] : [{ path, said: mustBeOneOf({ words: schema.enum.map(String) }) }];
  }
  if (schema.const !== undefined) {
    return data === schema.const ? [] : [{ path, said: mustBe({ value: JSON.stringify(schema.const) }) }];
  }
  if (schema.type === 'object') return objectFaults(schema, data, path);
  if (schema.type === 'array') return arrayFaults(schema, data, path);
  const said = scalarFault(schema, data);
  return said ? [{ path, said }] : [];
}

function objectFaults(schema: Schema, data: unknown, path: Path): SchemaFault[] {
  if (!isRecord(data)) return [{ path, said: mustBeAnObject({ properties: Object.keys(properties(schema)) }) }];
  const names = Object.keys(data);
  const tooFew = names.length < (schema.minProperties ?? 0);
  const tooMany = names.length > (schema.maxProperties ?? Number.POSITIVE_INFINITY);
  const allowed = Object.keys(properties(schema));
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(data, name));
  return [
    ...missing.map((name) => ({
      path: [...path, name],
      said: isMissing(properties(schema)[name]?.description ?? 'it is required'),
    })),
    // A missing property already says why there are too few.
    ...(tooMany || (tooFew && missing.length === 0)
      ? [
          {
            path,
            said: schema.errorMessage ? saidOf(schema.errorMessage) : needsOneOf({ properties: optional(schema) }),
          },
        ]
      : []),
    ...names.flatMap((name): SchemaFault[] => {
      const inner = Object.hasOwn(properties(schema), name) ? properties(schema)[name] : undefined;
      if (inner) return faultsAt(inner, data[name], [...path, name]);
      return [{ path: [...path, name], said: isNoProperty({ allowed }), inName: true }];
    }),
  ];
}

function arrayFaults(schema: Schema, data: unknown, path: Path): SchemaFault[] {
  if (!Array.isArray(data)) return [{ path, said: mustBeAList() }];
  if (data.length < (schema.minItems ?? 0)) return [{ path, said: mustHold({ least: schema.minItems! }) }];
  const items = schema.items;
  const seen = new Set<unknown>();
  return data.flatMap((item: unknown, index) => {
    const repeated = schema.uniqueItems === true && seen.has(item);
    seen.add(item);
    if (repeated) return [{ path: [...path, index], said: standsAlready({ value: String(item) }) }];
    return items ? faultsAt(items, item, [...path, index]) : [];
  });
}

function choiceFaults(schema: Schema, branches: readonly Schema[], data: unknown, path: Path): SchemaFault[] {
  if (branches.some((branch) => faultsAt(branch, data, path).length === 0)) return [];
  const meant = branches.find(
    (branch) => isRecord(data) && branch.required?.every((name) => Object.hasOwn(data, name)),
  );
  return meant
    ? faultsAt(meant, data, path)
    : [{ path, said: schema.errorMessage ? saidOf(schema.errorMessage) : fitsNone() }];
}

function scalarFault(schema: Schema, data: unknown): Said | undefined {
  if (schema.type === 'null') return data === null ? undefined : mustBe({ value: 'null' });
  if (schema.type === 'boolean') return typeof data === 'boolean' ? undefined : mustBeTrueOrFalse();
  if (schema.type === 'integer') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    const right = Number.isInteger(data) && Number(data) >= minimum && Number(data) <= maximum;
    return right ? undefined : wholeNumber(schema);
  }
  // What YAML made of a number may be another text than stands there: 5.0, 007 and 1_000 are 5, 7 and 1000.
  if (typeof data !== 'string') return typeof data === 'number' ? mustBeQuoted() : mustBeText();
  if (schema.format === 'date' && !isDay(data)) return isNoDay({ value: data });
  if (data.length < (schema.minLength ?? 0)) return mustNotBeEmpty();
  if (schema.maxLength !== undefined && [...data].length > schema.maxLength) {
    return mustBeShorter({ most: schema.maxLength });
  }
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(data)) {
    return doesNotFit({ value: data, expected: saidOf(schema.patternErrorMessage ?? schema.pattern) });
  }
  return undefined;
}

function wholeNumber({ maximum, minimum }: Schema): Said {
  if (minimum === undefined) return mustBeWhole();
  return maximum === undefined
    ? mustBeWholeFrom({ least: minimum })
    : mustBeWholeWithin({ least: minimum, most: maximum });
}

/** What a property is for the schema tells in English alone, which no other language is mixed with. */
const isMissing = (description: string): Said => ({
  text: { en: `is missing: ${description}`, sv: 'saknas' },
  params: {},
  code: 'missing',
});

const mustBeOneOf = say('must be one of {words}', 'ska vara ett av {words}', 'choice');
const mustBe = say('must be {value}', 'ska vara {value}', 'constant');
const mustBeAnObject = say('must be an object, with {properties}', 'ska vara ett objekt med {properties}', 'object');
const needsOneOf = say('needs at least one of {properties}', 'behöver minst ett av {properties}', 'too-few-properties');
const isNoProperty = say(
  'is not a property here; there are {allowed}',
  'är ingen egenskap här; de som finns är {allowed}',
  'unknown-property',
);
const mustBeAList = say('must be a list', 'ska vara en lista', 'list');
const mustHold = say('must hold at least {least}', 'ska ha minst {least}', 'too-few');
const standsAlready = say('"{value}" stands in the list already', '"{value}" står redan i listan', 'repeated');
const fitsNone = say('fits none of the choices', 'stämmer med inget av valen', 'no-choice');
const mustBeTrueOrFalse = say('must be true or false', 'ska vara true eller false', 'boolean');
const mustBeWhole = say('must be a whole number', 'ska vara ett heltal', 'integer');
const mustBeWholeFrom = say(
  'must be a whole number, {least} or more',
  'ska vara ett heltal, {least} eller mer',
  'integer',
);
const mustBeWholeWithin = say(
  'must be a whole number from {least} to {most}',
  'ska vara ett heltal från {least} till {most}',
  'integer',
);
const mustBeQuoted = say(
  'must be text: put it in quotes as it stands',
  'ska vara text: sätt det inom citattecken som det står',
  'text',
);
const mustBeText = say('must be text', 'ska vara text', 'text');
const isNoDay = say(
  '"{value}" is not a day; write one as YYYY-MM-DD',
  '"{value}" är ingen dag; skriv en som ÅÅÅÅ-MM-DD',
  'day',
);
const mustNotBeEmpty = say('must not be empty', 'får inte vara tom', 'empty');
const mustBeShorter = say('must be at most {most} characters', 'får ha högst {most} tecken', 'too-long');
const doesNotFit = say('"{value}" does not fit: {expected}', '"{value}" passar inte: {expected}', 'not-of-kind');

const properties = (schema: Schema): Record<string, Schema> => schema.properties ?? {};
const optional = (schema: Schema): string[] =>
  Object.keys(properties(schema)).filter((name) => !schema.required?.includes(name));
const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
