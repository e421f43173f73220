import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Asked, CommandGateway, CommandRoute, PathId } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { itemIdOf } from '../planning-ids.js';
import {
  AdoptItemCommand,
  ChangeConcernedCommand,
  ChangeResponsibleCommand,
  CompleteItemCommand,
  DiscontinueItemCommand,
  MoveItemCommand,
  RenumberItemCommand,
  RetainItemCommand,
  RewordItemCommand,
  SucceedItemCommand,
} from './item.commands.js';
import {
  AdoptItemRequest,
  ChangeConcernedRequest,
  ChangeResponsibleRequest,
  DiscontinueItemRequest,
  EndItemRequest,
  MoveItemRequest,
  RenumberItemRequest,
  RewordItemRequest,
  SucceedItemRequest,
} from './item.requests.js';

@ApiTags('Items')
@ApiBearerAuth()
@Controller()
export class ItemController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('plans/:planId/items', AdoptItemCommand, 'Adopt an item of a plan')
  adopt(
    @PathId('planId') planId: string,
    @Body() request: AdoptItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : itemIdOf(asked.tenant, planId, request.key);
    return this.commands.create(AdoptItemCommand, { ...request, planId }, asked, keyed);
  }

  @CommandRoute('items/:itemId/reword', RewordItemCommand, 'Give an item a new wording')
  reword(
    @PathId('itemId') id: string,
    @Body() request: RewordItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RewordItemCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/renumber', RenumberItemCommand, 'Give an item a new number')
  renumber(
    @PathId('itemId') id: string,
    @Body() request: RenumberItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RenumberItemCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/move', MoveItemCommand, 'Let an item lie under others')
  move(
    @PathId('itemId') id: string,
    @Body() request: MoveItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(MoveItemCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/concerned', ChangeConcernedCommand, 'Change whom an item concerns')
  changeConcerned(
    @PathId('itemId') id: string,
    @Body() request: ChangeConcernedRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ChangeConcernedCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/responsible', ChangeResponsibleCommand, 'Change who is responsible for an item')
  changeResponsible(
    @PathId('itemId') id: string,
    @Body() request: ChangeResponsibleRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ChangeResponsibleCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/retain', RetainItemCommand, 'Keep an item through a revision')
  retain(
    @PathId('itemId') id: string,
    @Body() request: EndItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RetainItemCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/complete', CompleteItemCommand, 'Declare an item completed')
  complete(
    @PathId('itemId') id: string,
    @Body() request: EndItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CompleteItemCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/discontinue', DiscontinueItemCommand, 'End an item before it is completed')
  discontinue(
    @PathId('itemId') id: string,
    @Body() request: DiscontinueItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DiscontinueItemCommand, id, request, asked);
  }

  @CommandRoute('items/:itemId/successors', SucceedItemCommand, 'Link an item to one that succeeds it')
  succeed(
    @PathId('itemId') id: string,
    @Body() request: SucceedItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(SucceedItemCommand, id, request, asked);
  }
}
