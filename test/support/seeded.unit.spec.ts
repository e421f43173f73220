import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { chanceOf, seeded } from './seeded.js';

const choicesOf = (chance: ReturnType<typeof seeded>) => Array.from({ length: 20 }, () => chance.below(1_000));

describe('The chance of a test', () => {
  const given = process.env['FAULT_SEED'];

  afterEach(() => {
    jest.restoreAllMocks();
    if (given === undefined) delete process.env['FAULT_SEED'];
    else process.env['FAULT_SEED'] = given;
  });

  it('is the same for the same seed, and another for another', () => {
    expect(choicesOf(seeded(7))).toEqual(choicesOf(seeded(7)));
    expect(choicesOf(seeded(7))).not.toEqual(choicesOf(seeded(8)));
    expect(seeded(7).shuffled([1, 2, 3, 4, 5])).toEqual(seeded(7).shuffled([1, 2, 3, 4, 5]));
  });

  it('is printed, and can be given', () => {
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    delete process.env['FAULT_SEED'];
    const first = chanceOf('who is killed');
    process.env['FAULT_SEED'] = String(first.seed);
    expect(choicesOf(chanceOf('who is killed'))).toEqual(choicesOf(first));
    const line = `FAULT_SEED=${first.seed} (who is killed)\n`;
    expect(written.mock.calls.map(([text]) => text)).toEqual([line, line]);
  });
});
