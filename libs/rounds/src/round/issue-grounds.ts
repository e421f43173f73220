/** Tells what the snapshots of a round rest on, which rounds themselves do not know. */
export abstract class IssueGrounds {
  /**
   * Whether the log tells anything since the newest issue of a round that a snapshot of it is made of, or another rule would tell
   * it now.
   * @throws NotFound where there is no such round
   */
  abstract haveChanged(tenant: string, roundId: string): Promise<boolean>;
}
