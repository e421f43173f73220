import { idOf } from '#kernel';

/** The id of the snapshot that an issue of a round has. */
export const snapshotIdOf = (tenant: string, roundId: string, issue: number): string =>
  idOf('snapshot', tenant, roundId, String(issue));
