import type { Kind, Said } from '#kernel';

/** A class whose fields are described. */
export type Described = abstract new (...given: never[]) => object;

/** One value. */
export interface ValueShape {
  readonly of: 'value';
  readonly kind: Kind;
}

/** An object with described fields of its own. */
export interface ObjectShape {
  readonly of: 'object';
  readonly type: () => Described;
}

/** An object whose fields are data. */
export interface RecordShape {
  readonly of: 'record';
}

/** Anything that JSON can say. */
export interface JsonShape {
  readonly of: 'json';
}

export interface ListShape {
  readonly of: 'list';
  readonly each: ValueShape | ObjectShape | RecordShape;
  readonly min: number;
  /** How many it may hold; what is told may be of any length. */
  readonly max?: number;
  readonly unique: boolean;
  /** Each of its objects is judged for itself by who takes the list: one that is wrong is no fault of the others. */
  readonly apart?: true;
}

export type Shape = ValueShape | ObjectShape | RecordShape | JsonShape | ListShape;

/** What is known of a field of a request or an answer. */
export interface Field {
  readonly shape: Shape;
  readonly description: string;
  readonly example?: unknown;
  /** What holds where it is left out. */
  readonly default?: unknown;
  readonly optional: boolean;
  readonly nullable: boolean;
}

/** What must hold between the fields of an object. */
export interface FieldsRule {
  /** What would be right, such as `must hold exactly one of value, gap`. */
  readonly says: Said;
  readonly holds: (fields: Readonly<Record<string, unknown>>) => boolean;
  /** The same in JSON Schema; left out where that cannot say it. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

const fields = new Map<unknown, Map<string, Field>>();
const rules = new Map<unknown, FieldsRule[]>();

export function registerField(owner: unknown, name: string, field: Field): void {
  const own = fields.get(owner) ?? new Map<string, Field>();
  fields.set(owner, own.set(name, field));
}

export function registerRule(owner: unknown, rule: FieldsRule): void {
  rules.set(owner, [...(rules.get(owner) ?? []), rule]);
}

const open = new Set<unknown>();

/** Lets objects of a class have fields that it does not name. */
export const registerOpen = (owner: unknown): void => void open.add(owner);

export const isOpen = (described: unknown): boolean => open.has(described);

/** The fields of a class, those that it inherits first. */
export function fieldsOf(described: unknown): ReadonlyMap<string, Field> {
  const chain = ancestry(described);
  return new Map(chain.flatMap((owner) => [...(fields.get(owner) ?? [])]));
}

/** What must hold between the fields of a class, and of those that it inherits from. */
export const rulesOf = (described: unknown): readonly FieldsRule[] =>
  ancestry(described).flatMap((owner) => rules.get(owner) ?? []);

export const isDescribed = (type: unknown): type is Described =>
  typeof type === 'function' && ancestry(type).some((owner) => fields.has(owner));

/** Every class with described fields. */
export const describedClasses = (): readonly Described[] => [...fields.keys()] as Described[];

function ancestry(described: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let owner = described; typeof owner === 'function' && owner !== Function.prototype;) {
    chain.unshift(owner);
    owner = Object.getPrototypeOf(owner) as unknown;
  }
  return chain;
}
