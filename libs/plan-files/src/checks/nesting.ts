import type { PlanFileItem } from '../plan-file.js';
import type { Check, Findings } from './check.js';
import type { Part, SiftedFile } from './sifted-file.js';

/** Items lie under items of the kinds that the plan allows, stand after them in the file, and never under themselves. */
export const checkNesting: Check = (file, findings) => {
  const items = file.parts('items');
  const byKey = new Map(items.map((item, order) => [item.value.key, { ...item, order }]));
  const circles = findCircles(items);
  for (const circle of circles) {
    const path = byKey.get(circle[0] ?? '')?.path ?? ['items'];
    findings.fault([...path, 'parents'], `goes round in a circle: ${[...circle, circle[0]].join(' → ')}`);
  }
  checkKinds(file, findings);

  const inCircle = new Set(circles.flat());
  items.forEach(({ value: item, path }, order) => {
    item.parents?.forEach((key, index) => {
      const parent = byKey.get(key);
      if (!parent || parent.order < order || (inCircle.has(key) && inCircle.has(item.key))) return;
      findings.fault([...path, 'parents', index], `"${key}" stands further down; an item stands after its parents`);
    });
  });
};

function checkKinds(file: SiftedFile, findings: Findings): void {
  const kinds = new Map(file.plan?.value.kinds.map((kind) => [kind.code, kind]));
  const kindOf = new Map(file.parts('items').map(({ value }) => [value.key, value.kind]));
  for (const { value: item, path } of file.parts('items')) {
    const allowed = kinds.get(item.kind)?.parents;
    if (!allowed) continue;
    item.parents?.forEach((key, index) => {
      const parentKind = kindOf.get(key);
      if (parentKind === undefined || allowed.includes(parentKind)) return;
      const right = allowed.length > 0 ? `its parents are of kind ${allowed.join(' or ')}` : 'it has no parents';
      findings.fault(
        [...path, 'parents', index],
        `an item of kind ${item.kind} cannot lie under a ${parentKind}; ${right}`,
      );
    });
  }
}

/** Each circle once, beginning with the item that stands first in the file. */
function findCircles(items: readonly Part<PlanFileItem>[]): string[][] {
  const parentsOf = new Map(items.map(({ value }) => [value.key, value.parents ?? []]));
  const done = new Set<string>();
  const circles: string[][] = [];
  const climb = (key: string, below: readonly string[]): void => {
    const start = below.indexOf(key);
    if (start !== -1) return void circles.push(below.slice(start));
    if (done.has(key)) return;
    for (const parent of parentsOf.get(key) ?? []) climb(parent, [...below, key]);
    done.add(key);
  };
  for (const { value } of items) climb(value.key, []);
  return circles;
}
