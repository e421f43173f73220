import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { ItemProperties } from '../item.properties.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export type DeclareAnswer = DomainCommand<
  'DeclareAnswer',
  { answersId: string; inferred?: boolean; comment?: string },
  {
    /** The item that is answered. */
    readonly answered: ItemProperties;
  }
>;

/** So many items it answers. */
const mostAnswered = 100;

/** Once each, also after its end. Within a plan, items lie under each other instead. */
export const declareAnswer = ofAdopted<DeclareAnswer>((command, item) => {
  const { answersId, comment, inferred = false } = command.data;
  const { planId: answersPlanId, title } = command.facts.answered;
  if (answersPlanId === item.planId) throw ofSamePlan({ item: title.value });
  const { answers = [] } = item;
  if (answers.some(({ itemId }) => itemId === answersId)) return [];
  if (answers.length >= mostAnswered) throw tooMany({ answered: mostAnswered });
  const link = { answersId, answersPlanId, inferred, ...(comment && { comment }) };
  return [{ type: 'ItemAnswerDeclared', data: { ...subjectOf(command, item), ...link } }];
});

const ofSamePlan = rule(
  'answers-item-of-another-plan',
  '{item} is of the same plan: an item answers items of other plans',
  '{item} hör till samma plan: ett uppdrag svarar mot uppdrag i andra planer',
);
const tooMany = rule(
  'answered-by-item',
  'The item answers {answered} items, which is as many as it can',
  'Uppdraget svarar mot {answered} uppdrag, och fler kan det inte svara mot',
);
