import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { bodyCommandHandlers } from './body/body.commands.js';
import { BodyController } from './body/body.controller.js';
import { OrganisationQueries } from './body/read-models/body-directory/body-directory.controller.js';
import { BodyCalledHandler } from './body/read-models/body-directory/body-directory.reader.js';
import { groupCommandHandlers } from './group/group.commands.js';
import { GroupController } from './group/group.controller.js';

/** Bodies and groups. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [BodyController, GroupController, OrganisationQueries],
  providers: [CommandGateway, ...bodyCommandHandlers, ...groupCommandHandlers, BodyCalledHandler],
})
export class OrganisationModule {}
