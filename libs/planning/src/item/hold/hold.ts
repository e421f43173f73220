import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  DayField,
  PathId,
  RequestContext,
  SayingField,
} from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { hold } from './hold.decide.js';
import type { HoldItem } from './hold.decide.js';

export class HoldItemCommand extends DecisionCommand<HoldItem> {
  static readonly permitted = controllers;
  readonly type = 'HoldItem';
}

export class HoldItemRequest extends CorrectingRequest {
  @DayField({ description: 'The day on which it goes on: up to then it rests', example: '2025-09-01' })
  until!: string;

  @SayingField({ description: 'Why it rests', example: 'Väntar på statsbidrag', max: 2_000 })
  reason!: string;
}

@ItemRoute()
class HoldItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/hold', HoldItemCommand, 'Put an item on hold until a day')
  hold(
    @PathId('itemId') id: string,
    @Body() request: HoldItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(HoldItemCommand, id, request, context);
  }
}

export const holdItem = revisionCommand('ItemHeld', HoldItemCommand, hold, HoldItemRoute);
