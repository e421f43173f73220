import { describe, expect, it } from '@jest/globals';
import { NotFound } from '#kernel';
import { fold } from '#kernel/testing';
import { rounds } from '../round/round.decider.js';
import type { RoundEvent } from '../round/round.events.js';
import { amended, cancelled, decided, frozen, ids, opened, planned, recorded } from '../testing/round.examples.js';
import { roundFact } from './round-fact.js';

const factOf = (...events: RoundEvent[]) => roundFact(ids.round, fold(rounds.decider, events));

describe('An assessment is told of its round', () => {
  it('that it takes assessments from when it is opened, also once it is frozen and decided on', () => {
    expect(factOf(opened).isOpened).toBe(true);
    expect(factOf(opened, frozen()).isOpened).toBe(true);
    expect(factOf(opened, frozen(), recorded(), decided()).isOpened).toBe(true);
    expect(factOf(planned()).isOpened).toBe(false);
    expect(factOf(planned(), opened).isOpened).toBe(true);
  });

  it('that it was cancelled, where it was', () => {
    expect(factOf(opened, cancelled).isCancelled).toBe(true);
    expect(factOf(planned(), cancelled).isCancelled).toBe(true);
    expect(factOf(opened).isCancelled).toBe(false);
  });

  it('whether bodies contribute to items that do not concern them, as last amended', () => {
    expect(factOf(opened).othersMayContribute).toBe(true);
    expect(factOf(opened, amended({ othersMayContribute: false })).othersMayContribute).toBe(false);
  });

  it('nothing where there is none', () => {
    expect(() => factOf()).toThrow(NotFound);
  });
});
