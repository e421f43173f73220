export { PlanningModule } from './planning.module.js';
export { assessmentIdOf, itemIdOf, planIdOf, scaleIdOf } from './planning-ids.js';
export { scales } from './scale/scale.decider.js';
export { scaleEvents } from './scale/scale.events.js';
export type { Level, ScaleEvent } from './scale/scale.events.js';
export { DefineScaleCommand, ReviseScaleCommand } from './scale/scale.commands.js';
export { scaleDirectory } from './scale/read-models/scale-directory/scale-directory.projection.js';
export type { ScaleDocument } from './scale/read-models/scale-directory/scale-directory.projection.js';
export { plans, scaleOf } from './plan/plan.decider.js';
export type { AdoptedPlan, PlanContent } from './plan/plan.decider.js';
export { doubtsOfDeadline, doubtsOfOccasion } from './plan/plan.doubts.js';
export { ownershipsOf } from './plan/plan.held.js';
export { ownerOn } from './plan/plan.series.js';
export { planEvents } from './plan/plan.events.js';
export type { ItemKind, PlanEvent } from './plan/plan.events.js';
export {
  PlanDocumentFields,
  PlanItemKind,
  PlanOccasion,
  PlanOwner,
  PlanValidity,
  ScaleVersion,
} from './plan/plan.fields.js';
export { AdoptPlanCommand, AmendPlanCommand, CancelPlanCommand, HandOverPlanCommand } from './plan/plan.commands.js';
export { planDirectory } from './plan/read-models/plan-directory/plan-directory.projection.js';
export type { PlanDocument } from './plan/read-models/plan-directory/plan-directory.projection.js';
export { carryOutRevisionHandler, revisionJobOf } from './revision/carry-out-revision.job.js';
export { checkNoRevision } from './revision/revision.decide.js';
export type { WithRevision } from './revision/revision.decide.js';
export { DecideRevisionCommand } from './revision/revision.commands.js';
export type { RevisionCarriedOut, RevisionDecided } from './revision/revision.events.js';
export { RevisionProcess } from './revision/revision-process.js';
export { revisionDirectory } from './revision/read-models/revision-directory/revision-directory.projection.js';
export type { RevisionDocument } from './revision/read-models/revision-directory/revision-directory.projection.js';
export { RevisionReader } from './revision/read-models/revision-directory/revision.reader.js';
export { RevisionUnderWay, revisionUnderWayField } from './revision/read-models/revision-directory/revision.view.js';
export { itemEvents } from './item/item.events.js';
export { itemStory } from './item/item.log.js';
export { discontinuationReasons, successionKinds } from './item/item.events.js';
export type {
  Capacity,
  Concerned,
  DiscontinuationReason,
  Evidence,
  ItemEvent,
  SuccessionKind,
} from './item/item.events.js';
export { EvidenceFields } from './item/assessment.fields.js';
export { heldOn, isDiscontinued, isOnHold, isOwners, isRevisedAfter, newer } from './item/item.js';
export type { AdoptedItem, Assessment, Item } from './item/item.js';
export type { ItemProperties } from './item/item.properties.js';
export { changeOf, wordsOf } from './item/item.story.js';
export { saysOtherwise, saysUnchanged } from './item/printed-label.js';
export type { RevisionClass } from './item/printed-label.js';
export { answersInWords, precededInWords, succeededInWords } from './item/succession.words.js';
export type { ItemChange, Values } from './item/item.story.js';
export { numberEvents } from './numbers/number.js';
export { HeldNumbers } from './numbers/held-numbers.js';
export { items } from './item/item.aggregate.js';
export { doubtsOfItem } from './item/item.doubts.js';
export { needItem, needPlan } from './item/item.lookups.js';
export type { ToldAssessment } from './item/assessment.told.js';
export { forgottenJudgement, needAssessment, ofAssessment } from './item/assessment.lookups.js';
export type { RoundFact } from './item/assessment.lookups.js';
export { OtherNumber } from './item/particulars.fields.js';
export { AdoptItemCommand } from './item/adopt/adopt.js';
export { AssessItemCommand, assessing, assessmentFacts } from './item/assess/assess.js';
export { CancelItemCommand } from './item/cancel/cancel.js';
export { ChangeConcernedCommand } from './item/change-concerned/change-concerned.js';
export { ChangeResponsibleCommand } from './item/change-responsible/change-responsible.js';
export { CompleteItemCommand } from './item/complete/complete.js';
export {
  correcting,
  CorrectAssessmentCommand,
  correctionFacts,
  isMoved,
} from './item/correct-assessment/correct-assessment.js';
export { DiscontinueItemCommand } from './item/discontinue/discontinue.js';
export { HandOverItemCommand } from './item/hand-over/hand-over.js';
export { namingsOf } from './item/hand-over/item.held.js';
export { HoldItemCommand } from './item/hold/hold.js';
export { MoveItemCommand } from './item/move/move.js';
export { ReinstateAssessmentCommand, reinstating } from './item/reinstate-assessment/reinstate-assessment.js';
export { RenumberItemCommand } from './item/renumber/renumber.js';
export { RetainItemCommand } from './item/retain/retain.js';
export { RetractItemRevisionCommand } from './item/retract/retract.js';
export { RewordItemCommand } from './item/reword/reword.js';
export { DeclareAnswerCommand } from './item/declare-answer/declare-answer.js';
export { SucceedItemCommand } from './item/succeed/succeed.js';
export { WithdrawAssessmentCommand, withdrawing } from './item/withdraw-assessment/withdraw-assessment.js';
export { itemLinks } from './item/read-models/item-links/item-links.projection.js';
export type { AnswerLink, ItemLink } from './item/read-models/item-links/item-links.projection.js';
export { LinkView } from './item/read-models/item-links/link.view.js';
export { LineageReader } from './item/read-models/item-links/lineage.reader.js';
export type { AskedSuccession, Lineage } from './item/read-models/item-links/lineage.reader.js';
export { itemContributions } from './item/read-models/item-contributions/item-contributions.projection.js';
export { itemRecord } from './item/read-models/item-record/item-record.js';
export type { ItemRecord } from './item/read-models/item-record/item-record.js';
export { dayNumber } from './item/read-models/item-sheets/day-number.js';
export { itemSheets } from './item/read-models/item-sheets/item-sheets.projection.js';
export { itemOn } from './item/read-models/item-sheets/sheet-item.js';
export type { SheetItem } from './item/read-models/item-sheets/sheet-item.js';
export { orderIn } from './item/read-models/item-status/item-order.js';
export { SheetReader } from './item/read-models/item-sheets/sheet.reader.js';
export { judgementsInRound } from './item/read-models/item-sheets/round-judgements.js';
export type { RoundJudgement, RoundJudgements } from './item/read-models/item-sheets/round-judgements.js';
export type { JudgementOfItem, LevelOfBody } from './item/read-models/item-sheets/sheet.reader.js';
export { itemStatus } from './item/read-models/item-status/item-status.projection.js';
export type { CountedItem, ItemDocument, ListedItem } from './item/read-models/item-status/item-documents.js';
export { storeFilter } from './item/read-models/item-status/item-filter.js';
export type { ItemFilter } from './item/read-models/item-status/item-filter.js';
export { comingProperties } from './item/read-models/item-status/coming-items.js';
export type { Coming } from './item/read-models/item-status/coming-items.js';
export { ItemReader } from './item/read-models/item-status/item.reader.js';
export { isSameScale } from './item/read-models/item-status/owners-judgements.js';
export type { ScaledLevel } from './item/read-models/item-status/owners-judgements.js';
export type { OwnersStatus, StandingItem } from './item/read-models/item-status/standing-item.js';
export { standingRecord } from './item/read-models/item-status/standing-items.js';
export { calledInWords } from './names/called-item.js';
export type { CalledItem } from './names/called-item.js';
export { namedBy } from './names/named-by.js';
export { labelBy, labelOf } from './names/item-label.js';
export { BodyName, LevelView, levelView } from './names/name.views.js';
export { byId, Names } from './names/names.js';
export type { Named, NameDocuments, NamedBody } from './names/names.js';
