import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRoute, PathId, RequestContext } from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { EndItemRequest } from '../item.fields.js';
import { retain } from './retain.decide.js';
import type { RetainItem } from './retain.decide.js';

export class RetainItemCommand extends DecisionCommand<RetainItem> {
  static readonly permitted = controllers;
  readonly type = 'RetainItem';
}

@ItemRoute()
class RetainItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/retain', RetainItemCommand, 'Keep an item through a revision')
  retain(
    @PathId('itemId') id: string,
    @Body() request: EndItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RetainItemCommand, id, request, context);
  }
}

export const retainItem = revisionCommand('ItemRetained', RetainItemCommand, retain, RetainItemRoute);
