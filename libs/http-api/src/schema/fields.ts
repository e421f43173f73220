import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { kind, say } from '#kernel';
import type { Kind } from '#kernel';
import { faultOfShape } from './faults.js';
import { fieldsOf, registerField, registerOpen, registerRule } from './registry.js';
import type { Described, Field, FieldsRule, ListShape, Shape } from './registry.js';
import { documentedShape } from './documented.js';

/**
 * The fields of requests and answers. Each says once what is right: to the validator, to the reader of a fault, to
 * OpenAPI, and to the compiler, which refuses a property of another type.
 */
export interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  /** It may be left out. Null is something else than nothing. */
  readonly optional?: true;
  /** Null is a value of it. */
  readonly nullable?: true;
  /** What holds where it is left out: the property is never undefined. */
  readonly default?: unknown;
}

interface ListOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** What the property of a field may hold beside its value. */
type Absent<Options> =
  | (Options extends { readonly default: unknown }
      ? never
      : Options extends { readonly optional: true }
        ? undefined
        : never)
  | (Options extends { readonly nullable: true } ? null : never);

/** A property of exactly these values: what a caller may send fits, and what a caller may leave out may be undefined. */
type Fits<Property, Value, Options> = [Absent<Options>] extends [Property]
  ? [Extract<Property, null | undefined>] extends [Absent<Options>]
    ? [Value] extends [Exclude<Property, null | undefined>]
      ? unknown
      : never
    : never
  : never;

/** As `Fits`, where the property may also be narrower than the class: exactly one of its fields, say. */
type FitsObject<Property, Value, Options> = [Exclude<Property, null | undefined>] extends [Value]
  ? Fits<Property, Exclude<Property, null | undefined>, Options>
  : Fits<Property, Value, Options>;

export type PropertyOf<Value, Options> = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name & Fits<Target[Name], Value, Options>,
) => void;

export type ObjectPropertyOf<Value, Options> = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name & FitsObject<Target[Name], Value, Options>,
) => void;

/** A field of some shape, whatever its property is. */
function described(shape: Shape, options: FieldOptions): (target: object, name: PropertyKey) => void {
  const { default: without, description, example, nullable = false, optional = false } = options;
  const field: Field = {
    shape,
    description,
    optional: optional || without !== undefined,
    nullable,
    ...(example !== undefined && { example }),
    ...(without !== undefined && { default: without }),
  };
  const isNested = shape.of === 'object' || (shape.of === 'list' && shape.each.of === 'object' && !shape.apart);
  const decorate = applyDecorators(
    ApiProperty(documentedShape(field)),
    ValidateIf((_, value) => !(field.optional && value === undefined) && !(nullable && value === null)),
    ValidateBy({
      name: 'field',
      validator: {
        validate: (value: unknown) => faultOfShape(shape, value) === undefined,
      },
    }),
    ...(isNested ? [ValidateNested()] : []),
  );
  return (target, name) => {
    registerField(target.constructor, String(name), field);
    decorate(target, name as string);
  };
}

/** A field of a kind of value. */
export function ValueField<Value, const Options extends FieldOptions>(
  of: Kind<Value>,
  options: Options,
): PropertyOf<Value, Options> {
  return described({ of: 'value', kind: of }, { example: of.example, ...options });
}

/** A list of values of a kind; each at most once where `unique`. */
export function ValuesField<Value, const Options extends ListOptions & { readonly unique?: true }>(
  of: Kind<Value>,
  options: Options,
): PropertyOf<Value[], Options> {
  const { max, min = 0, unique, ...told }: ListOptions & { readonly unique?: true } = options;
  const shape: ListShape = {
    of: 'list',
    each: { of: 'value', kind: of },
    min,
    ...(max !== undefined && { max }),
    unique: unique === true,
  };
  return described(shape, told);
}

/** Text that shows something, without blanks around it. */
export const TextField = <const Options extends FieldOptions & { readonly max?: number }>({
  max = 500,
  ...options
}: Options): PropertyOf<string, Options> => ValueField<string, Options>(kind.text(max), options as unknown as Options);

/** Text that says something, such as a title or a reason. */
export const SayingField = <const Options extends FieldOptions & { readonly max?: number }>({
  max = 500,
  ...options
}: Options): PropertyOf<string, Options> =>
  ValueField<string, Options>(kind.saying(max), options as unknown as Options);

/** A code that is data of the municipality: lower-case letters, digits and single hyphens. */
export const CodeField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.code, options);

