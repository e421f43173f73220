export { ReadingModule } from './reading.module.js';
export { Directory } from './directory.js';
export type { Asked } from './directory.js';
