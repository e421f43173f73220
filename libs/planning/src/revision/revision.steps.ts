import type { Type } from '@nestjs/common';
import { stepIdOf as stepIdIn } from '#deciding';
import type { CommandContext, DecisionCommand } from '#deciding';
import { CommandRequest } from '#http-api';
import { controllers } from '../item/item.command.js';
import { itemCommands } from '../item/item.register.js';
import type { SomeCommandClass } from '../item/item.register.js';
import type { RevisionStep } from './revision.events.js';

/** A command that can be a step: its class, and that of its request. */
export interface StepKind {
  readonly command: SomeCommandClass;
  readonly request: Type;
}

const nameOf = ({ name }: { readonly name: string }): string => name.replace(/Command$/, '');

/** What the command's own route takes. */
function requestOf(route: Type): Type {
  const prototype = route.prototype as object;
  const methods = Object.getOwnPropertyNames(prototype);
  const taken = methods.flatMap(
    (method) => (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as readonly unknown[],
  );
  const request = taken.find((type) => typeof type === 'function' && type.prototype instanceof CommandRequest);
  if (!request) throw new TypeError(`${nameOf(route)} takes no request`);
  return request as Type;
}

/** Every command to an item by which controllers revise plans, by its type: one that is registered is a kind of step. */
export const stepKinds: ReadonlyMap<string, StepKind> = new Map(
  itemCommands
    .filter(({ command }) => command.permitted === controllers)
    .map(({ command, route }) => [nameOf(command), { command, request: requestOf(route) }]),
);

/** The command that a step stands for. @throws TypeError where there is none of that type */
export function commandOf(
  { command, data, effectiveOn, itemId }: RevisionStep,
  context: CommandContext,
): DecisionCommand {
  const kind = stepKinds.get(command);
  if (!kind) throw new TypeError(`${command} is no step of a revision`);
  return new kind.command(itemId, data as never, { ...context, ...(effectiveOn !== undefined && { effectiveOn }) });
}

/** By what the ids of its commands are called. */
export const revision = 'revision';

/** The id of the command that a step is carried out by. */
export const stepIdOf = (revisionId: string, step: number): string => stepIdIn(revision, revisionId, step);
