import { Inject, Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DomainCommand, DomainEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import type { DecisionCommand, DecisionCommandClass } from './decision-command.js';
import { DecisionRunner } from './decision-runner.js';
import type { DecisionSupport, TellDoubts } from './decision-runner.js';
import type { Receipt } from './receipt.js';
import type { Readers } from './state-lookup.js';

/** Which aggregate decides on a command, and what it is told beforehand. */
interface Decision {
  readonly aggregate: Aggregate<DomainCommand, unknown, DomainEvent>;
  readonly support: DecisionSupport<DomainCommand, unknown, unknown> | undefined;
}

const decisions = new Map<unknown, Decision>();

/**
 * Puts a command to a runner of one's own, just as its handler on the bus would: for rehearsals, and for work in bulk.
 * @param tellDoubts as `DecisionRunner.run` takes it
 * @throws what `DecisionRunner.run` throws
 */
export function decideWith(
  runner: DecisionRunner,
  command: DecisionCommand,
  readers?: Readers,
  tellDoubts?: TellDoubts,
): Promise<Receipt> {
  const decision = decisions.get(command.constructor);
  if (!decision) throw new TypeError(`Nothing decides on ${command.type}`);
  return runner.run(command, decision.aggregate, decision.support, readers, tellDoubts);
}

/** In which category of streams a command is decided. */
export function categoryOf(command: DecisionCommand): string {
  const decision = decisions.get(command.constructor);
  if (!decision) throw new TypeError(`Nothing decides on ${command.type}`);
  return decision.aggregate.category;
}

/** The readers that an app provides. */
export const readersOf =
  (app: ModuleRef): Readers =>
  (reader) =>
    app.get(reader, { strict: false });

/** The handler of one command: a Nest provider that puts the command to the aggregate's decider. */
export function decidesOn<Domain extends DomainCommand, State, Event extends DomainEvent, About = undefined>(
  command: DecisionCommandClass<Domain>,
  // A decider answers a union of commands; a handler puts one of them to it.
  aggregate: { readonly category: string; readonly decider: Aggregate<never, State, Event>['decider'] },
  support?: DecisionSupport<Domain, State, About>,
): Type<ICommandHandler<DecisionCommand<Domain>, Receipt>> {
  decisions.set(command, { aggregate, support } as unknown as Decision);

  @Injectable()
  @CommandHandler(command)
  class DecisionHandler implements ICommandHandler<DecisionCommand<Domain>, Receipt> {
    @Inject(DecisionRunner) private readonly runner!: DecisionRunner;
    @Inject(ModuleRef) private readonly app!: ModuleRef;

    execute(received: DecisionCommand<Domain>): Promise<Receipt> {
      return decideWith(this.runner, received, readersOf(this.app));
    }
  }
  Object.defineProperty(DecisionHandler, 'name', { value: `${command.name}Handler` });
  return DecisionHandler;
}
