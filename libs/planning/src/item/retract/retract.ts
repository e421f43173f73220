import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRequest, CommandRoute, IdField, PathId, RequestContext, SayingField } from '#http-api';
import { controllers, itemCommand, ItemRoute } from '../item.command.js';
import { placing, planOf } from '../item.lookups.js';
import { retract } from './retract.decide.js';
import type { RetractItemRevision } from './retract.decide.js';
import { toldRetraction } from './retraction.told.js';
import type { ToldRetraction } from './retraction.told.js';

export class RetractItemRevisionCommand extends DecisionCommand<RetractItemRevision> {
  static readonly permitted = controllers;
  readonly type = 'RetractItemRevision';
}

export class RetractItemRevisionRequest extends CommandRequest {
  @IdField({
    description: 'The event that is taken back, as the history names it: of one that was corrected, the newest',
  })
  retracts!: string;

  @SayingField({ description: 'Why it should not have been recorded', example: 'Avsåg ett annat uppdrag', max: 2_000 })
  reason!: string;
}

@ItemRoute()
class RetractItemRevisionRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/retractions', RetractItemRevisionCommand, 'Take back what was recorded of an item')
  retract(
    @PathId('itemId') id: string,
    @Body() request: RetractItemRevisionRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RetractItemRevisionCommand, id, request, context);
  }
}

export const retractRevision = itemCommand<RetractItemRevision, ToldRetraction | undefined>(
  RetractItemRevisionCommand,
  retract,
  RetractItemRevisionRoute,
  {
    about: ({ retracts }, lookup) => toldRetraction(retracts, lookup),
    facts: async (_, lookup, item, told) => {
      const over = told?.restores.parents?.value ?? [];
      return { told, parents: over.length === 0 ? [] : (await placing(planOf(item), over, lookup)).parents };
    },
    effectiveOn: ({ told }) => told?.effectiveOn,
    corrects: ({ told }) => told?.id,
  },
);
