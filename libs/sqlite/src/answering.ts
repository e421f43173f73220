import { DomainError, StoreUnavailable } from '#kernel';

/** How the library refuses a file that was closed. */
const closed = 'The database connection is not open';

/**
 * What some work on a file comes to. Failures that the code knows, and its own mistakes, come through as they are.
 * @param store who asks, such as `event store`
 * @throws StoreUnavailable where SQLite fails
 */
export function answering<Answer>(store: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError || (error instanceof TypeError && error.message !== closed)) throw error;
    throw new StoreUnavailable(store, error);
  }
}
