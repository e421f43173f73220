import { expect, it } from '@jest/globals';
import { cellText } from './workbook.xlsx.js';

it('A cell says what it cannot hold, and cuts no character in two', () => {
  expect(cellText('å'.repeat(32_767))).toBe('å'.repeat(32_767));
  const long = cellText('😀'.repeat(20_000));
  expect(long.length).toBeLessThanOrEqual(32_767);
  expect(long.isWellFormed()).toBe(true);
  expect(long).toMatch(/… \[7\s43\d tecken till ryms inte i en cell: hela texten står i CSV-filen/);
});
