import type { Condition, Filter, FindOptions } from '../document-store.port.js';
import type { IndexedFields } from './indexed-fields.js';
import type { ListIndex } from './list-index.js';

type Scalar = string | number;

/** Conditions joined by AND, with what is given to them. */
interface Conditions {
  readonly sql: string;
  readonly parameters: readonly Scalar[];
}

/** What SQL is asked of a query, each statement given the parameters. */
export interface Pushdown {
  /** Whether nothing of the filter is left for another to decide. */
  readonly complete: boolean;
  /** Whether the documents of `all` and `page` come in order. */
  readonly sorted: boolean;
  readonly parameters: readonly Scalar[];
  /** The documents that may be meant, in no order. */
  readonly candidates: string;
  readonly count: string;
  readonly all: string;
  /** Those from a place on, given a limit (-1: none) and an offset too. What is passed over is looked at in the index alone. */
  readonly page: string;
}

const comparisons = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const;

/**
 * What SQL decides of a query, as MongoDB would. Only indexed fields are given to it: they hold one text or number, so that
 * no element of an array can match where SQL does not look; and lists by whose elements documents are found.
 * @param collection its documents are called `d` by the statements, the elements of a list `l`
 */
export function pushDown(
  filter: Filter,
  { indexed, table }: { readonly indexed: IndexedFields; readonly table: string },
  sort: FindOptions['sort'] = {},
): Pushdown {
  const lists = indexed.lists.filter((list) => serves(list, filter));
  const [first] = lists;
  let joins = false;
  const column = (field: string): string => {
    if (first?.has(field)) return first.column(field, 'l');
    joins = true;
    return indexed.column(field, 'd');
  };
  const conditions: Conditions[] = [];
  let complete = true;
  for (const [field, condition] of Object.entries(filter)) {
    if (condition === undefined) continue;
    const list = lists.find((each) => each.list === field);
    const isKnown = list !== undefined || indexed.has(field);
    const pushed =
      list && list.list !== first?.list
        ? amongElements(list, filter, column('_id'))
        : isKnown && conditionSql(column(field), condition as Condition);
    if (pushed) conditions.push(pushed);
    else complete = false;
  }
  const sorted = Object.keys(sort).every((field) => indexed.has(field));
  const order = sorted ? orderBy(sort, column) : '';
  const where = conditions.length > 0 ? ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '';
  const select = 'SELECT d.id, d.body, d.position FROM';
  const inOrder = sorted ? ` ORDER BY ${orderBy(sort, (field) => indexed.column(field, 'd'))}` : '';
  const answers = { complete, sorted, parameters: conditions.flatMap(({ parameters }) => parameters) };
  if (!first) {
    const from = `${table} AS d${where}`;
    const page = `SELECT d.rowid FROM ${from} ORDER BY ${order} LIMIT ? OFFSET ?`;
    return {
      ...answers,
      candidates: `${select} ${from}`,
      count: `SELECT count(*) FROM ${from}`,
      all: `${select} ${from}${inOrder}`,
      page: `${select} ${table} AS d WHERE d.rowid IN (${page})${inOrder}`,
    };
  }
  const from = `${first.table} AS l${joins ? ` CROSS JOIN ${table} AS d ON d.id = l.id` : ''}${where}`;
  const among = (ids: string) => `${select} ${table} AS d WHERE d.id IN (${ids})`;
  // A document of which several elements are asked for comes several times.
  const once = isScalar(filter[first.list]) ? '' : ' GROUP BY l.id';
  return {
    ...answers,
    candidates: among(`SELECT l.id FROM ${from}`),
    count: `SELECT count(${once && 'DISTINCT '}l.id) FROM ${from}`,
    all: `${among(`SELECT l.id FROM ${from}`)}${inOrder}`,
    page: `${among(`SELECT l.id FROM ${from}${once} ORDER BY ${order} LIMIT ? OFFSET ?`)}${inOrder}`,
  };
}

/** The ORDER BY of a sort, ties by id. @param column how SQL speaks of a field */
function orderBy(sort: NonNullable<FindOptions['sort']>, column: (field: string) => string): string {
  const order = Object.entries(sort).map(
    ([field, direction]) => `${column(field)} ${direction === 1 ? 'ASC' : 'DESC'}`,
  );
  return [...order, ...('_id' in sort ? [] : [`${column('_id')} ASC`])].join(', ');
}

/** Whether an index of a list finds what a filter is for: where something is missing that it needs, it holds no document. */
function serves({ before, list }: ListIndex, filter: Filter): boolean {
  const condition = filter[list];
  const names = isScalar(condition) || isListOfScalars(condition);
  return names && before.every((field) => isScalar(filter[field]));
}

const isListOfScalars = (condition: unknown): boolean =>
  typeof condition === 'object' &&
  condition !== null &&
  Object.keys(condition).join() === '$in' &&
  (condition as { readonly $in: unknown[] }).$in.every(isScalar);

/** Whether a document is one of those that an index of another list finds. */
function amongElements(index: ListIndex, filter: Filter, id: string): Conditions | undefined {
  const found = [...index.before, index.list].map((field) =>
    conditionSql(index.column(field, 'other'), filter[field] as Condition)!,
  );
  const where = found.map(({ sql }) => sql).join(' AND ');
  return {
    sql: `${id} IN (SELECT other.id FROM ${index.table} AS other WHERE ${where})`,
    parameters: found.flatMap(({ parameters }) => parameters),
  };
}

function conditionSql(name: string, condition: Condition): Conditions | undefined {
  if (isScalar(condition)) return { sql: `${name} = ?`, parameters: [condition] };
  if (typeof condition !== 'object' || condition === null) return undefined;
  const parts: string[] = [];
  const parameters: Scalar[] = [];
  for (const [operator, operand] of Object.entries(condition) as [string, unknown][]) {
    if (operator === '$in' && Array.isArray(operand) && operand.every(isScalar)) {
      parts.push(`${name} IN (${operand.map(() => '?').join(', ')})`);
      parameters.push(...operand);
    } else if (operator in comparisons && isScalar(operand)) {
      // A comparison is between values of one type only.
      const type = typeof operand === 'string' ? "'text'" : "'integer', 'real'";
      parts.push(`${name} ${comparisons[operator as keyof typeof comparisons]} ? AND typeof(${name}) IN (${type})`);
      parameters.push(operand);
    } else if (operator === '$includes' && typeof operand === 'string') {
      parts.push(`instr(${name}, ?) > 0 AND typeof(${name}) = 'text'`);
      parameters.push(operand);
    } else {
      return undefined;
    }
  }
  return { sql: parts.join(' AND '), parameters };
}

const isScalar = (value: unknown): value is Scalar => typeof value === 'string' || typeof value === 'number';
