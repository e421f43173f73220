import type { Condition, Filter, FindOptions } from '../document-store.port.js';
import type { IndexedFields } from './indexed-fields.js';

type Scalar = string | number;

/** The part of a query that SQL can answer as MongoDB would. */
export interface Pushdown {
  /** Conditions joined by AND; the empty text where there are none. */
  readonly where: string;
  readonly parameters: readonly Scalar[];
  /** Whether nothing of the filter is left for another to decide. */
  readonly complete: boolean;
}

const comparisons = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const;

/**
 * What SQL decides of a filter. Only indexed fields are given to it: they hold one text or number, so that no element of
 * an array can match where SQL does not look.
 */
export function pushDown(filter: Filter, indexed: IndexedFields): Pushdown {
  const conditions: string[] = [];
  const parameters: Scalar[] = [];
  let complete = true;
  for (const [field, condition] of Object.entries(filter)) {
    if (condition === undefined) continue;
    const pushed = indexed.has(field) ? conditionSql(indexed.column(field), condition as Condition) : undefined;
    if (!pushed) {
      complete = false;
      continue;
    }
    conditions.push(pushed.sql);
    parameters.push(...pushed.parameters);
  }
  return { where: conditions.join(' AND '), parameters, complete };
}

/** The ORDER BY of a sort, ties by id; undefined where a field is not indexed. */
export function orderBy(sort: FindOptions['sort'], indexed: IndexedFields): string | undefined {
  const fields = Object.entries(sort ?? {});
  if (fields.some(([field]) => !indexed.has(field))) return undefined;
  return [
    ...fields.map(([field, direction]) => `${indexed.column(field)} ${direction === 1 ? 'ASC' : 'DESC'}`),
    'id ASC',
  ].join(', ');
}

function conditionSql(name: string, condition: Condition): { sql: string; parameters: Scalar[] } | undefined {
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
    } else {
      return undefined;
    }
  }
  return { sql: parts.join(' AND '), parameters };
}

const isScalar = (value: unknown): value is Scalar => typeof value === 'string' || typeof value === 'number';
