export { PlanningModule } from './planning.module.js';
export { assessmentIdOf, itemIdOf, planIdOf, scaleIdOf } from './planning-ids.js';
export { scales } from './scale/scale.decider.js';
export { scaleEvents } from './scale/scale.events.js';
export type { Level, ScaleEvent } from './scale/scale.events.js';
export { DefineScaleCommand, ReviseScaleCommand } from './scale/scale.commands.js';
export { scaleDirectory } from './scale/scale.projection.js';
export type { ScaleDocument } from './scale/scale.projection.js';
export { plans } from './plan/plan.decider.js';
export type { AdoptedPlan, PlanContent } from './plan/plan.decider.js';
export { planEvents } from './plan/plan.events.js';
export type { ItemKind, PlanEvent } from './plan/plan.events.js';
export { AdoptPlanCommand, AmendPlanCommand } from './plan/plan.commands.js';
export { planDirectory } from './plan/plan.projection.js';
export type { PlanDocument } from './plan/plan.projection.js';
export { items } from './item/item.decider.js';
export type { AssessmentFacts } from './item/assessment.decider.js';
export { itemEvents } from './item/item.events.js';
export type { Capacity, Concerned, Evidence, ItemEvent } from './item/item.events.js';
export { assessmentOf } from './item/item.js';
export { same } from './item/unchanged.js';
export type { Assessment, Item } from './item/item.js';
export {
  AdoptItemCommand,
  AssessItemCommand,
  ChangeConcernedCommand,
  ChangeResponsibleCommand,
  CompleteItemCommand,
  CorrectAssessmentCommand,
  DiscontinueItemCommand,
  MoveItemCommand,
  needItem,
  needPlan,
  RenumberItemCommand,
  RetainItemCommand,
  RewordItemCommand,
  SucceedItemCommand,
  WithdrawAssessmentCommand,
} from './item/item.commands.js';
export { AssessItemRequest, CorrectAssessmentRequest, WithdrawAssessmentRequest } from './item/item.requests.js';
export { isOwners, itemStatus } from './item/read-models/item-status/item-status.projection.js';
export type { ItemDocument, StandingAssessment } from './item/read-models/item-status/item-status.projection.js';
