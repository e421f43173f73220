import { Body, Inject } from '@nestjs/common';
import { DecisionCommand, Resting } from '#deciding';
import type { CommandContext, Receipt, StateLookup } from '#deciding';
import { CommandGateway, CommandRequest, CommandRoute, PathId, RequestContext, SayingField } from '#http-api';
import type { Role } from '#kernel';
import { itemCommand, ItemRoute } from '../item.command.js';
import type { ItemEvent } from '../item.events.js';
import { cancel } from './cancel.decide.js';
import type { CancelItem } from './cancel.decide.js';

export class CancelItemCommand extends DecisionCommand<CancelItem> {
  // A list of its own: no revision has it as a step, since what rests on an item is looked for in the log as it is.
  static readonly permitted: readonly Role[] = ['controller'];
  readonly type = 'CancelItem';
}

export class CancelItemRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been adopted', example: 'Lästes in två gånger', max: 2_000 })
  reason!: string;
}

@ItemRoute()
class CancelItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('items/:itemId/cancel', CancelItemCommand, 'Cancel the adoption of an item that was a mistake')
  cancel(
    @PathId('itemId') id: string,
    @Body() request: CancelItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelItemCommand, id, request, context);
  }
}

export const cancelItem = itemCommand<CancelItem, string | undefined>(CancelItemCommand, cancel, CancelItemRoute, {
  about: (_data, lookup) => adoptionOf(lookup),
  facts: async ({ context: { examined, tenant }, id }, lookup, _item, adoption) => ({
    adoption,
    resting: await lookup.reader(Resting).on({ tenant, category: 'item', id }, examined),
  }),
  effectiveOn: (_facts, item) => (item.status === 'adopted' ? item.adoptedOn : undefined),
  corrects: ({ adoption }) => adoption,
});

/** The event that adopted the item that decides: the last, where it was adopted anew. */
async function adoptionOf(lookup: StateLookup): Promise<string | undefined> {
  let adoption: string | undefined;
  await lookup.readStory<ItemEvent>(({ id, type }) => {
    if (type === 'ItemAdopted') adoption = id;
  });
  return adoption;
}
