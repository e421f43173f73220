import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  IdsField,
  PathId,
  RequestContext,
  SayingField,
  TextField,
} from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { printedLabelField, reasonField } from '../item.fields.js';
import { placing, planOf } from '../item.lookups.js';
import { move } from './move.decide.js';
import type { MoveItem } from './move.decide.js';

export class MoveItemCommand extends DecisionCommand<MoveItem> {
  static readonly permitted = controllers;
  readonly type = 'MoveItem';
}

export class MoveItemRequest extends CorrectingRequest {
  @IdsField({ description: 'The items that it lies under from now on' })
  parents!: string[];

  @TextField(printedLabelField)
  printedLabel?: string;

  @SayingField(reasonField)
  reason?: string;
}

@ItemRoute()
class MoveItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/move', MoveItemCommand, 'Let an item lie under others')
  move(
    @PathId('itemId') id: string,
    @Body() request: MoveItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(MoveItemCommand, id, request, context);
  }
}

export const moveItem = revisionCommand('ItemMoved', MoveItemCommand, move, MoveItemRoute, {
  facts: ({ data }, lookup, item) => placing(planOf(item), data.parents, lookup),
});
