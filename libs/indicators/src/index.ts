export { indicators, indicatorIdOf } from './indicator/indicator.decider.js';
export { definitionsOf } from './indicator/indicator.held.js';
export { indicatorEvents } from './indicator/indicator.events.js';
export type { Cell, Derivation, IndicatorEvent, Target } from './indicator/indicator.events.js';
export {
  CancelIndicatorChangeCommand,
  CancelIndicatorCommand,
  CorrectValueCommand,
  DefineIndicatorCommand,
  HandOverIndicatorCommand,
  RecordValueCommand,
  RedefineIndicatorCommand,
  RetireIndicatorCommand,
  SetTargetCommand,
} from './indicator/indicator.commands.js';
export { IndicatorsModule } from './indicators.module.js';
export { indicatorSeries } from './indicator/read-models/indicator-series/indicator-series.projection.js';
export type { IndicatorDocument } from './indicator/read-models/indicator-series/indicator-series.projection.js';
