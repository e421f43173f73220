import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  ObjectField,
  PathId,
  RequestContext,
  SayingField,
} from '#http-api';
import { controllers, ItemRoute } from '../item.command.js';
import { revisionCommand } from '../revision.command.js';
import type { Concerned } from '../item.events.js';
import { ConcernedRequest, reasonField } from '../item.fields.js';
import { needConcerned } from '../item.lookups.js';
import { changeConcerned as change } from './change-concerned.decide.js';
import type { ChangeConcerned } from './change-concerned.decide.js';

export class ChangeConcernedCommand extends DecisionCommand<ChangeConcerned> {
  static readonly permitted = controllers;
  readonly type = 'ChangeConcerned';
}

export class ChangeConcernedRequest extends CorrectingRequest {
  @ObjectField(() => ConcernedRequest, {
    description: 'Whom the item concerns (berörda): either bodies or a group; null: nobody by name',
    nullable: true,
  })
  concerned!: Concerned | null;

  @SayingField(reasonField)
  reason?: string;
}

@ItemRoute()
class ChangeConcernedRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/concerned', ChangeConcernedCommand, 'Change whom an item concerns')
  changeConcerned(
    @PathId('itemId') id: string,
    @Body() request: ChangeConcernedRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ChangeConcernedCommand, id, request, context);
  }
}

export const changeConcerned = revisionCommand(
  'ItemConcernedChanged',
  ChangeConcernedCommand,
  change,
  ChangeConcernedRoute,
  {
    facts: ({ data }, lookup) => needConcerned(data.concerned, lookup),
  },
);
