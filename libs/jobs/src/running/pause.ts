/** Resolves after some milliseconds, or when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** Waits for something, but not longer than some milliseconds. @returns whether it came */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const came = work.then(
    () => true,
    () => true,
  );
  const answer = await Promise.race([came, pause(milliseconds, late.signal).then(() => false)]);
  late.abort();
  return answer;
}
