export type { Aggregate, StateOf } from './aggregate.js';
export type { CommandContext } from './command-context.js';
export { decidesOn, decideWith } from './decides-on.js';
export { DecisionCommand } from './decision-command.js';
export type { DecisionCommandClass } from './decision-command.js';
export { DecisionRunner } from './decision-runner.js';
export type { DecisionSupport } from './decision-runner.js';
export type { Receipt } from './receipt.js';
export type { Ask, StateLookup } from './state-lookup.js';
