export { isLoadedOtherwise, PlanLoader } from './plan-loader.js';
export type { LoadReport } from './plan-loader.js';
export { ImportingModule } from './importing.module.js';
export { loadEvents, loadRecorded, loadTakeBackDecided, loadTakenBack } from './loads/load.events.js';
export type { LoadEvent } from './loads/load.events.js';
export { loadDirectory } from './loads/load-directory.projection.js';
export { LoadTaking } from './loads/load-taking.js';
export { takeBackLoadHandler, takingBackJobOf } from './loads/take-back-load.job.js';
export { TakeBackLoadCommand } from './loads/load.commands.js';
