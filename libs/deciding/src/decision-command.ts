import { Command } from '@nestjs/cqrs';
import type { DomainCommand, Role } from '#kernel';
import type { CommandContext } from './command-context.js';
import type { Receipt } from './receipt.js';

/** A command on the bus: what is asked of one aggregate, and what accompanies it. */
export abstract class DecisionCommand<Domain extends DomainCommand = DomainCommand> extends Command<Receipt> {
  abstract readonly type: Domain['type'];
  /** Lets the compiler tell a command's kind from its class; nothing at run time. */
  declare readonly domain?: Domain;

  /** @param id the UUID of the aggregate that is to decide */
  constructor(
    readonly id: string,
    readonly data: Domain['data'],
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** A command class, and what is known of its commands before one is made. */
export interface DecisionCommandClass<Domain extends DomainCommand = DomainCommand> {
  new (id: string, data: Domain['data'], context: CommandContext): DecisionCommand<Domain>;
  /** The roles that may ask for it. */
  readonly permitted: readonly Role[];
  /** Whether it starts a new stream; any other command needs one that exists. */
  readonly creates?: true;
}
