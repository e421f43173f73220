import Type from 'typebox';
import type { Static } from 'typebox';
import type { Aggregate } from '#deciding';
import { defineEvent, field, foldOf, idOf, payload } from '#kernel';
import type { EventOf } from '#kernel';

const holders = ['item', 'plan'] as const;

/** Whose event will give an item the number: its own, or a decision of its plan. */
const holder = payload({
  category: Type.Enum(holders),
  id: field.id,
  /** The revision that its stream had; -1 where it had none. What is appended there by whoever claimed comes just after it. */
  after: Type.Integer({ minimum: -1 }),
});

/**
 * An item is about to have a number of its plan and kind. It does not have it yet, and may never: what it has, its own
 * stream tells. Whoever claims after it looks there.
 */
export const numberClaimed = defineEvent(
  'NumberClaimed',
  payload({
    planId: field.id,
    kind: field.code,
    number: Type.Optional(field.text),
    itemId: field.id,
    holder,
  }),
);

export const numberEvents = [numberClaimed];

export type NumberClaimed = EventOf<typeof numberClaimed>;
export type Holder = Static<typeof holder>;

/** Who ever claimed a number of a plan and kind. */
export interface NumberClaims {
  /** The newest claim of each item by each holder. */
  readonly claims: Readonly<Record<string, Claim>>;
}

export interface Claim {
  readonly itemId: string;
  readonly holder: Holder;
}

const { evolve, folding } = foldOf<NumberClaims, NumberClaimed>((known, { data }, own) => {
  const { holder: by, itemId } = data;
  const next = own(known);
  const claims = own(next.claims);
  claims[`${itemId} ${by.category}`] = { itemId, holder: by };
  next.claims = claims;
  return next;
});

/** A number of a plan and kind: those who want it line up in a stream of its own. */
export const numbers: Aggregate<never, NumberClaims, NumberClaimed> = {
  category: 'number',
  decider: { initialState: { claims: {} }, decide: () => [], evolve, folding },
};

/** @param digest what stands for the number in the series of an item */
export const numberIdOf = ({ digest, kind, planId }: Record<'digest' | 'kind' | 'planId', string>): string =>
  idOf('number', planId, kind, digest);
