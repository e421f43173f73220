export { AuditModule } from './audit.module.js';
export { itemHistory } from './item-history/item-history.projection.js';
export type { ChangeMark, ItemHistoryPage } from './item-history/item-history.projection.js';
