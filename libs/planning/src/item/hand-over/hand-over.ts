import { decidesOn, DecisionCommand } from '#deciding';
import type { RecordedFact } from '#kernel';
import { itemsThat } from '../item.aggregate.js';
import { controllers } from '../item.command.js';
import type { ItemEvent } from '../item.events.js';
import { needBodies } from '../item.lookups.js';
import { handOver } from './hand-over.decide.js';
import type { HandOverItem } from './hand-over.decide.js';
import { namingsOf } from './item.held.js';

/** A part of a reorganisation; no route takes it. */
export class HandOverItemCommand extends DecisionCommand<HandOverItem> {
  static readonly permitted = controllers;
  readonly type = 'HandOverItem';
}

export const handOverItemHandler = decidesOn(HandOverItemCommand, itemsThat(handOver), {
  facts: async ({ context, data }, lookup) => {
    await needBodies(data.successors, lookup);
    const story: RecordedFact<ItemEvent>[] = [];
    await lookup.readStory<ItemEvent>((event) => {
      story.push(event);
    });
    // A reorganisation says of which day it is.
    return { held: namingsOf(story, data.bodyId, context.effectiveOn!) };
  },
});
