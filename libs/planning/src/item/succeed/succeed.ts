import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import {
  BooleanField,
  ChoiceField,
  CommandGateway,
  CommandRoute,
  CorrectingRequest,
  IdField,
  PathId,
  RequestContext,
  TextField,
} from '#http-api';
import { controllers, itemCommand, ItemRoute } from '../item.command.js';
import { successionKinds } from '../item.events.js';
import type { SuccessionKind } from '../item.events.js';
import { commentField, printedLabelField } from '../item.fields.js';
import { needItem } from '../item.lookups.js';
import { toldRetraction } from '../retract/retraction.told.js';
import type { ToldRetraction } from '../retract/retraction.told.js';
import { checkCorrects } from '../revision.told.js';
import { succeed } from './succeed.decide.js';
import type { SucceedItem } from './succeed.decide.js';

export class SucceedItemCommand extends DecisionCommand<SucceedItem> {
  static readonly permitted = controllers;
  readonly type = 'SucceedItem';
}

export class SucceedItemRequest extends CorrectingRequest {
  @IdField({ description: 'The newer item, of this plan or another' })
  successorId!: string;

  @ChoiceField({ description: 'What happened between them', of: successionKinds })
  kind!: SuccessionKind;

  @BooleanField({
    description: 'Whether the link is a reading, not stated by a document',
    example: false,
    optional: true,
  })
  inferred?: boolean;

  @TextField(commentField)
  comment?: string;

  @TextField(printedLabelField)
  printedLabel?: string;
}

@ItemRoute()
class SucceedItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/successors', SucceedItemCommand, 'Link an item to one that succeeds it')
  succeed(
    @PathId('itemId') id: string,
    @Body() request: SucceedItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(SucceedItemCommand, id, request, context);
  }
}

export const succeedItem = itemCommand<SucceedItem, ToldRetraction | undefined>(
  SucceedItemCommand,
  succeed,
  SucceedItemRoute,
  {
    about: async (_data, lookup, corrects) => (corrects === undefined ? undefined : toldRetraction(corrects, lookup)),
    facts: async ({ context, data }, lookup, _item, corrected) => {
      const { corrects, effectiveOn } = context;
      if (corrects !== undefined) {
        checkCorrects(corrected, { event: corrects, type: 'ItemSucceeded', day: effectiveOn });
      }
      return { successor: await needItem(data.successorId, lookup), corrected };
    },
    effectiveOn: ({ corrected }) => corrected?.effectiveOn,
    corrects: ({ corrected }) => corrected?.id,
  },
);
