export { inThread } from './in-thread.js';
export { TakesTooMuch } from './takes-too-much.js';
