export type { Projection, Reaction } from './projection.js';
export { ReadModels } from './read-models.port.js';
