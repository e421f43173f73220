/** The answer to a command. */
export interface Receipt {
  /** The id of what the command was about, also of something new. */
  readonly id: string;
  /** The revision of its stream afterwards. */
  readonly revision: number;
  /** Where in the log it was recorded; a query that waits for it sees the result. */
  readonly position: string;
  /** The types of the recorded events, in order; none where the command changed nothing. */
  readonly recorded: readonly string[];
}
