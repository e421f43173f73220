import { DomainError, StoreFailure } from '#kernel';
import type { DecisionCommand } from './decision-command.js';
import type { Receipt } from './receipt.js';

/** A command of a decision over many streams that could not be carried out any more. */
export interface RefusedCommand {
  /** Its place among the commands, from 0. */
  readonly step: number;
  readonly command: DecisionCommand;
  readonly error: DomainError;
}

/** Whether a command can never be carried out as things stand: another try would end the same way. */
export const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && !(error instanceof StoreFailure) && !error.transient;

/**
 * Carries out the commands that a decision has led to, one after the other. What a rule stands in the way of by now holds up
 * none of the others.
 * @returns those that were refused
 * @throws whatever another try may end otherwise with
 */
export async function carriedOut(
  commands: readonly DecisionCommand[],
  execute: (command: DecisionCommand) => Promise<Receipt>,
  signal?: AbortSignal,
): Promise<readonly RefusedCommand[]> {
  const refused: RefusedCommand[] = [];
  for (const [step, command] of commands.entries()) {
    signal?.throwIfAborted();
    try {
      await execute(command);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push({ step, command, error });
    }
  }
  return refused;
}
