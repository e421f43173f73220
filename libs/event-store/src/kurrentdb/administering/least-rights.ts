import type { JsonObject } from '#kernel';

/** Who shall reach the log, by their names on the server. Whoever is not named, and no administrator, shall not. */
export interface LogUsers {
  /** Spårbar's own: reads and appends. */
  readonly user: string;
  /** Those that copy the log: they read it, and nothing else. */
  readonly copiers: readonly string[];
}

const administrators = '$admins';
const everybody = '$all';

/**
 * The metadata of `$all` by which the log may be read by those named. Readers that are there already stay, but not
 * everybody; so does all else that the metadata holds.
 */
export function securedLog(metadata: JsonObject, { copiers, user }: LogUsers): JsonObject {
  const acl = objectIn(metadata['$acl']);
  const readers = namesIn(acl['$r']).filter((name) => name !== everybody);
  return { ...metadata, $acl: { ...acl, $r: [...new Set([user, ...copiers, ...readers, administrators])] } };
}

/**
 * The server's settings by which the streams of users may be read and appended to by Spårbar, and deleted, trimmed or
 * given other rights by administrators alone. A key that is left out would mean everybody. Other settings stay.
 */
export const securedStreams = (settings: JsonObject, { user }: LogUsers): JsonObject => ({
  ...settings,
  $userStreamAcl: {
    $r: [user, administrators],
    $w: [user, administrators],
    $d: administrators,
    $mr: administrators,
    $mw: administrators,
  },
});

/** What the metadata of a stream says beside what every stream has. */
export interface StreamLimits {
  readonly stream: string;
  /** So many events are kept. */
  readonly maxCount?: number;
  /** Events are kept for so many seconds. */
  readonly maxAge?: number;
  /** Events before this revision are gone. */
  readonly truncateBefore?: number;
  /** It was deleted, and may have begun anew. */
  readonly deleted?: true;
  /** It has rights of its own, which override the settings. */
  readonly acl?: true;
}

/** A soft delete truncates before the highest number that there is; JSON's numbers come no nearer to it. */
const highest = 2 ** 63;

/** Undefined where the metadata limits nothing. */
export function limitsOf(stream: string, metadata: JsonObject): StreamLimits | undefined {
  const { $acl, $maxAge, $maxCount, $tb } = metadata;
  const limits = {
    ...(typeof $maxCount === 'number' && { maxCount: $maxCount }),
    ...(typeof $maxAge === 'number' && { maxAge: $maxAge }),
    ...(typeof $tb === 'number' && ($tb >= highest ? { deleted: true as const } : { truncateBefore: $tb })),
    ...($acl !== undefined && { acl: true as const }),
  };
  return Object.keys(limits).length > 0 ? { stream, ...limits } : undefined;
}

const objectIn = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const namesIn = (value: unknown): string[] => [value].flat().filter((name): name is string => typeof name === 'string');
