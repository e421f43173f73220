const bytesPerContainer = 48;
const bytesPerField = 16;

/** About how many bytes of memory a plain JSON value takes. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return bytesPerField + value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let size = bytesPerContainer;
  for (const name in value) size += bytesPerField + sizeOf(value[name as keyof typeof value]);
  return size;
}
