import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRoute, CorrectingRequest, PathId, RequestContext, TextField } from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { commentField } from '../item.fields.js';
import { resume } from './resume.decide.js';
import type { ResumeItem } from './resume.decide.js';

export class ResumeItemCommand extends DecisionCommand<ResumeItem> {
  static readonly permitted = controllers;
  readonly type = 'ResumeItem';
}

export class ResumeItemRequest extends CorrectingRequest {
  @TextField(commentField)
  comment?: string;
}

@ItemRoute()
class ResumeItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/resume', ResumeItemCommand, 'Take up an item that is on hold')
  resume(
    @PathId('itemId') id: string,
    @Body() request: ResumeItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ResumeItemCommand, id, request, context);
  }
}

export const resumeItem = revisionCommand('ItemResumed', ResumeItemCommand, resume, ResumeItemRoute);
