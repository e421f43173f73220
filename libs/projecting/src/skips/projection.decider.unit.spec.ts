import { describe, it } from '@jest/globals';
import { specify } from '#kernel/testing';
import { decidedProjections } from './projection.decider.js';
import type { ProjectionCommand } from './projection.decider.js';
import type { ProjectionEvent } from './projection.events.js';

const { given } = specify(decidedProjections.decider);

const skip = (eventId: string, reason = 'Noted twice') => ({
  projection: 'tally',
  version: 1,
  position: '1',
  eventId,
  eventType: 'Noted',
  error: 'Error: Cannot take this one',
  reason,
});
const skipping = (...parameters: Parameters<typeof skip>): ProjectionCommand => ({
  type: 'SkipEvent',
  id: 'tally',
  data: skip(...parameters),
  facts: undefined,
  effectiveOn: '2025-03-31',
});
const skipped = (...parameters: Parameters<typeof skip>): ProjectionEvent => ({
  type: 'ProjectionEventSkipped',
  data: skip(...parameters),
});
const despite = { projection: 'tally', reason: 'The disk was lost' };
const allowed: ProjectionEvent = { type: 'ProjectionRebuiltDespiteDamage', data: despite };
const allowing: ProjectionCommand = {
  type: 'RebuildDespiteDamage',
  id: 'tally',
  data: despite,
  facts: undefined,
  effectiveOn: '2025-03-31',
};

describe('A projection', () => {
  it('leaves out an event once it is decided, whoever decides it again', () => {
    given().when(skipping('one')).then(skipped('one'));
    given(skipped('one')).when(skipping('one', 'Once more')).then();
    given(skipped('one'), allowed).when(skipping('two')).then(skipped('two'));
  });

  it('is made anew from a damaged log each time that it is decided', () => {
    given().when(allowing).then(allowed);
    given(allowed).when(allowing).then(allowed);
  });
});
