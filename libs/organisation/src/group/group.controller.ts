import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  CodeField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  CorrectingRequest,
  IdsField,
  PathId,
  RequestContext,
  SayingField,
  TextField,
} from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { CancelRequest } from '../body/body.requests.js';
import { groupIdOf } from '../organisation-ids.js';
import { reasonField } from '../reason.field.js';
import {
  CancelGroupChangeCommand,
  CancelGroupCommand,
  ChangeGroupMembersCommand,
  CorrectGroupCommand,
  DefineGroupCommand,
} from './group.commands.js';

const membersField = { description: 'The whole membership from the day on, bodies by id', min: 1 } as const;
const nameField = {
  description: 'The name as documents write it',
  example: 'Alla nämnder och bolag',
  max: 200,
} as const;

class ChangeGroupMembersRequest extends CorrectingRequest {
  @IdsField(membersField)
  members!: string[];

  @SayingField({ ...reasonField, optional: true })
  reason?: string;
}

class DefineGroupRequest extends CommandRequest {
  @CodeField({
    description: 'A stable short name of your own, once per tenant',
    example: 'alla-namnder',
    optional: true,
  })
  key?: string;

  @TextField(nameField)
  name!: string;

  @IdsField(membersField)
  members!: string[];
}

class CorrectGroupRequest extends CommandRequest {
  @TextField(nameField)
  name!: string;

  @SayingField(reasonField)
  reason!: string;
}

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('groups')
export class GroupController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('', DefineGroupCommand, 'Define a group of bodies')
  define(@Body() request: DefineGroupRequest, @RequestContext() context: CommandContext): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : groupIdOf(context.tenant, request.key);
    return this.commands.create(DefineGroupCommand, request, context, keyed);
  }

  @CommandRoute(':groupId/correct', CorrectGroupCommand, 'Correct under which name a group was defined')
  correct(
    @PathId('groupId') groupId: string,
    @Body() request: CorrectGroupRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectGroupCommand, groupId, request, context);
  }

  @CommandRoute(':groupId/members', ChangeGroupMembersCommand, 'Change who belongs to a group from a day on')
  changeMembers(
    @PathId('groupId') groupId: string,
    @Body() request: ChangeGroupMembersRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ChangeGroupMembersCommand, groupId, request, context);
  }

  @CommandRoute(
    ':groupId/changes/:eventId/cancel',
    CancelGroupChangeCommand,
    'Take back a change of who belongs to a group',
  )
  cancelChange(
    @PathId('groupId') groupId: string,
    @PathId('eventId') eventId: string,
    @Body() request: CancelRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelGroupChangeCommand, groupId, { ...request, eventId }, context);
  }

  @CommandRoute(':groupId/cancel', CancelGroupCommand, 'Take back that a group was defined')
  cancel(
    @PathId('groupId') groupId: string,
    @Body() request: CancelRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelGroupCommand, groupId, request, context);
  }
}
