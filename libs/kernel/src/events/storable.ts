import type { Json } from '../json.js';
import { normaliseText } from '../text.js';

/** As it is stored: text in NFC, properties without a value left out. */
export function storable(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return normaliseText(value);
  if (Array.isArray(value)) return value.map((element) => storable(element as Json) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, Json> = {};
  for (const [property, inner] of Object.entries(value)) {
    const kept = storable(inner);
    if (kept !== undefined) result[property] = kept;
  }
  return result;
}
