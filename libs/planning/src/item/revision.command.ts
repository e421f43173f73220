import type { Type } from '@nestjs/common';
import type { DecisionCommandClass, DecisionSupport } from '#deciding';
import type { DomainCommand } from '#kernel';
import { itemCommand } from './item.command.js';
import type { ItemCommand } from './item.command.js';
import type { ItemDecision } from './item.rules.js';
import type { ItemState } from './item.state.js';
import { checkCorrects, toldRevision } from './revision.told.js';
import type { RevisionFact, ToldRevision } from './revision.told.js';

/**
 * Puts together a command that revises an item, and that may name an event of its kind that it corrects (`corrects`): it
 * then speaks of the day of that, and takes its place.
 * @param recorded the type of the event that it leads to
 */
export const revisionCommand = <Domain extends DomainCommand>(
  recorded: RevisionFact['type'],
  command: DecisionCommandClass<Domain>,
  decide: ItemDecision<Domain>,
  route: Type,
  { facts }: Pick<DecisionSupport<Domain, ItemState>, 'facts'> = {},
): ItemCommand<Domain> =>
  itemCommand<Domain, ToldRevision | undefined>(command, decide, route, {
    about: async (_data, lookup, corrects) => (corrects === undefined ? undefined : toldRevision(corrects, lookup)),
    facts: async (asked, lookup, item, told) => {
      const { corrects, effectiveOn } = asked.context;
      if (corrects !== undefined) checkCorrects(told, { event: corrects, type: recorded, day: effectiveOn });
      return facts?.(asked, lookup, item, undefined);
    },
    effectiveOn: (_facts, _item, _data, told) => told?.effectiveOn,
    corrects: (_facts, told) => told?.id,
    saidAfter: (told) => told?.said,
  });
