import { DeadlinePassed } from './failures.js';

/** @throws DeadlinePassed where the work takes longer; the work itself goes on, and its outcome is not waited for */
export async function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, passed]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Everything that a read gives, as `make` makes it. A long read may take its time, as long as it gets on.
 * @throws DeadlinePassed where nothing came for so many milliseconds
 */
export function collect<Item, Made>(
  items: AsyncIterable<Item>,
  milliseconds: number,
  make: (item: Item) => Made,
): Promise<Made[]> {
  return new Promise((resolve, reject) => {
    const made: Made[] = [];
    let seen = -1;
    const timer = setInterval(() => {
      if (made.length === seen) settle(() => reject(new DeadlinePassed(milliseconds)));
      seen = made.length;
    }, milliseconds);
    const settle = (answer: () => void) => {
      clearInterval(timer);
      answer();
    };
    const read = async () => {
      for await (const item of items) made.push(make(item));
    };
    read().then(
      () => settle(() => resolve(made)),
      (error: Error) => settle(() => reject(error)),
    );
  });
}

/** Resolves after so many milliseconds, or when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}
