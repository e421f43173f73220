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
} from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import { reasonField } from '../item.fields.js';
import { needBodies } from '../item.lookups.js';
import { changeResponsible as change } from './change-responsible.decide.js';
import type { ChangeResponsible } from './change-responsible.decide.js';

export class ChangeResponsibleCommand extends DecisionCommand<ChangeResponsible> {
  static readonly permitted = controllers;
  readonly type = 'ChangeResponsible';
}

export class ChangeResponsibleRequest extends CorrectingRequest {
  @IdsField({ description: 'The responsible bodies (ansvariga) from now on' })
  responsible!: string[];

  @SayingField(reasonField)
  reason?: string;
}

@ItemRoute()
class ChangeResponsibleRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/responsible', ChangeResponsibleCommand, 'Change who is responsible for an item')
  changeResponsible(
    @PathId('itemId') id: string,
    @Body() request: ChangeResponsibleRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ChangeResponsibleCommand, id, request, context);
  }
}

export const changeResponsible = revisionCommand(
  'ItemResponsibleChanged',
  ChangeResponsibleCommand,
  change,
  ChangeResponsibleRoute,
  {
    facts: ({ data }, lookup) => needBodies(data.responsible, lookup),
  },
);
