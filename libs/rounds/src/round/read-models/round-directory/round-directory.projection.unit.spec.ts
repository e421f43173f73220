import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import { roundDocument } from '../../../testing/round.examples.js';
import type { RoundOpened } from '../../round.events.js';
import { roundDirectory } from './round-directory.projection.js';
import type { RoundDocument } from './round-directory.projection.js';
import { previousRound } from './round-directory.reader.js';

const opened = {
  data: {
    roundId: 'april-2025',
    planId: 'plan',
    key: 'april',
    kind: 'april',
    label: 'Delårsuppföljning april 2025',
    year: 2025,
    referenceDate: '2025-03-31',
    deadline: '2025-04-30',
    scope: ['uppdrag'],
    othersMayContribute: true,
  },
  metadata: { tenant: 'uppsala' },
  revision: 0,
} as unknown as RecordedEvent<RoundOpened>;

const round = (_id: string, referenceDate: string, planId = 'plan'): RoundDocument => {
  const { roundId: _, ...content } = opened.data;
  return roundDocument({ _id, ...content, planId, referenceDate });
};

describe('The directory of rounds', () => {
  it('holds each round of a tenant as it was opened', () => {
    const { evolve, key } = roundDirectory.on.RoundOpened!;
    expect(key(opened)).toBe('april-2025');
    expect(evolve(undefined, opened)).toEqual(round('april-2025', '2025-03-31'));
  });
});

describe('The round before a round', () => {
  const april = round('april', '2025-03-31');
  const august = round('augusti', '2025-08-31');
  const bokslut = round('bokslut', '2025-12-31');

  it('is the one of its plan with the latest earlier day, in whichever order they come', () => {
    expect(previousRound(bokslut, [april, august, bokslut])).toBe(august);
    expect(previousRound(bokslut, [bokslut, august, april])).toBe(august);
    expect(previousRound(august, [bokslut, april])).toBe(april);
  });

  it('is not one that is only planned', () => {
    expect(previousRound(bokslut, [april, { ...august, status: 'planned' }])).toBe(april);
  });

  it('is none for the first, and none of another plan or of the same day', () => {
    expect(previousRound(april, [april, august])).toBeUndefined();
    expect(previousRound(april, [round('annan', '2024-12-31', 'other')])).toBeUndefined();
    expect(previousRound(april, [round('samma', '2025-03-31')])).toBeUndefined();
  });
});
