import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { codePattern, decimalPattern, isDay, isDecimal } from '#kernel';

/**
 * The fields of requests. Each says once what is right: to the validator, to the reader of a fault, and to OpenAPI.
 */
interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: true;
}

interface ListOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** A field that may be left out. Null is something else than nothing, and no field takes it. */
const withPresence = (optional: true | undefined): PropertyDecorator[] =>
  optional ? [ValidateIf((_, value) => value !== undefined)] : [];

const documented = ({ description, example, optional }: FieldOptions, schema: object): PropertyDecorator =>
  ApiProperty({ description, required: !optional, ...(example !== undefined && { example }), ...schema });

/** Text that says something, without blanks around it. */
export function TextField({ max = 500, ...options }: FieldOptions & { readonly max?: number }): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, minLength: 1, maxLength: max }),
    ...withPresence(options.optional),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString({ message: 'must be text' }),
    MinLength(1, { message: 'must not be empty' }),
    MaxLength(max, { message: `must be at most ${max} characters` }),
    isStorable(),
  );
}

/** A code that is data of the municipality: lower-case letters, digits and single hyphens. */
export function CodeField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, pattern: codePattern, maxLength: 60 }),
    ...withPresence(options.optional),
    Matches(new RegExp(codePattern), { message: 'must be lower-case letters a–z, digits and single hyphens' }),
    MaxLength(60, { message: 'must be at most 60 characters' }),
  );
}

/** A list of codes, each at most once. */
export function CodesField({ min = 0, max = 100, ...options }: ListOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, isArray: true, minItems: min, maxItems: max, uniqueItems: true }),
    ...withPresence(options.optional),
    ...listRules(min, max),
    ArrayUnique({ message: 'must not name one twice' }),
    Matches(new RegExp(codePattern), {
      each: true,
      message: 'must hold lower-case letters a–z, digits and single hyphens',
    }),
  );
}

/** The id of something that exists. */
export function IdField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, format: 'uuid' }),
    ...withPresence(options.optional),
    IsUUID('all', { message: 'must be a UUID' }),
  );
}

/** Ids, each at most once, in the order of the caller. */
export function IdsField({ min = 0, max = 500, ...options }: ListOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, {
      type: 'array',
      items: { type: 'string', format: 'uuid' },
      minItems: min,
      maxItems: max,
      uniqueItems: true,
    }),
    ...withPresence(options.optional),
    ...listRules(min, max),
    ArrayUnique({ message: 'must not name one twice' }),
    IsUUID('all', { each: true, message: 'must hold UUIDs' }),
  );
}

/** A list of texts. */
export function TextsField({ min = 0, max = 100, ...options }: ListOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, isArray: true, minItems: min, maxItems: max }),
    ...withPresence(options.optional),
    ...listRules(min, max),
    IsString({ each: true, message: 'must hold texts' }),
    MinLength(1, { each: true, message: 'must not hold an empty text' }),
    MaxLength(2_000, { each: true, message: 'must hold texts of at most 2000 characters' }),
    isStorable({ each: true }),
  );
}

/** A day that exists, as YYYY-MM-DD. */
export function DayField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented({ example: '2025-04-08', ...options }, { type: String, format: 'date' }),
    ...withPresence(options.optional),
    ValidateBy(
      { name: 'isDay', validator: { validate: (value: unknown) => typeof value === 'string' && isDay(value) } },
      { message: 'must be a day that exists, as YYYY-MM-DD' },
    ),
  );
}

/** Days that exist, as YYYY-MM-DD, each at most once. */
export function DaysField({ min = 0, max = 100, ...options }: ListOptions): PropertyDecorator {
  return applyDecorators(
    documented(
      { example: ['2025-04-08'], ...options },
      { type: 'array', items: { type: 'string', format: 'date' }, minItems: min, maxItems: max, uniqueItems: true },
    ),
    ...withPresence(options.optional),
    ...listRules(min, max),
    ArrayUnique({ message: 'must not name one twice' }),
    ValidateBy(
      { name: 'areDays', validator: { validate: (value: unknown) => typeof value === 'string' && isDay(value) } },
      { each: true, message: 'must hold days that exist, as YYYY-MM-DD' },
    ),
  );
}

/** A decimal as text, with a point. */
export function DecimalField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented({ example: '5.0', ...options }, { type: String, pattern: decimalPattern }),
    ...withPresence(options.optional),
    MaxLength(40, { message: 'must be at most 40 characters' }),
    ValidateBy(
      { name: 'isDecimal', validator: { validate: (value: unknown) => typeof value === 'string' && isDecimal(value) } },
      { message: "must be a decimal as text with a point, such as '5.0'" },
    ),
  );
}

/** One of a few words. */
export function ChoiceField({ of, ...options }: FieldOptions & { readonly of: readonly string[] }): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: String, enum: [...of] }),
    ...withPresence(options.optional),
    IsIn([...of], { message: `must be one of ${of.join(', ')}` }),
  );
}

/** A whole number, both ends included. */
export function IntegerField({
  min,
  max,
  ...options
}: FieldOptions & { readonly min: number; readonly max: number }): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: 'integer', minimum: min, maximum: max }),
    ...withPresence(options.optional),
    IsInt({ message: 'must be a whole number' }),
    Min(min, { message: `must be at least ${min}` }),
    Max(max, { message: `must be at most ${max}` }),
  );
}

export function BooleanField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: Boolean }),
    ...withPresence(options.optional),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** An object with fields of its own. */
export function ObjectField(type: () => new () => object, options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: () => type() }),
    ...withPresence(options.optional),
    ...(options.optional ? [] : [isObject]),
    ValidateNested({ message: 'must be an object' }),
    Type(type),
  );
}

/** A list of objects. */
export function ObjectsField(
  type: () => new () => object,
  { min = 0, max = 500, ...options }: ListOptions,
): PropertyDecorator {
  return applyDecorators(
    documented(options, { type: () => type(), isArray: true, minItems: min, maxItems: max }),
    ...withPresence(options.optional),
    ...listRules(min, max),
    ValidateNested({ each: true, message: 'must hold objects' }),
    Type(type),
  );
}

/** A NUL or half a surrogate pair is no character, and not every store would give it back as it came. */
const isStorable = (options: { readonly each?: boolean } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isStorable',
      validator: { validate: (value: unknown) => typeof value !== 'string' || !/[\0\p{Surrogate}]/u.test(value) },
    },
    { ...options, message: 'must not hold NUL or half a character' },
  );

const isObject = ValidateBy(
  { name: 'isObject', validator: { validate: (value: unknown) => typeof value === 'object' && value !== null } },
  { message: 'must be an object' },
);

const listRules = (min: number, max: number): PropertyDecorator[] => [
  IsArray({ message: 'must be a list' }),
  ArrayMinSize(min, { message: `must hold at least ${min}` }),
  ArrayMaxSize(max, { message: `must hold at most ${max}` }),
];

/** Beside an object field or a list of objects: each object holds exactly one of the named fields. */
export function ExactlyOneOf(names: readonly string[], { each = false } = {}): PropertyDecorator {
  return ValidateBy(
    {
      name: 'exactlyOneOf',
      validator: {
        validate: (value: unknown) =>
          typeof value !== 'object' ||
          value === null ||
          names.filter((name) => (value as Record<string, unknown>)[name] !== undefined).length === 1,
      },
    },
    { each, message: `must hold exactly one of ${names.join(', ')}` },
  );
}
