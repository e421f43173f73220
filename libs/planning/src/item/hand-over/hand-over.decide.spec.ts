import { describe, expect, it } from '@jest/globals';
import { factsOf } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import type { ItemEvent } from '../item.events.js';
import { adopted, command, given, ids, subject } from '../testing/item.examples.js';
import { namingsOf } from './item.held.js';

const reason = 'Slås samman';
const day = '2025-10-01';
const later = '2026-01-01';
const handOver = (held: object[], successors: string[] = [ids.owner]) =>
  command('HandOverItem', { bodyId: ids.body, successors, reason }, { held } as never, day);
const held = (property: string, bodies: readonly string[], since = day) => ({ property, bodies, since });
const responsible = (...bodies: string[]): ItemEvent => ({
  type: 'ItemResponsibleChanged',
  data: { ...subject, responsible: bodies },
});

describe('Others take over from a body', () => {
  it('where an item names it, each on its day, and once', () => {
    given(adopted())
      .when(
        handOver([
          held('responsible', [ids.body, ids.otherBody]),
          held('concerned', [ids.owner, ids.body]),
          held('responsible', [ids.body], later),
        ]),
      )
      .then(
        {
          type: 'ItemResponsibleChanged',
          effectiveOn: day,
          data: { ...subject, reason, responsible: [ids.owner, ids.otherBody] },
        },
        {
          type: 'ItemConcernedChanged',
          effectiveOn: day,
          data: { ...subject, reason, concerned: { bodies: [ids.owner] } },
        },
        { type: 'ItemResponsibleChanged', effectiveOn: later, data: { ...subject, reason, responsible: [ids.owner] } },
      );
  });

  it('or nobody, where nobody takes over', () => {
    given(adopted())
      .when(handOver([held('responsible', [ids.body]), held('concerned', [ids.body])], []))
      .then(
        { type: 'ItemResponsibleChanged', effectiveOn: day, data: { ...subject, reason, responsible: [] } },
        { type: 'ItemConcernedChanged', effectiveOn: day, data: { ...subject, reason } },
      );
    given(adopted()).when(handOver([])).then();
  });

  it('on the day, and on later days on which it is said anew', () => {
    const story: GivenEvent<ItemEvent>[] = [
      { ...adopted({ responsible: [ids.body] }), effectiveOn: '2025-01-01' },
      { ...responsible(ids.otherBody, ids.body), effectiveOn: later },
      { type: 'ItemRenumbered', data: { ...subject, number: '9' }, effectiveOn: '2026-02-01' },
      { ...responsible(ids.otherBody), effectiveOn: '2026-03-01' },
    ];
    expect(namingsOf(factsOf(story), ids.body, day)).toEqual([
      held('responsible', [ids.body]),
      held('responsible', [ids.otherBody, ids.body], later),
    ]);
    expect(namingsOf(factsOf(story), ids.body, '2026-03-01')).toEqual([]);
  });

  it('of a completed item too, which is assessed on, and not of one that is given up', () => {
    const ended = (type: 'ItemCompleted' | 'ItemDiscontinued'): GivenEvent<ItemEvent>[] => [
      { ...adopted({ responsible: [ids.body] }), effectiveOn: '2025-01-01' },
      {
        type,
        data: { ...subject, ...(type === 'ItemDiscontinued' && { reason: 'decided', comment: 'Beslut' }) },
        effectiveOn: '2025-06-01',
      } as GivenEvent<ItemEvent>,
    ];
    expect(namingsOf(factsOf(ended('ItemCompleted')), ids.body, day)).toEqual([held('responsible', [ids.body])]);
    expect(namingsOf(factsOf(ended('ItemDiscontinued')), ids.body, day)).toEqual([]);
    const cancelled: GivenEvent<ItemEvent> = {
      ...{ type: 'ItemCancelled', data: { ...subject, reason: 'Dubblett' }, effectiveOn: '2025-01-01' },
    };
    expect(namingsOf(factsOf([...ended('ItemCompleted'), cancelled]), ids.body, day)).toEqual([]);
  });
});
