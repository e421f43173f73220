import type { SnapshotRule } from '../snapshot-rule.js';
import { rule5, Rule5Fold } from '../rule-5/rule.js';
import { Grounds } from './grounds.content.js';
import { Particulars } from './particulars.js';

/**
 * Rule 6 tells what of all that is told no document states and what that was read from, what is retold in short, and the remarks
 * on it; how documents call the links between items; and of an item its numbers in other documents, who gave it, and who acts
 * through whom. Those that an item concerns owe an assessment of it in a plan that the council adopted too, whoever owns it. It is what differs from rule 5, and stands as still as that once a snapshot was made by it.
 */
export const rule6: SnapshotRule = {
  version: 6,
  reads: rule5.reads,
  // What a board's item answers is told of the item, not of a round.
  ignores: [...rule5.ignores, 'ItemAnswerDeclared'],
  concerns: (event, planId) => rule5.concerns(event, planId),
  begin: (subject) => {
    const particulars = new Particulars();
    return new Rule5Fold(
      { ...subject, adoptedIsOwn: true },
      {
        rule: 6,
        hear: (event) => particulars.take(event),
        content: (provenances, on) => new Grounds(provenances, on, particulars),
      },
    );
  },
};
