import { describe, expect, it } from '@jest/globals';
import { planFileSchema, readCell } from '#plan-files';
import { textOf } from './examples.js';

describe('The guide to plan files', () => {
  it('tells values and gaps that a cell takes', () => {
    const text = textOf('docs/guide/plan-files.md');
    const printed = [...text.matchAll(/`'([^']+)'`/g)].map(([, value]) => value!);
    expect(printed.map((value) => readCell(value, '2025'))).toHaveLength(3);
    const gaps = [...text.matchAll(/`(?:\{ gap: )?(not-[a-z-]+)(?: \})?`/g)].map(([, gap]) => gap!);
    expect(gaps).toHaveLength(4);
    for (const gap of gaps) expect(JSON.stringify(planFileSchema)).toContain(`"${gap}"`);
  });
});
