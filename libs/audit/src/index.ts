export { AuditModule } from './audit.module.js';
export { planHistory } from './plan-history/plan-history.projection.js';
export type { ChangeMark, PlanHistoryPage } from './plan-history/plan-history.projection.js';
