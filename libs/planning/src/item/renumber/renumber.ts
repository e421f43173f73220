import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  PathId,
  RequestContext,
  SayingField,
  TextField,
  ValueField,
} from '#http-api';
import { kind } from '#kernel';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { printedLabelField, reasonField } from '../item.fields.js';
import { renumber } from './renumber.decide.js';
import type { RenumberItem } from './renumber.decide.js';

export class RenumberItemCommand extends DecisionCommand<RenumberItem> {
  static readonly permitted = controllers;
  readonly type = 'RenumberItem';
}

export class RenumberItemRequest extends CorrectingRequest {
  @ValueField(kind.itemNumber, { description: 'The new number; null where it has none from now on', nullable: true })
  number!: string | null;

  @TextField(printedLabelField)
  printedLabel?: string;

  @SayingField(reasonField)
  reason?: string;
}

@ItemRoute()
class RenumberItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/renumber', RenumberItemCommand, 'Give an item a new number')
  renumber(
    @PathId('itemId') id: string,
    @Body() request: RenumberItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RenumberItemCommand, id, request, context);
  }
}

export const renumberItem = revisionCommand('ItemRenumbered', RenumberItemCommand, renumber, RenumberItemRoute);
