import { say } from '#kernel';
import type { Path } from '../path.js';
import type { Check } from './check.js';

/** Nothing in a file rests on an item or a plan that it cancels: what is told of that itself goes with it. */
export const checkCancelled: Check = (file, findings) => {
  const cancelled = new Set(file.steps.flatMap(({ value: step }) => step.cancelItem?.item ?? []));
  if (file.steps.some(({ value: step }) => step.cancelPlan)) {
    const items = file.parts('items').filter(({ value: item }) => !cancelled.has(item.key));
    const rounds = file.steps.filter(({ value: step }) => step.openRound);
    for (const { path } of [...items, ...file.parts('indicators'), ...file.parts('rounds'), ...rounds]) {
      findings.fault(path, isOfCancelled());
    }
  }
  if (cancelled.size === 0) return;
  const need = (keys: readonly string[], path: Path): void => {
    for (const item of keys) if (cancelled.has(item)) findings.fault(path, isCancelled({ item }));
  };
  for (const { path, value: item } of file.parts('items')) need(item.parents ?? [], [...path, 'parents']);
  for (const { path, value: link } of file.parts('successions')) need([link.to.item], [...path, 'to', 'item']);
  for (const { path, value: indicator } of file.parts('indicators')) need(indicator.items, [...path, 'items']);
  for (const { path, value: step } of file.steps) {
    need(step.move?.parents ?? [], [...path, 'move', 'parents']);
    if (step.succeed) need([step.succeed.successor.item], [...path, 'succeed', 'successor', 'item']);
    need(step.redefine?.items ?? [], [...path, 'redefine', 'items']);
    step.assess?.evidence?.forEach((ground, index) => {
      if ('item' in ground) need([ground.item], [...path, 'assess', 'evidence', index, 'item']);
    });
  }
};

const isOfCancelled = say(
  'the plan is cancelled in this file, and nothing in it may rest on that',
  'planen tas bort i filen, och inget i den får bygga på det',
  'cancelled-in-file',
);
const isCancelled = say(
  'the item "{item}" is cancelled in this file, and nothing in it may rest on that',
  'uppdraget "{item}" tas bort i filen, och inget i den får bygga på det',
  'cancelled-in-file',
);
