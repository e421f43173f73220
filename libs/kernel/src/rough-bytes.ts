/**
 * About how many bytes of memory a plain JSON value takes: enough to keep within a bound, and cheaper than writing it out.
 */
export function roughBytes(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 32;
  if (Array.isArray(value)) {
    for (const element of value) bytes += 8 + roughBytes(element);
    return bytes;
  }
  for (const name in value) bytes += 16 + name.length + roughBytes((value as Record<string, unknown>)[name]);
  return bytes;
}
