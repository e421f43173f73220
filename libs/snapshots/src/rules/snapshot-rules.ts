import { rule1 } from './rule-1/rule.js';
import { rule2 } from './rule-2/rule.js';
import { rule3 } from './rule-3/rule.js';
import { rule4 } from './rule-4/rule.js';
import { rule5 } from './rule-5/rule.js';
import { rule6 } from './rule-6/rule.js';
import type { SnapshotRule } from './snapshot-rule.js';

/** Every rule that a recorded snapshot may have been made by. None is ever taken away. */
export const snapshotRules: Readonly<Record<number, SnapshotRule>> = {
  1: rule1,
  2: rule2,
  3: rule3,
  4: rule4,
  5: rule5,
  6: rule6,
};
