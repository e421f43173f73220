export { AuditModule } from './audit.module.js';
export { itemHistory } from './item-history/item-history.projection.js';
export type { ItemHistoryDocument } from './item-history/item-history.projection.js';
