import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  BooleanField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  IdField,
  PathId,
  RequestContext,
  TextField,
} from '#http-api';
import { controllers, itemCommand, ItemRoute } from '../item.command.js';
import { commentField } from '../item.fields.js';
import { needItem } from '../item.lookups.js';
import { declareAnswer as decide } from './declare-answer.decide.js';
import type { DeclareAnswer } from './declare-answer.decide.js';

export class DeclareAnswerCommand extends DecisionCommand<DeclareAnswer> {
  static readonly permitted = controllers;
  readonly type = 'DeclareAnswer';
}

export class DeclareAnswerRequest extends CommandRequest {
  @IdField({ description: "The item of another plan that it answers, mostly the council's" })
  answersId!: string;

  @BooleanField({
    description: 'Whether the link is a reading, not stated by a document',
    example: false,
    optional: true,
  })
  inferred?: boolean;

  @TextField(commentField)
  comment?: string;
}

@ItemRoute()
class DeclareAnswerRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/answers-to', DeclareAnswerCommand, 'Say which item of another plan an item answers')
  declare(
    @PathId('itemId') id: string,
    @Body() request: DeclareAnswerRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DeclareAnswerCommand, id, request, context);
  }
}

export const declareAnswer = itemCommand<DeclareAnswer>(DeclareAnswerCommand, decide, DeclareAnswerRoute, {
  facts: async ({ data }, lookup) => ({ answered: await needItem(data.answersId, lookup) }),
});
