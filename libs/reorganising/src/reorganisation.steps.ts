import type { CommandContext, DecisionCommand, DecisionCommandClass } from '#deciding';
import { HandOverIndicatorCommand } from '#indicators';
import {
  CancelBodyChangeCommand,
  CancelGroupChangeCommand,
  DissolveBodyCommand,
  HandOverGroupCommand,
} from '#organisation';
import type { ReorganisationStep } from '#organisation';
import { HandOverItemCommand, HandOverPlanCommand, RetractItemRevisionCommand } from '#planning';

interface SomeCommandClass extends Pick<DecisionCommandClass, 'permitted'> {
  new (id: string, data: never, context: CommandContext): DecisionCommand;
  readonly name: string;
}

const commands: readonly SomeCommandClass[] = [
  HandOverItemCommand,
  HandOverPlanCommand,
  HandOverIndicatorCommand,
  HandOverGroupCommand,
  DissolveBodyCommand,
  RetractItemRevisionCommand,
  CancelGroupChangeCommand,
  CancelBodyChangeCommand,
];

/** Why a body's things are handed over, where the decision does not say. */
export const usualReason = 'Omorganisation';

const typeOf = ({ name }: { readonly name: string }): string => name.replace(/Command$/, '');

const kinds: ReadonlyMap<string, SomeCommandClass> = new Map(commands.map((command) => [typeOf(command), command]));

/** The step that puts a command to a thing. Why is said once, by the decision: there are thousands of steps. */
export const stepOf = (
  command: SomeCommandClass,
  { category, id }: Pick<ReorganisationStep, 'category' | 'id'>,
  data: ReorganisationStep['data'],
  effectiveOn?: string,
): ReorganisationStep => ({
  category,
  id,
  command: typeOf(command),
  data,
  ...(effectiveOn !== undefined && { effectiveOn }),
});

/** The command that hands a thing over. */
export const handsOver = {
  item: HandOverItemCommand,
  plan: HandOverPlanCommand,
  indicator: HandOverIndicatorCommand,
  group: HandOverGroupCommand,
} as const;

/**
 * The command that a step stands for.
 * @param reason why all of them are put, which steps of earlier versions say themselves
 * @throws TypeError where there is none of that type
 */
export function commandOf(
  { command, data, effectiveOn, id }: ReorganisationStep,
  reason: string,
  context: CommandContext,
): DecisionCommand {
  const kind = kinds.get(command);
  if (!kind) throw new TypeError(`${command} is no step of a reorganisation`);
  const asked = kind === DissolveBodyCommand ? data : { reason, ...data };
  return new kind(id, asked as never, { ...context, ...(effectiveOn !== undefined && { effectiveOn }) });
}
