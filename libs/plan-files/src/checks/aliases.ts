import type { Path } from '../path.js';
import type { Check } from './check.js';

interface Naming {
  readonly body: string;
  readonly from: string;
  readonly to: string;
  readonly path: Path;
}

/** A name means one body at a time: `OSN` may pass from one board to another, but never stand for both on one day. */
export const checkAliases: Check = (file, findings) => {
  const namings = new Map<string, Naming[]>();
  for (const { value: body, path } of file.parts('bodies')) {
    const names = [
      { name: body.name, path: [...path, 'name'] },
      ...(body.aliases ?? []).map((alias, index) => ({ ...alias, path: [...path, 'aliases', index, 'name'] })),
    ];
    for (const { name, path: at, ...period } of names) {
      const { from = '', to = '\uffff' } = period as { from?: string; to?: string };
      const naming = { body: body.key, from, to, path: at };
      const id = name.toLowerCase();
      const clash = namings.get(id)?.find((other) => other.from <= to && from <= other.to);
      if (clash) findings.fault(at, `"${name}" is already a name of "${clash.body}" at that time`);
      namings.set(id, [...(namings.get(id) ?? []), naming]);
    }
  }
};
