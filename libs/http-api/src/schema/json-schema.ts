import { fieldsOf, isOpen, rulesOf } from './registry.js';
import type { Described, Field, Shape } from './registry.js';

/** A JSON Schema (2020-12), as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Refer = (described: Described) => JsonSchema;

const schemas = new WeakMap<Described, JsonSchema>();

/** The whole schema of a class, closed: nothing that it does not name passes. */
export function schemaOf(described: Described): JsonSchema {
  const known = schemas.get(described) ?? objectSchema(described, schemaOf);
  schemas.set(described, known);
  return known;
}

/** The schema of a class as a document holds it, with references to those of others. */
export const componentOf = (described: Described): JsonSchema =>
  objectSchema(described, ({ name }) => ({ $ref: `#/components/schemas/${name}` }));

/** What a field holds. */
export const schemaOfField = ({ nullable, shape }: Field, refer: Refer): JsonSchema => {
  const schema = schemaOfShape(shape, refer);
  if (!nullable) return schema;
  return 'type' in schema && !('enum' in schema) && shape.of !== 'object'
    ? { ...schema, type: [schema['type'], 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
};

/** As OpenAPI tells of a field beside its schema. */
export const annotated = (field: Field, schema: JsonSchema): JsonSchema => {
  const { default: without, description, example } = field;
  return {
    ...schema,
    description,
    ...(example !== undefined && { examples: [example] }),
    ...(without !== undefined && { default: without }),
  };
};

function objectSchema(described: Described, refer: Refer): JsonSchema {
  const fields = [...fieldsOf(described)];
  const required = fields.filter(([, { optional }]) => !optional).map(([name]) => name);
  const between = rulesOf(described).flatMap(({ schema }) => schema ?? []);
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([name, field]) => [name, annotated(field, schemaOfField(field, refer))]),
    ),
    ...(required.length > 0 && { required }),
    ...(between.length > 0 && (between.length === 1 ? between[0]! : { allOf: between })),
    additionalProperties: isOpen(described) ? anyJson : false,
  };
}

const anyJson: JsonSchema = { type: ['null', 'boolean', 'number', 'string', 'array', 'object'] };

function schemaOfShape(shape: Shape, refer: Refer): JsonSchema {
  if (shape.of === 'value') return { ...shape.kind.schema };
  if (shape.of === 'object') return refer(shape.type());
  if (shape.of === 'json') return anyJson;
  if (shape.of === 'record') return { type: 'object', additionalProperties: anyJson };
  const { apart, each, max, min, unique } = shape;
  // What others judge one by one may be anything here, whatever a document says of it.
  const items = apart && refer === schemaOf ? anyJson : schemaOfShape(each, refer);
  return {
    type: 'array',
    items,
    ...(min > 0 && { minItems: min }),
    ...(max !== undefined && { maxItems: max }),
    ...(unique && { uniqueItems: true }),
  };
}
