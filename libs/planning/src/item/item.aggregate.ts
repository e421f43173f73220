import type { Aggregate } from '#deciding';
import type { DomainCommand } from '#kernel';
import { unadopted } from './item.js';
import { evolve, folding } from './item.state.js';
import type { ItemState } from './item.state.js';
import type { ItemEvent } from './item.events.js';
import type { ItemDecision } from './item.rules.js';

/** Items, as one command has them decide. */
export const itemsThat = <Command extends DomainCommand>(
  decide: ItemDecision<Command>,
): Aggregate<Command, ItemState, ItemEvent> => ({
  category: 'item',
  foldVersion: 6,
  decider: { initialState: unadopted, decide, evolve, folding },
});

/** Items as other decisions look at them, which ask nothing of them. */
export const items: Aggregate<never, ItemState, ItemEvent> = itemsThat(() => []);
