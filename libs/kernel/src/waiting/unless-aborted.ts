/**
 * What some work comes to, or undefined as soon as the signal aborts; the work itself goes on, and its failure is then told
 * to nobody. Nothing stays behind on the signal, however long it lives: `Promise.race` against a promise that is never
 * settled keeps every value that was ever raced.
 */
export function unlessAborted<Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const give = () => resolve(undefined);
    const settled = () => signal.removeEventListener('abort', give);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give);
    void work.finally(settled).then(resolve, reject);
  });
}
