export { readPlanFile } from './read-plan-file.js';
export { PlanFileFaults } from './plan-file-faults.js';
export type { PlanFileFault } from './plan-file-faults.js';
export type {
  Cell,
  ExternalReference,
  PlanFile,
  PlanFileAttested,
  PlanFileBody,
  PlanFileContent,
  PlanFileCourse,
  PlanFileDecision,
  PlanFileGrounds,
  PlanFileGroup,
  PlanFileHistory,
  PlanFileIndicator,
  PlanFileItem,
  PlanFilePlan,
  PlanFileRound,
  PlanFileScale,
  PlanFileScenario,
  PlanFileStep,
  PlanFileSuccession,
  Position,
} from './plan-file.js';
export { planFileSchema } from './schema/plan-file.schema.js';
export { derivationLayers } from './derivation-layers.js';
export { readCell } from './printed/read-cell.js';
export type { CellValue } from './printed/read-cell.js';
export { withoutQuotes } from './printed/printed-text.js';
