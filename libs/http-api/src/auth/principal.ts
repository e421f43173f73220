import type { Actor } from '#kernel';

/** Whom a token speaks for. */
export interface Principal {
  readonly tenant: string;
  readonly actor: Actor;
}
