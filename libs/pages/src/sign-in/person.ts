import type { Actor } from '#kernel';

/** Somebody who signed in. */
export interface Person {
  readonly tenant: string;
  readonly actor: Actor;
  /** The body that somebody reports for, by its name. */
  readonly bodyName?: string;
}
