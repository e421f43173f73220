import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  CodesField,
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  PathId,
  RequestContext,
  SayingField,
  TextField,
  TextsField,
} from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { printedLabelField, reasonField } from '../item.fields.js';
import { needPlan, planOf } from '../item.lookups.js';
import { reword } from './reword.decide.js';
import type { RewordItem } from './reword.decide.js';

export class RewordItemCommand extends DecisionCommand<RewordItem> {
  static readonly permitted = controllers;
  readonly type = 'RewordItem';
}

export class RewordItemRequest extends CorrectingRequest {
  @SayingField({ description: 'The new wording', max: 2_000, optional: true })
  title?: string;

  @TextField({ description: 'The new description', max: 20_000, optional: true })
  text?: string;

  @TextsField({ description: 'The new expected effects', optional: true })
  expectedEffects?: string[];

  @CodesField({ description: 'Codes of the governing documents from now on', optional: true })
  documents?: string[];

  @TextField(printedLabelField)
  printedLabel?: string;

  @SayingField(reasonField)
  reason?: string;
}

@ItemRoute()
class RewordItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/reword', RewordItemCommand, 'Give an item a new wording')
  reword(
    @PathId('itemId') id: string,
    @Body() request: RewordItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RewordItemCommand, id, request, context);
  }
}

export const rewordItem = revisionCommand('ItemReworded', RewordItemCommand, reword, RewordItemRoute, {
  facts: async (_, lookup, item) => ({ plan: await needPlan(planOf(item), lookup) }),
});
