import { describe, expect, it } from '@jest/globals';
import { isFollowedPeriod } from '#kernel';
import { planFileSchema, readCell, readPlanFile } from '#plan-files';
import { textOf } from './examples.js';

describe('The guide to plan files', () => {
  it('shows a file, and a history for it, that keep to the format', () => {
    const text = textOf('docs/guide/plan-files.md');
    const [plan = '', history = ''] = [...text.matchAll(/^```yaml\n([^]*?)^```/gm)].map(([, example]) => example!);
    const file = readPlanFile(`${plan}${history}`, 'docs/guide/plan-files.md');
    expect([file.history?.steps.length, file.scenario?.steps.length]).toEqual([1, 2]);
    expect(file.externalReferences).toEqual([]);
  });

  it('shows steps that redefine an indicator and set its target anew', () => {
    const text = textOf('docs/guide/plan-files.md');
    const [plan, history, steps] = [...text.matchAll(/^```yaml\n([^]*?)^```/gm)].map(([, example]) => example!);
    const measured = 'measure: { unit: besök, kind: count }, direction: increase, source: Egen, sexes: false';
    const indicator = `{ key: besok, name: Besök, owner: centrumnamnden, items: [tryggare-centrum], ${measured} }`;
    const whole = `${plan}indicators: [${indicator}]\n${history}${steps!.replaceAll(/^/gm, '    ')}`;
    const file = readPlanFile(whole, 'docs/guide/plan-files.md');
    const [, redefining, aiming] = file.history!.steps;
    expect([redefining?.redefine?.measure.unit, aiming?.setTarget?.target]).toEqual([
      'besökare',
      { atLeast: '7000', by: '2027-12-31' },
    ]);
    expect(file.externalReferences).toEqual([]);
  });

  it('tells values and gaps that a cell takes', () => {
    const text = textOf('docs/guide/plan-files.md');
    const [values, periods] = ['Values', 'Periods'].map((about) =>
      [...new RegExp(`^- \\*\\*${about}\\*\\*[^]*?^- `, 'm').exec(text)![0].matchAll(/`?'([^']+)'`?/g)].map(
        ([, value]) => value!,
      ),
    );
    expect(values!.map((value) => readCell(value, '2025'))).toHaveLength(3);
    expect(periods!.filter((period) => !isFollowedPeriod(period))).toEqual([]);
    expect(periods).toHaveLength(6);
    const gaps = [...text.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, gap]) => gap!);
    expect(gaps).toHaveLength(9);
    for (const gap of gaps) expect(JSON.stringify(planFileSchema)).toContain(`"${gap}"`);
  });
});
