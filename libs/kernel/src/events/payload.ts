import Type from 'typebox';
import type { TProperties } from 'typebox';
import { decimalPattern } from '../decimal.js';

/** The parts that payloads are made of. */
export const payload = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

/** The id of an aggregate. */
export const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
/** A code that is data of the municipality. */
export const code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });
/** Text that says something. */
export const text = Type.String({ minLength: 1 });
/** ISO day. */
export const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
/** Decimal as text. */
export const decimal = Type.String({ pattern: decimalPattern });
