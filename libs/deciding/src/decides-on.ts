import { Inject, Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { CommandHandler, QueryBus } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { DomainCommand, DomainEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import type { DecisionCommand, DecisionCommandClass } from './decision-command.js';
import { DecisionRunner } from './decision-runner.js';
import type { DecisionSupport } from './decision-runner.js';
import type { Receipt } from './receipt.js';

/** The handler of one command: a Nest provider that puts the command to the aggregate's decider. */
export function decidesOn<Domain extends DomainCommand, State, Event extends DomainEvent>(
  command: DecisionCommandClass<Domain>,
  // A decider answers a union of commands; a handler puts one of them to it.
  aggregate: { readonly category: string; readonly decider: Aggregate<never, State, Event>['decider'] },
  support?: DecisionSupport<Domain, State>,
): Type<ICommandHandler<DecisionCommand<Domain>, Receipt>> {
  @Injectable()
  @CommandHandler(command)
  class DecisionHandler implements ICommandHandler<DecisionCommand<Domain>, Receipt> {
    @Inject(DecisionRunner) private readonly runner!: DecisionRunner;
    @Inject(QueryBus) private readonly queries!: QueryBus;

    execute(asked: DecisionCommand<Domain>): Promise<Receipt> {
      return this.runner.run(asked, aggregate as unknown as Aggregate<Domain, State, Event>, support, (query) =>
        this.queries.execute(query),
      );
    }
  }
  Object.defineProperty(DecisionHandler, 'name', { value: `${command.name}Handler` });
  return DecisionHandler;
}
