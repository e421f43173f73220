export { AuditModule } from './audit.module.js';
export { planHistory } from './plan-history/plan-history.projection.js';
export type { PlanHistoryDocument } from './plan-history/plan-history.projection.js';
