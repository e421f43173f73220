import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { bodyCommandHandlers } from './body/body.commands.js';
import { BodyController } from './body/body.controller.js';
import { BodyCalledHandler } from './body/body-directory/body-called.query.js';

/** Bodies and groups. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [BodyController],
  providers: [CommandGateway, ...bodyCommandHandlers, BodyCalledHandler],
})
export class OrganisationModule {}
