import Type from 'typebox';
import type { Document } from '#document-store';
import { defineEvent, EventCatalog } from '#kernel';
import type { DomainEvent } from '#kernel';
import type { Projection } from '../projection.js';
import { projectionEvents } from '../skips/projection.events.js';

export type Noted = DomainEvent<'Noted', { number: number; text: string }>;

export interface Tally extends Document {
  readonly count: number;
  readonly numbers: readonly number[];
}

const noted = Type.Object({ number: Type.Integer(), text: Type.String() }, { additionalProperties: false });

/** The events of `anEvent`, which are brought up from an older schema as they are read, and those of projections themselves. */
export const tallyCatalog = new EventCatalog([
  defineEvent('Noted', noted, { schema: 2, upcast: { 1: (older) => ({ ...older }) } }),
  ...projectionEvents,
]);

/** A number that a projection cannot take, for as long as there is one. */
export interface Poison {
  number: number | undefined;
}

/** A projection that counts what is noted in each stream. */
export const tallyOf = (name: string, poison?: Poison, version = 1): Projection<Tally, Noted> => ({
  name,
  version,
  on: {
    Noted: {
      key: ({ stream }) => stream,
      evolve: (tally, { data, stream }) => {
        if (data.number === poison?.number) throw new Error('Cannot take this one');
        return { _id: stream, count: (tally?.count ?? 0) + version, numbers: [...(tally?.numbers ?? []), data.number] };
      },
    },
  },
});
