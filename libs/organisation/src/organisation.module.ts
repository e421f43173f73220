import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { bodyCommandHandlers } from './body/body.commands.js';
import { BodyController } from './body/body.controller.js';
import { BodyCalledHandler } from './body/body-directory/body-called.query.js';
import { groupCommandHandlers } from './group/group.commands.js';
import { GroupController } from './group/group.controller.js';
import { OrganisationQueries } from './organisation.queries.js';

/** Bodies and groups. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [BodyController, GroupController, OrganisationQueries],
  providers: [CommandGateway, ...bodyCommandHandlers, ...groupCommandHandlers, BodyCalledHandler],
})
export class OrganisationModule {}
