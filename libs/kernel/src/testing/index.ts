export { factsOf, fold, idNumbered, specify } from './given.js';
export type { GivenEvent } from './given.js';
export { eventually, until } from './eventually.js';
