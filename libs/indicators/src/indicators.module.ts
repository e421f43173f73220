import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { indicatorCommandHandlers } from './indicator/indicator.commands.js';
import { IndicatorController } from './indicator/indicator.controller.js';

/** Indicators and their values. The buses, `DecisionRunner`, `ReadModels` and `Replay` come from the app. */
@Module({ controllers: [IndicatorController], providers: [CommandGateway, ...indicatorCommandHandlers] })
export class IndicatorsModule {}
