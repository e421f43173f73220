export type { Projection, Reaction } from './projection.js';
export { isWithin, Replay } from './replay.js';
export type { Moment } from './replay.js';
export { ReadModels } from './read-models.port.js';
