import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { readPlanFile } from '#plan-files';
import { stepsOfFile } from './steps-of-file.js';

const name = 'amn-scenario-2025.yaml';
const actor = { id: 'loader', role: 'controller' } as const;

describe('The steps of a scenario', () => {
  const file = readPlanFile(readFileSync(join(process.cwd(), 'data', name), 'utf8'), name);
  const batches = stepsOfFile(file, { tenant: 'test', actor, correlationId: newId() });

  it('come in its order, and together where each rests on its own item or indicator alone', () => {
    const places = batches.flat().map(({ path }) => Number(/^scenario\.steps\[(\d+)\]/.exec(path)![1]));
    expect(places).toEqual(file.scenario!.steps.map((_, place) => place));
    const together = new Set(
      batches.filter(({ length }) => length > 1).flatMap((batch) => batch.map(({ command }) => command.type)),
    );
    expect([...together].sort()).toEqual([
      'AssessItem',
      'CorrectAssessment',
      'CorrectValue',
      'RecordValue',
      'WithdrawAssessment',
    ]);
    // Each costs a group that is written to the disk together.
    expect(batches.length).toBeLessThan(file.scenario!.steps.length / 4);
  });
});
