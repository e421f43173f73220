import type { DescribedOperations, Operation } from './described-operations.js';
import { bodies, files, headers, inBodies, inBodiesToo, inPaths, inQueries } from './hostile-values.js';

export interface HostileRequest {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  /** The path as the document has it. */
  readonly operation?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
}

/** Queries of names that no route has. */
const otherQueries = [
  ...['__proto__=1', 'constructor[prototype][x]=1', 'toString=1', '=', '&&&', '%ff=%ff', 'a=1&'.repeat(1_500)],
];

type Place = readonly (string | number)[];

const json = { 'content-type': 'application/json' };
const yaml = { 'content-type': 'application/yaml' };

/** Bodies that are right but for one value, at every place of every schema. */
export const withSwappedValues = (operations: DescribedOperations): HostileRequest[] =>
  operations.all.flatMap((operation) => {
    const { body, method } = operation;
    if (body === undefined || operation.bodyType !== 'application/json') return [];
    const whole = operations.exampleOf(body);
    return placesIn(whole).flatMap((place, at) =>
      [...inBodies, ...turn(inBodiesToo, at, 8)].map((value) => ({
        what: `${JSON.stringify(value)?.slice(0, 50)} at ${place.join('.')}`,
        ...{ method, operation: operation.path, path: operations.pathOf(operation), headers: json },
        body: JSON.stringify(replaced(whole, place, value)),
      })),
    );
  });

/** Every parameter of every path and query, one at a time, and names that no query has. */
export const withOtherParameters = (operations: DescribedOperations): HostileRequest[] =>
  operations.all.flatMap((operation, at) => {
    const { method, parameters } = operation;
    const named = parameters.filter((parameter) => parameter.in === 'path');
    const asked = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    const paths = named.flatMap(({ name }) =>
      turn(inPaths, name.length, 2).map((value) => ({
        what: `${name}=${value}`,
        method,
        path: operations.pathOf(operation, { [name]: value }),
      })),
    );
    const queries = [
      ...asked.flatMap((name) => [
        ...turn(inQueries, at, 2).map((value) => `${name}=${value}`),
        `${name}=1&${name}=2`,
        `${name}[]=1`,
      ]),
      ...turn(otherQueries, at, 2),
    ];
    const path = operations.pathOf(operation);
    return [
      ...paths,
      ...queries.map((query) => ({ what: query, operation: operation.path, method, path: `${path}?${query}` })),
    ];
  });

/** Headers of every kind, some to each operation. */
export const withOtherHeaders = (operations: DescribedOperations): HostileRequest[] =>
  operations.all.flatMap((operation, at) => {
    const { body, method } = operation;
    const isJson = operation.bodyType === 'application/json';
    return turn(headers, at, 8).map((each) => ({
      what: JSON.stringify(each).slice(0, 100),
      ...{
        method,
        operation: operation.path,
        path: operations.pathOf(operation),
        headers: { ...(body && (isJson ? json : yaml)), ...each },
      },
      ...(body && { body: isJson ? JSON.stringify(operations.exampleOf(body)) : 'sparbar: 1' }),
    }));
  });

/** Bodies that are wrong as a whole. What is large is refused by one way for all: a few routes stand for the others. */
export function withOtherBodies(operations: DescribedOperations): HostileRequest[] {
  const posts = operations.all.filter(({ method }) => method === 'POST');
  const some = (large: boolean, at: number): Operation[] => posts.filter((_, n) => !large || n % 12 === at % 12);
  const sent = (all: readonly (readonly [string, string | Buffer])[], given: Readonly<Record<string, string>>) =>
    all.flatMap(([what, body], at) =>
      some(body.length > 100_000, at).map((operation) => ({
        ...{
          what,
          method: 'POST',
          operation: operation.path,
          path: operations.pathOf(operation),
          headers: given,
          body,
        },
      })),
    );
  return sent(bodies, json);
}

/** Plan files that are none. */
export const withOtherFiles = (): HostileRequest[] =>
  files.map(([what, body]) => ({
    what,
    method: 'POST',
    operation: '/v1/imports',
    path: '/v1/imports',
    headers: yaml,
    body,
  }));

/** What is tried in one place of all that is tried in one of them or another: one of so many. */
const turn = <Value>(values: readonly Value[], at: number, ofSoMany: number): Value[] =>
  values.filter((_, index) => index % ofSoMany === at % ofSoMany);

/** Every place in a value: the whole, and each property and item. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    placesIn(each, [...place, Array.isArray(value) ? Number(name) : name]),
  );
  return [place, ...inner];
}

function replaced(value: unknown, [first, ...rest]: Place, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((each: unknown, n) => (n === first ? replaced(each, rest, by) : each));
  const entries = Object.entries(value as object).map(([name, each]): [string, unknown] => [
    name,
    name === first ? replaced(each, rest, by) : each,
  ]);
  return Object.fromEntries(entries);
}
