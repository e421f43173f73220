import { say } from '#kernel';
import type { Path } from '../path.js';
import { planFileSchema } from '../schema/plan-file.schema.js';
import type { Check } from './check.js';

/** What of a schema says which properties came with version 2. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly newInTwo?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** A file of version 1 says nothing that only version 2 has words for. */
export const checkVersion: Check = (file, findings) => {
  if (file.at(['sparbar']) !== 1) return;
  for (const path of tooNew(planFileSchema as Schema, file.at([]), [])) findings.fault(path, isOfTwo());
  const links = file.parts('successions');
  const steps = file.steps.map(({ path, value }) => ({ path: [...path, 'succeed'], value: value.succeed }));
  for (const { path, value: link } of [...links, ...steps]) {
    if (link?.kind === 'kept') findings.fault([...path, 'kind'], isOfTwo());
  }
};

function tooNew(schema: Schema, data: unknown, path: Path): Path[] {
  if (Array.isArray(data)) return data.flatMap((one, index) => tooNew(schema.items ?? {}, one, [...path, index]));
  if (typeof data !== 'object' || data === null) return [];
  const branches = schema.anyOf ?? [schema];
  return Object.entries(data).flatMap(([name, value]) => {
    const at = [...path, name];
    if (branches.some(({ newInTwo = [] }) => newInTwo.includes(name))) return [at];
    const inner = branches.find(({ properties = {} }) => Object.hasOwn(properties, name))?.properties?.[name];
    return inner ? tooNew(inner, value, at) : [];
  });
}

const isOfTwo = say(
  'is of version 2 of the format: begin the file with sparbar: 2',
  'hör till version 2 av formatet: börja filen med sparbar: 2',
  'of-version-2',
);
