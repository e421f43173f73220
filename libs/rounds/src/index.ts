export { RoundsModule } from './rounds.module.js';
export { IssueGrounds } from './round/issue-grounds.js';
export { LoadsTakenBack, takeBackUnderWay } from './round/loads-taken-back.js';
export { rounds, roundIdOf } from './round/round.decider.js';
export { roundEvents } from './round/round.events.js';
export { missingList, recordable } from './round/missing-list.js';
export type { Lacking } from './round/missing-list.js';
export type {
  RoundEvent,
  RoundFrozen,
  RoundMissingListed,
  RoundReminded,
  SnapshotReissued,
} from './round/round.events.js';
export type { Round } from './round/round.js';
export {
  AmendRoundCommand,
  CancelRoundCommand,
  DecideRoundCommand,
  ExtendDeadlineCommand,
  FreezeRoundCommand,
  MarkReadyCommand,
  OpenPlannedRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
  RecallExtensionCommand,
  RecallReadyCommand,
  RecordSnapshotCommand,
  ReissueSnapshotCommand,
  RemindBodiesCommand,
} from './round/round.commands.js';
export { currentRule } from './round/current-rule.js';
export { deadlineOf, previousRound, RoundReader } from './round/read-models/round-directory/round-directory.reader.js';
export { roundDirectory } from './round/read-models/round-directory/round-directory.projection.js';
export type {
  Freeze,
  IssueDocument,
  RoundDocument,
} from './round/read-models/round-directory/round-directory.projection.js';
export { CoverageReader } from './coverage/coverage.reader.js';
export { DifferingReader } from './differing/differing.reader.js';
export { StandingReader } from './coverage/standing.reader.js';
export { coverageOf, standingOf } from './coverage/coverage.js';
export type { Coverage, CoverageSources } from './coverage/coverage.js';
export { cancellationJobOf, CancelledRounds } from './cancelling/cancelled-rounds.js';
export { dueActions } from './schedule/due-actions.js';
export type { DueAction } from './schedule/due-actions.js';
export { RoundSchedule } from './schedule/round-schedule.js';
export type { RoundAction, RoundScheduleOptions } from './schedule/round-schedule.js';
