export { FollowUpModule } from './follow-up.module.js';
export { rounds, roundIdOf } from './round/round.decider.js';
export { roundEvents } from './round/round.events.js';
export type { RoundEvent } from './round/round.events.js';
export { needAssessable } from './round/round.js';
export type { Round } from './round/round.js';
export {
  DecideRoundCommand,
  FreezeRoundCommand,
  MarkReadyCommand,
  OpenPlannedRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
  RecallReadyCommand,
  RecordSnapshotCommand,
  ReissueSnapshotCommand,
  RemindBodiesCommand,
} from './round/round.commands.js';
export { CoverageQuery, StandingQuery } from './coverage/coverage.queries.js';
export { coverageOf, standingOf } from './coverage/coverage.js';
export type { Coverage, CoverageSources } from './coverage/coverage.js';
export { previousRound, RoundQuery, RoundsOfPlanQuery } from './round/round.queries.js';
export { roundDirectory } from './round/round.projection.js';
export type { RoundDocument } from './round/round.projection.js';
export { Directory } from './status/directory.js';
export { ItemReader } from './status/item-reader.js';
export { labelOf } from './status/item.view.js';