/** A list of codes, each at most once. */
export const CodesField = <const Options extends ListOptions>(options: Options) =>
  ValuesField(kind.code, { max: 100, ...options, unique: true }) as PropertyOf<string[], Options>;

/** The id of something that exists; in capitals it is the same. */
export const IdField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.id, options);

/** Ids, each at most once, in the order of the caller. */
export const IdsField = <const Options extends ListOptions>(options: Options) =>
  ValuesField(kind.id, { max: 500, ...options, unique: true }) as PropertyOf<string[], Options>;

/** A list of texts. */
export const TextsField = <const Options extends ListOptions>(options: Options) =>
  ValuesField(kind.text(2_000), { max: 100, ...options }) as PropertyOf<string[], Options>;

/** A day that exists, as YYYY-MM-DD. */
export const DayField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.day, options);

/** Days that exist, as YYYY-MM-DD, each at most once. */
export const DaysField = <const Options extends ListOptions>(options: Options) =>
  ValuesField(kind.day, { max: 100, example: ['2025-04-08'], ...options, unique: true }) as PropertyOf<
    string[],
    Options
  >;

/** An instant (RFC 3339). */
export const InstantField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.instant, options);

/** A decimal as text, with a point. */
export const DecimalField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.decimal, options);

/** One of a few words. */
export const ChoiceField = <const Word extends string, const Options extends FieldOptions>({
  of,
  ...options
}: Options & { readonly of: readonly Word[] }) =>
  ValueField<Word, Options>(kind.choice(of), options as unknown as Options);

/** A whole number, both ends included. */
export const IntegerField = <const Options extends FieldOptions>({
  max,
  min,
  ...options
}: Options & { readonly min?: number; readonly max?: number }) =>
  ValueField<number, Options>(
    kind.integer({ ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) }),
    options as unknown as Options,
  );

export const BooleanField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.truth, options);

/** Text of an answer, which may be any. */
export const AnyTextField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.anyText, options);

/** An object with described fields of its own. */
export const ObjectField = <Value extends object, const Options extends FieldOptions>(
  type: () => new () => Value,
  options: Options,
): ObjectPropertyOf<Value, Options> => described({ of: 'object', type }, options);

/** A list of objects. */
export function ObjectsField<Value extends object, const Options extends ListOptions>(
  type: () => new () => Value,
  options: Options,
): ObjectPropertyOf<readonly Value[], Options> {
  const { max, min = 0, ...told }: ListOptions = options;
  return described(
    { of: 'list', each: { of: 'object', type }, min, ...(max !== undefined && { max }), unique: false },
    told,
  );
}

/** A list of objects of which each is judged for itself by who takes it: so the property holds whatever came. */
export function RowsField<const Options extends ListOptions>(
  type: () => Described,
  options: Options,
): PropertyOf<unknown[], Options> {
  const { max, min = 1, ...told }: ListOptions = options;
  return described(
    { of: 'list', each: { of: 'object', type }, min, ...(max !== undefined && { max }), unique: false, apart: true },
    told,
  );
}

/** An object of an answer whose fields are data. */
export const RecordField = <const Options extends FieldOptions>(options: Options): ObjectPropertyOf<object, Options> =>
  described({ of: 'record' }, options);

/** Anything that JSON can say, in an answer. */
export const JsonField = (options: FieldOptions): ((target: object, name: PropertyKey) => void) =>
  described({ of: 'json' }, options);

/** On a class of answers: objects may have fields that it does not name. */
export const OpenFields = (): ((type: Described) => void) => registerOpen;

/** On a class: what must hold between its fields. */
export const FieldsFollow =
  (rule: FieldsRule): ((type: Described) => void) =>
  (type) =>
    registerRule(type, rule);

/** On a class: exactly one of the named fields is there. */
export const ExactlyOneOf =
  (...names: readonly string[]): ((type: Described) => void) =>
  (type) => {
    const hasOthers = fieldsOf(type).size > names.length;
    registerRule(type, {
      says: mustHoldOneOf({ names }),
      holds: (fields) => names.filter((name) => fields[name] !== undefined).length === 1,
      schema: hasOthers
        ? { oneOf: names.map((name) => ({ required: [name] })) }
        : { minProperties: 1, maxProperties: 1 },
    });
  };

const mustHoldOneOf = say('must hold exactly one of {names}', 'ska innehålla exakt ett av {names}', 'exactly-one');
