import { Module } from '@nestjs/common';
import { Resting } from '#deciding';
import { CommandGateway } from '#http-api';
import { bodyCommandHandlers } from './body/body.commands.js';
import { BodyController } from './body/body.controller.js';
import { BodyDirectoryController } from './body/read-models/body-directory/body-directory.controller.js';
import { BodyDirectoryReader } from './body/read-models/body-directory/body-directory.reader.js';
import { DecidedEvents } from './decision/decided-events.js';
import { decisionCommandHandlers } from './decision/decision.commands.js';
import { DecisionController } from './decision/decision.controller.js';
import { groupCommandHandlers } from './group/group.commands.js';
import { GroupController } from './group/group.controller.js';
import { ReorganisationReader } from './reorganisation/read-models/reorganisation-directory/reorganisation.reader.js';
import { GroupDirectoryController } from './group/read-models/group-directory/group-directory.controller.js';

/** Bodies and groups. The command bus, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [BodyController, GroupController, BodyDirectoryController, GroupDirectoryController, DecisionController],
  providers: [
    CommandGateway,
    ...bodyCommandHandlers,
    ...groupCommandHandlers,
    ...decisionCommandHandlers,
    DecidedEvents,
    BodyDirectoryReader,
    Resting,
    ReorganisationReader,
  ],
  exports: [ReorganisationReader, Resting],
})
export class OrganisationModule {}
