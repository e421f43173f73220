import { addTo, say } from '#kernel';
import type { Path } from '../path.js';
import type { Check, Findings } from './check.js';

interface Naming {
  readonly body: string;
  readonly name: string;
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
      const naming = { body: body.key, name, from, to, path: at };
      addTo(namings, name.toLowerCase(), naming);
    }
  }
  for (const same of namings.values()) reportClashes(same, findings);
};

/** Of names in the order of the file, each that is another's at the same time: the one further down is at fault. */
function reportClashes(namings: readonly Naming[], findings: Findings): void {
  const byDay = [...namings.keys()].sort((a, b) => (namings[a]!.from < namings[b]!.from ? -1 : a - b));
  let longest: number | undefined;
  const told = new Set<number>();
  for (const place of byDay) {
    const naming = namings[place]!;
    const other = longest === undefined ? undefined : namings[longest]!;
    if (other && naming.from <= other.to) {
      const [first, second] = longest! < place ? [other, place] : [naming, longest!];
      if (!told.has(second)) {
        const { name, path } = namings[second]!;
        findings.fault(path, isNameOfAnother({ name, body: first.body }));
      }
      told.add(second);
    }
    if (!other || naming.to > other.to) longest = place;
  }
}

const isNameOfAnother = say(
  '"{name}" is already a name of "{body}" at that time',
  '"{name}" är redan ett namn på "{body}" vid den tiden',
  'name-taken',
);
