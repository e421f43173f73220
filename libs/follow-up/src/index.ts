export { FollowUpModule } from './follow-up.module.js';
export { rounds, roundIdOf } from './round/round.decider.js';
export { roundEvents } from './round/round.events.js';
export type { RoundEvent } from './round/round.events.js';
export { OpenRoundCommand, RoundsOfPlanQuery } from './round/round.commands.js';
export { roundDirectory } from './round/round.projection.js';
export type { RoundDocument } from './round/round.projection.js';
