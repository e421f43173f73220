import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  ChoiceField,
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  PathId,
  RequestContext,
  SayingField,
  TextField,
} from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { discontinuationReasons } from '../item.events.js';
import type { DiscontinuationReason } from '../item.events.js';
import { printedLabelField } from '../item.fields.js';
import { discontinue } from './discontinue.decide.js';
import type { DiscontinueItem } from './discontinue.decide.js';

export class DiscontinueItemCommand extends DecisionCommand<DiscontinueItem> {
  static readonly permitted = controllers;
  readonly type = 'DiscontinueItem';
}

export class DiscontinueItemRequest extends CorrectingRequest {
  @ChoiceField({ description: 'Why the item ends', of: discontinuationReasons })
  reason!: DiscontinuationReason;

  @SayingField({ description: 'The reason in words', example: 'Ligger utanför nämndens rådighet', max: 2_000 })
  comment!: string;

  @TextField(printedLabelField)
  printedLabel?: string;
}

@ItemRoute()
class DiscontinueItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/discontinue', DiscontinueItemCommand, 'End an item before it is completed')
  discontinue(
    @PathId('itemId') id: string,
    @Body() request: DiscontinueItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DiscontinueItemCommand, id, request, context);
  }
}

export const discontinueItem = revisionCommand(
  'ItemDiscontinued',
  DiscontinueItemCommand,
  discontinue,
  DiscontinueItemRoute,
);
