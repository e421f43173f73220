const deepest = 8;

/**
 * Whether a failure passes by itself, such as that of a store that is away. The first of the error and its causes that
 * knows decides: a `DomainError` always does, any other by a property `transient`.
 * @param error whatever was thrown
 */
export function isTransient(error: unknown): boolean {
  let one = error;
  for (let depth = 0; depth < deepest && typeof one === 'object' && one !== null; depth++) {
    const { cause, transient } = one as { cause?: unknown; transient?: unknown };
    if (typeof transient === 'boolean') return transient;
    one = cause;
  }
  return false;
}
