/**
 * An id (UUID) in 22 characters instead of 36, for documents that hold many: its bytes as base64url (RFC 4648). Whatever else it
 * is stays as it is.
 */
export function shortId(id: string): string {
  const short = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  return longId(short) === id ? short : id;
}

/** The id that is written so. */
export function longId(short: string): string {
  if (short.length !== 22) return short;
  const hex = Buffer.from(short, 'base64url').toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Reads ids, each of them once: few are written many times. */
export function longIds(): (shorts: readonly string[]) => string[] {
  const known = new Map<string, string>();
  return (shorts) =>
    shorts.map((short) => {
      let id = known.get(short);
      if (id === undefined) known.set(short, (id = longId(short)));
      return id;
    });
}
