import Type from 'typebox';
import type { TProperties } from 'typebox';
import { codePattern } from '../code.js';
import { dayPattern } from '../day.js';
import { decimalPattern } from '../decimal.js';
import { idPattern } from '../ids.js';

/** The parts that payloads are made of. */
export const payload = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

/** The id of an aggregate. */
export const id = Type.String({ pattern: idPattern });
/** A code that is data of the municipality. */
export const code = Type.String({ pattern: codePattern });
/** Text that says something. */
export const text = Type.String({ minLength: 1 });
/** ISO day. */
export const day = Type.String({ pattern: dayPattern });
/** Decimal as text. */
export const decimal = Type.String({ pattern: decimalPattern });
