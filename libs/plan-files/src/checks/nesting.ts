import { joined, say, verbatim } from '#kernel';
import type { Said } from '#kernel';
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
    findings.fault([...path, 'parents'], goesRound({ circle: inWords(circle) }));
  }
  checkKinds(file, findings);

  const inCircle = new Set(circles.flat());
  items.forEach(({ value: item, path }, order) => {
    item.parents?.forEach((key, index) => {
      const parent = byKey.get(key);
      if (!parent || parent.order < order || (inCircle.has(key) && inCircle.has(item.key))) return;
      findings.fault([...path, 'parents', index], standsBelow({ key }));
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
      const right = allowed.length > 0 ? itsParents({ kinds: allowed.join(' / ') }) : noParents();
      findings.fault([...path, 'parents', index], cannotLieUnder({ kind: item.kind, parentKind, right }));
    });
  }
}

/** So many circles are looked for: one is enough to mend a file, and each may be as long as the file. */
const mostCircles = 100;

/** Each circle once, beginning with the item that stands first in the file. */
function findCircles(items: readonly Part<PlanFileItem>[]): string[][] {
  const parentsOf = new Map(items.map(({ value }) => [value.key, value.parents ?? []]));
  const done = new Set<string>();
  const circles: string[][] = [];
  for (const { value } of items) {
    // The items on the way up, each with its place on it and how many of its parents were looked at.
    const way = new Map<string, number>();
    const looked: number[] = [];
    const below: string[] = [];
    const step = (key: string) => {
      const start = way.get(key);
      if (start !== undefined) return void (circles.length < mostCircles && circles.push(below.slice(start)));
      if (done.has(key)) return;
      way.set(key, below.length);
      below.push(key);
      looked.push(0);
    };
    step(value.key);
    while (below.length > 0) {
      const key = below.at(-1)!;
      const parent = parentsOf.get(key)?.[looked[looked.length - 1]!++];
      if (parent !== undefined) {
        step(parent);
        continue;
      }
      below.pop();
      looked.pop();
      way.delete(key);
      done.add(key);
    }
  }
  return circles;
}

/** A circle in words: as much of it as can be read. */
function inWords(circle: readonly string[]): Said {
  const shown = circle.slice(0, mostShown);
  const left = circle.length - shown.length;
  const steps = [...shown.map(verbatim), ...(left > 0 ? [more({ left })] : []), verbatim(circle[0]!)];
  return joined(steps, ' → ');
}

const mostShown = 20;

const more = say('… {left} more', '… {left} till');
const goesRound = say('goes round in a circle: {circle}', 'går runt i en cirkel: {circle}', 'circle');
const standsBelow = say(
  '"{key}" stands further down; an item stands after its parents',
  '"{key}" står längre ner; ett uppdrag står efter sina överordnade',
  'before-parent',
);
const cannotLieUnder = say(
  'an item of kind {kind} cannot lie under a {parentKind}; {right}',
  'det som är av slaget {kind} kan inte ligga under {parentKind}; {right}',
  'wrong-parent',
);
const itsParents = say('its parents are of kind {kinds}', 'överordnat är av slaget {kinds}', 'parents');
const noParents = say('it has no parents', 'det har inget överordnat', 'no-parents');
