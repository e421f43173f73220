import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { DefineIndicatorCommand } from '#indicators';
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

describe('The steps of indicators', () => {
  const ofPlan = { from: '2025-01-01', to: '2025-12-31' };
  const others = {
    ...{ name: 'Samtal', owner: 'amn', direction: 'increase', source: 'Egen', sexes: false, items: ['u1'] },
    measure: { unit: 'samtal', kind: 'count' },
  };
  const derived = (numerator: string, denominator: string) => ({ numerator, denominator, factor: 100, decimals: 1 });
  const file = {
    plan: {
      key: 'vp',
      validity: ofPlan,
      documents: [],
      kinds: [],
      calendar: [],
      owner: { body: 'amn' },
      scale: { key: 'skala', version: 1 },
    },
    indicators: [
      { ...others, key: 'mot', derived: derived('andel', 'antal') },
      { ...others, key: 'andel', derived: derived('antal', 'alla') },
      { ...others, key: 'antal' },
      { ...others, key: 'alla' },
    ],
  } as unknown as Parameters<typeof stepsOfFile>[0];

  it('define what others are derived from before them', () => {
    const commands = stepsOfFile(file, { tenant: 'test', actor, correlationId: newId() })
      .map((batch) => batch.map(({ command }) => command).filter(({ type }) => type === 'DefineIndicator'))
      .filter((batch) => batch.length > 0) as DefineIndicatorCommand[][];
    expect(commands.map((batch) => batch.map(({ data }) => data.key))).toEqual([['antal', 'alla'], ['andel'], ['mot']]);
    const idOf = new Map(commands.flat().map(({ data, id }) => [data.key, id]));
    const share = commands[1]![0]!.data.derived;
    expect(share).toEqual(derived(idOf.get('antal')!, idOf.get('alla')!));
  });
});
