import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { idOf } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { CommandContext, DecisionCommandClass, Receipt } from '#deciding';
import type { CommandRequest, CorrectingRequest } from './command-request.js';

/** From a request to the command bus. */
@Injectable()
export class CommandGateway {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  /** Puts a request to the aggregate with that id. */
  send<Domain extends DomainCommand>(
    command: DecisionCommandClass<Domain>,
    id: string,
    request: CommandRequest & Domain['data'],
    context: CommandContext,
  ): Promise<Receipt> {
    const { confirm, corrects, decision, effectiveOn, ...data } = withoutUnset(request) as CorrectingRequest &
      Domain['data'];
    return this.bus.execute(
      new command(id, data as Domain['data'], {
        ...context,
        ...(effectiveOn !== undefined && { effectiveOn }),
        ...(corrects !== undefined && { corrects }),
        ...(decision !== undefined && { decision }),
        ...(confirm !== undefined && { confirm }),
      }),
    );
  }

  /**
   * Puts a request to a new aggregate.
   * @param keyed the id that the request's own key leads to, where it has one. Without a key the id follows from the
   * command's, so that a repeated command finds what it made.
   */
  create<Domain extends DomainCommand>(
    command: DecisionCommandClass<Domain>,
    request: CommandRequest & Domain['data'],
    context: CommandContext,
    keyed?: string,
  ): Promise<Receipt> {
    return this.send(command, keyed ?? idOf('new', command.name, context.commandId), request, context);
  }
}

/** A request's class has every field that it may have; what the caller left out is left out of the command too. */
export function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (typeof value !== 'object' || value === null) return value;
  const set = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(set.map(([field, inner]) => [field, withoutUnset(inner)]));
}
