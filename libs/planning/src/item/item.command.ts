import { applyDecorators, Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { ICommandHandler } from '@nestjs/cqrs';
import { decidesOn } from '#deciding';
import type { DecisionCommand, DecisionCommandClass, DecisionSupport, Receipt } from '#deciding';
import type { DomainCommand, Role } from '#kernel';
import { reserveNumbers } from '../numbers/reserve-numbers.js';
import { itemsThat } from './item.aggregate.js';
import { doubtsOfItem } from './item.doubts.js';
import type { ItemState } from './item.state.js';
import type { ItemDecision } from './item.rules.js';

/** Who revises plans. */
export const controllers: readonly Role[] = ['controller'];
/** Who assesses: a reporter for its own body. */
export const assessors: readonly Role[] = ['reporter', 'controller'];

/** A command to an item, from the route that takes it to the handler that has it decided. */
export interface ItemCommand<Domain extends DomainCommand = DomainCommand> {
  readonly command: DecisionCommandClass<Domain>;
  readonly handler: Type<ICommandHandler<DecisionCommand<Domain>, Receipt>>;
  readonly route: Type;
}

/**
 * Puts a command together. It becomes known by its line in `item.register.ts`.
 * @param support what the decision is told beside the item, and what day and body the command is about
 */
export const itemCommand = <Domain extends DomainCommand, About = undefined>(
  command: DecisionCommandClass<Domain>,
  decide: ItemDecision<Domain>,
  route: Type,
  support?: DecisionSupport<Domain, ItemState, About>,
): ItemCommand<Domain> => ({
  command,
  handler: decidesOn(command, itemsThat(decide), { doubts: doubtsOfItem, ...support, reserve: reserveNumbers }),
  route,
});

/** Of a class whose routes are commands to items. */
export const ItemRoute = (): ClassDecorator => applyDecorators(ApiTags('Items'), ApiBearerAuth(), Controller());

/** Of a class whose routes are commands about assessments of an item. */
export const AssessmentRoute = (): ClassDecorator =>
  applyDecorators(ApiTags('Follow-up'), ApiBearerAuth(), Controller('items/:itemId/assessments'));
