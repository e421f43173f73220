import { Module } from '@nestjs/common';
import { KnownThings } from '#deciding';
import { BulkCommands, CommandGateway } from '#http-api';
import { indicatorCommandHandlers } from './indicator/indicator.commands.js';
import { IndicatorController } from './indicator/indicator.controller.js';
import { RecordValuesController } from './indicator/record-values.controller.js';
import { IndicatorSeriesController } from './indicator/read-models/indicator-series/indicator-series.controller.js';

/** Indicators and their values. The command bus, `DecisionRunner`, `ReadModels` and `Replay` come from the app. */
@Module({
  controllers: [IndicatorController, RecordValuesController, IndicatorSeriesController],
  providers: [CommandGateway, BulkCommands, KnownThings, ...indicatorCommandHandlers],
})
export class IndicatorsModule {}
