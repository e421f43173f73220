export { AuditModule } from './audit.module.js';
export { planHistory } from './read-models/plan-history/plan-history.projection.js';
export type { PlanHistoryDocument } from './read-models/plan-history/plan-history.projection.js';
