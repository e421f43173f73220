import { describe, expect, it } from '@jest/globals';
import type { Document } from '#document-store';
import type { ReadModels } from './read-models.port.js';
import { stepsBeside, stepsDocument, undoneDocument, withoutSteps } from './steps-beside.js';
import type { DecidedInSteps } from './steps-beside.js';

/** A double of the documents. */
const holding = (...documents: readonly Document[]): ReadModels =>
  ({
    getMany: (_: unknown, ids: readonly string[]) => Promise.resolve(documents.filter(({ _id }) => ids.includes(_id))),
  }) as unknown as ReadModels;
const directory = { name: 'revisions', version: 2 };
const [at, steps, undone] = ['2025-01-01T00:00:00.000Z', ['a', 'b', 'c'], [{ step: 1 }]];
/** As an earlier version made them, with the steps in the decision itself. */
const [open, closed] = [
  { _id: 'one', tenant: 'uppsala', steps },
  { _id: 'one', tenant: 'uppsala', steps, carriedOut: { at, undone } },
] as unknown as readonly [DecidedInSteps, DecidedInSteps];

describe('The steps of a decision', () => {
  it('are told from beside it', async () => {
    const one = { _id: 'one', stepsInAll: 3, carriedOut: { at, undone: 1 } };
    const beside = [one, stepsDocument('one', steps)];
    expect(await stepsBeside(holding(...beside), directory, 'one')).toEqual({ steps, undone: [] });
    const ended = holding(...beside, undoneDocument('one', undone));
    expect(await stepsBeside(ended, directory, 'one')).toEqual({ steps, undone });
    expect(withoutSteps(one)).toBe(one);
  });

  it('are told from documents of an earlier version too, until others are made', async () => {
    expect(await stepsBeside(holding(open), directory, 'one')).toEqual({ steps, undone: [] });
    expect(await stepsBeside(holding(closed), directory, 'one')).toEqual({ steps, undone });
    expect(withoutSteps(open)).toEqual({ _id: 'one', tenant: 'uppsala', stepsInAll: 3 });
    expect(withoutSteps(closed)).toEqual({
      ...{ _id: 'one', tenant: 'uppsala', stepsInAll: 3 },
      carriedOut: { at, undone: 1 },
    });
  });
});
