import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PlanFileFaults, readPlanFile } from '#plan-files';
import type { PlanFile } from '#plan-files';
import { stepsOfFile } from '../steps-of-file.js';
import { readBeside } from './read-beside.js';

const plan = readFileSync(join(process.cwd(), 'data', 'amn-verksamhetsplan-2025.yaml'), 'utf8');
const who = { tenant: 'uppsala', actor: { id: 'loader', role: 'controller' as const }, correlationId: 'a' };

/** Where all of it stands that a load may have something to say about. */
const placesOf = (file: PlanFile) =>
  [...stepsOfFile(file, who).flat(), ...file.externalReferences].map(({ path }) => [path, file.locate(path)]);

const faultsOf = (error: unknown) => {
  if (!(error instanceof PlanFileFaults)) throw error;
  return { message: error.message, more: error.more, particulars: error.particularsIn('sv') };
};

describe('A long plan file that is read beside other work', () => {
  it('says the same, at the same places', async () => {
    expect(plan.length).toBeGreaterThan(64 * 1024);
    const [here, beside] = [readPlanFile(plan, 'plan'), await readBeside(plan, 'plan')];
    expect({ ...beside, locate: undefined }).toEqual({ ...here, locate: undefined });
    expect(placesOf(here).length).toBeGreaterThan(200);
    expect(placesOf(beside)).toEqual(placesOf(here));
    const within = 'items[3].concerned.bodies[0]';
    expect(beside.locate(within).line).toBeLessThanOrEqual(here.locate(within).line);
    expect(beside.locate('nowhere')).toEqual(here.locate(''));
  });

  it.each([
    ['some', plan.replaceAll('kind: uppdrag', 'kind: upprdag')],
    ['more than are told', `${plan}\n${Array.from({ length: 5_000 }, (_, n) => `a${n}: 1`).join('\n')}`],
    ['no YAML', `${plan}\n]`],
  ])('has the same faults: %s', async (_, text) => {
    const here = () => readPlanFile(text, 'plan');
    expect(here).toThrow(PlanFileFaults);
    const told = await readBeside(text, 'plan').catch(faultsOf);
    try {
      here();
    } catch (error) {
      expect(told).toEqual(faultsOf(error));
    }
  });

  it('leaves others their turns', async () => {
    let turns = 0;
    const turn = setInterval(() => turns++, 5);
    const items = Array.from({ length: 10_000 }, (_, n) => `  - { key: u${n}, kind: fel, title: Ett uppdrag }`);
    const from = performance.now();
    await expect(readBeside(`sparbar: 1\nitems:\n${items.join('\n')}`, 'plan')).rejects.toThrow(PlanFileFaults);
    clearInterval(turn);
    // Read here, it would leave none until it is done.
    expect(turns).toBeGreaterThan((performance.now() - from) / 100);
  });

  it('ends with its caller', async () => {
    const caller = AbortSignal.abort(new Error('The caller hung up'));
    await expect(readBeside(plan, 'plan', caller)).rejects.toThrow('The caller hung up');
  });
});
