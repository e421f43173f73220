/** Why something should not have been registered or defined, and when that was recorded: RFC 3339. */
export interface Cancelled {
  readonly reason: string;
  readonly recordedAt: string;
}

/** What is known of the thing that a command is about: its registration or definition that stands. */
export interface BegunFacts {
  readonly begun: { readonly id: string; readonly since: string } | undefined;
}
