/** How many partitions the work of every projection is divided into. Checkpoints and leases rest on it: it never changes. */
export const partitionCount = 16;

/** Every partition, by number. */
export const allPartitions: readonly number[] = Array.from({ length: partitionCount }, (_, partition) => partition);

const known = new Map<string, number>();
/** So many tenants are remembered; the number of a partition is found again in no time. */
const mostKnown = 10_000;

/**
 * The partition of a tenant, the same in every process and for ever: FNV-1a, 32 bits, folded to four.
 * @see https://datatracker.ietf.org/doc/draft-eastlake-fnv/
 */
export function partitionOf(tenant: string): number {
  let partition = known.get(tenant);
  if (partition === undefined) {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(tenant)) hash = Math.imul(hash ^ byte, 0x01000193);
    partition = ((hash >>> 16) ^ hash) & (partitionCount - 1);
    if (known.size >= mostKnown) known.clear();
    known.set(tenant, partition);
  }
  return partition;
}

/** The partition of a stream: that of its tenant. A stream that names none belongs to partition 0. */
export function partitionOfStream(stream: string): number {
  const end = stream.indexOf('.');
  return end > 0 ? partitionOf(stream.slice(0, end)) : 0;
}
