const deepest = 8;

/**
 * Whether a failure passes by itself, such as that of a store that is away. The first of the error and its causes that
 * knows decides: a `DomainError` always does, any other by a property `passing`.
 * @param error whatever was thrown
 */
export function isPassing(error: unknown): boolean {
  let one = error;
  for (let depth = 0; depth < deepest && typeof one === 'object' && one !== null; depth++) {
    const { cause, passing } = one as { cause?: unknown; passing?: unknown };
    if (typeof passing === 'boolean') return passing;
    one = cause;
  }
  return false;
}
