import type { Doubt } from '#kernel';
import { carriedOut } from '../carried-out.js';
import type { RefusedCommand } from '../carried-out.js';
import { decideWith } from '../decides-on.js';
import type { DecisionCommand } from '../decision-command.js';
import type { DecisionRunner } from '../decision-runner.js';
import type { Readers } from '../state-lookup.js';

/** What would come of the steps of a decision. */
export interface RehearsedSteps {
  readonly refused: readonly RefusedCommand[];
  /** What looks like a mistake, and is not confirmed, by the places of the steps. */
  readonly doubts: readonly { readonly step: number; readonly doubt: Doubt }[];
}

/**
 * Carries the steps of a decision out one after another, as they would be; one that is refused holds up none of the others.
 * @param runner on a rehearsal's log, which afterwards holds what they lead to
 * @throws StoreFailure
 */
export async function rehearseSteps(
  runner: DecisionRunner,
  commands: readonly DecisionCommand[],
  readers: Readers,
): Promise<RehearsedSteps> {
  const doubts: { step: number; doubt: Doubt }[] = [];
  const refused = await carriedOut(commands, (command) =>
    decideWith(runner, command, readers, (found) => {
      const step = commands.indexOf(command);
      doubts.push(...found.map((doubt) => ({ step, doubt })));
    }),
  );
  return { refused, doubts };
}
