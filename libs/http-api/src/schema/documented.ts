import type { ApiPropertyOptions } from '@nestjs/swagger';
import { schemaOfField } from './json-schema.js';
import type { Field } from './registry.js';

/**
 * A field as the framework wants to be told of it: which other classes it leads to, and how a parameter of a query looks.
 * What the document says of bodies and answers is told by `componentOf`.
 */
export function documentedShape(field: Field): ApiPropertyOptions {
  const { default: without, description, example, optional, shape } = field;
  const told = {
    description,
    required: !optional,
    ...(example !== undefined && { example }),
    ...(without !== undefined && { default: without }),
  };
  // A function is taken for one that gives the class only where its name is `type`.
  if (shape.of === 'object') {
    const { type: classOf } = shape;
    return { ...told, type: () => classOf() as never };
  }
  if (shape.of === 'list' && shape.each.of === 'object') {
    const { type: classOf } = shape.each;
    return { ...told, type: () => classOf() as never, isArray: true };
  }
  return { ...told, ...schemaOfField({ ...field, nullable: false }, () => ({})) };
}
