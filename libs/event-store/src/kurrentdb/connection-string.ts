/** The part of the client that reads waits so long before it connects; left to itself it takes half a second. */
const discoveryMilliseconds = 20;

/**
 * A connection string as the clients get it.
 * @throws Error where it asks the client to take a conflict for a success
 */
export function prepared(connectionString: string): string {
  if (sets('throwOnAppendFailure', 'false').test(connectionString)) {
    throw new Error('throwOnAppendFailure=false hides conflicts: leave it out of the connection string');
  }
  if (sets('discoveryInterval').test(connectionString)) return connectionString;
  const given = connectionString.trim().replace(/\/+$/, '');
  return `${given}${given.includes('?') ? '&' : '?'}discoveryInterval=${discoveryMilliseconds}`;
}

/** Finds an option, whose name may be written with capitals, hyphens or underscores. */
const sets = (option: string, value = ''): RegExp =>
  new RegExp(`[?&]${option.replace(/[A-Z]/g, (capital) => `[-_]?${capital}`)}=${value}`, 'i');
