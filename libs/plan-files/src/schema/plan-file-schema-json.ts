import { planFileSchema } from './plan-file.schema.js';

/** The schema as the text of `data/plan-file.schema.json`, which editors read while a plan file is written. */
export function planFileSchemaJson(): string {
  return `${JSON.stringify(planFileSchema, null, 2).replace(/\[\s+((?:"[^"\]]*"|\d+)(?:,\s+(?:"[^"\]]*"|\d+))*)\s+\]/g, onOneLine)}\n`;
}

/** A list of names that fits in a line stands in one, as the code formatter would have it. */
function onOneLine(list: string, names: string, offset: number, whole: string): string {
  const line = `[${names.replace(/,\s+/g, ', ')}]`;
  const before = offset - whole.lastIndexOf('\n', offset) - 1;
  const comma = whole[offset + list.length] === ',' ? 1 : 0;
  return before + line.length + comma <= 120 ? line : list;
}
