export { isLoadedOtherwise, PlanLoader } from './plan-loader.js';
export type { LoadReport } from './plan-loader.js';
export { ImportingModule } from './importing.module.js';
