export { ReadingModule } from './reading.module.js';
export { Directory } from './directory.js';
