import { includesDay } from '#kernel';
import type { BodyDocument } from './read-models/body-directory/body-directory.projection.js';

/** A moment for which names are wanted: both parts may be left open. */
interface NamedAt {
  /** ISO day. */
  readonly asOf?: string;
  /** RFC 3339. */
  readonly knownAt?: string;
}

/** What a body was called. Before its first name's day, it is called by that name all the same. */
export function nameOn({ names }: BodyDocument, { asOf, knownAt }: NamedAt): string {
  const known = names.filter(({ recordedAt }) => knownAt === undefined || recordedAt <= knownAt);
  return (known.findLast(({ since }) => asOf === undefined || since <= asOf) ?? known[0] ?? names[0]!).value;
}

/** The first alias in force, which is how tables name a body; undefined where it has none. */
export function abbreviationOn({ aliases }: BodyDocument, { asOf }: NamedAt): string | undefined {
  return aliases.find((alias) => asOf === undefined || includesDay(alias, asOf))?.alias;
}
