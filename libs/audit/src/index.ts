export { AuditModule } from './audit.module.js';
export { planChanges } from './read-models/plan-changes/plan-changes.projection.js';
export type { ChangesOfPlan, PlaceOfChange } from './read-models/plan-changes/plan-changes.projection.js';
export { planHistory } from './read-models/plan-history/plan-history.projection.js';
export type { StoryEntry, StoryHead, StorySubject } from './read-models/plan-history/plan-history.projection.js';
export { PlanHistories } from './read-models/plan-history/plan-history.reader.js';
export { StoryReader } from './read-models/plan-history/story.reader.js';
export type { ToldEntry } from './read-models/plan-history/story.reader.js';
export { AppendixReader } from './revision-appendix/appendix.reader.js';
