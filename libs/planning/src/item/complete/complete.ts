import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRoute, PathId, RequestContext } from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { EndItemRequest } from '../item.fields.js';
import { complete } from './complete.decide.js';
import type { CompleteItem } from './complete.decide.js';

export class CompleteItemCommand extends DecisionCommand<CompleteItem> {
  static readonly permitted = controllers;
  readonly type = 'CompleteItem';
}

@ItemRoute()
class CompleteItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/complete', CompleteItemCommand, 'Declare an item completed')
  complete(
    @PathId('itemId') id: string,
    @Body() request: EndItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CompleteItemCommand, id, request, context);
  }
}

export const completeItem = revisionCommand('ItemCompleted', CompleteItemCommand, complete, CompleteItemRoute);
