import Type from 'typebox';
import { describe, expect, it } from '@jest/globals';
import { defineEvent, payload } from '#kernel';
import type { DomainEvent, RecordedEvent } from '#kernel';
import { ignored, onEvery } from './projection.js';
import type { Projection } from './projection.js';
import { tallyOf } from './testing/tallies.js';
import type { Noted, Tally } from './testing/tallies.js';

type Erased = DomainEvent<'Erased', { number: number }>;

describe('A projection', () => {
  const { Noted } = tallyOf('noted').on;
  const rest = { name: 'tallies', version: 1 };

  it('names every event that it follows, also one that it ignores', () => {
    const whole: Projection<Tally, Noted | Erased> = { ...rest, on: { Noted, Erased: ignored } };
    // @ts-expect-error: one that forgets an event does not compile
    const forgetful: Projection<Tally, Noted | Erased> = { ...rest, on: { Noted } };
    // @ts-expect-error: nor does one that names an event of others
    const meddling: Projection<Tally, Noted> = { ...rest, on: { Noted, Erased: ignored } };
    for (const { on } of [whole, forgetful, meddling] as Projection[]) expect(on['Erased']).toBeUndefined();
  });

  it('reacts in one way to every event of a contract', () => {
    const events = ['Noted', 'Erased'].map((type) => defineEvent(type, payload({ number: Type.Integer() })));
    const on = onEvery<Tally, (typeof events)[number]>(events, {
      key: ({ stream }) => stream,
      evolve: (tally, { data, stream }) => ({ _id: stream, count: (tally?.count ?? 0) + 1, numbers: [data.number] }),
    });
    expect(Object.keys(on)).toEqual(['Noted', 'Erased']);
    const event = { stream: 't.tally-1', data: { number: 7 } } as unknown as RecordedEvent<DomainEvent<string, any>>;
    for (const type of ['Noted', 'Erased']) expect(on[type]!.evolve(undefined, event).numbers).toEqual([7]);
  });
});
