import type { Actor, FormalDecision, Provenance } from '#kernel';

/** What accompanies a command: who asks, under which id, and on which ground. */
export interface CommandContext extends Provenance {
  readonly tenant: string;
  readonly actor: Actor;
  /** UUID. A repeated command comes with the same id, and gets the first answer. */
  readonly commandId: string;
  /** Whether the id follows from a key of the caller's, so that the same command may come again. */
  readonly repeatable?: boolean;
  readonly correlationId: string;
  /** What led to the command; the command itself where nothing did. */
  readonly causationId?: string;
  /** The revision that the caller has seen. Where the stream has moved on, the command is refused. */
  readonly expectedRevision?: number;
  /** The day that the command speaks of, as ISO day; where left out, the day that the command's handler knows, or today. */
  readonly effectiveOn?: string;
  /** The id of the event that the command corrects, of whose day it speaks. */
  readonly corrects?: string;
  readonly decision?: FormalDecision;
  /** The rules by which it may be doubted and is meant all the same. One by which it is not doubted says nothing. */
  readonly confirm?: readonly string[];
  /** Whether it carries out what was decided before, where it was doubted if at all: it is not doubted again. */
  readonly settled?: true;
  /** Up to where in the log it was found, by what it is a part of, that nothing rests on what it takes back: a position. */
  readonly examined?: string;
  /** Whether what it takes was reserved by the decision that it is a part of. */
  readonly reserved?: true;
}
