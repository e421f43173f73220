import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  CodeField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  IdsField,
  PathId,
  RequestContext,
  TextField,
} from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { groupIdOf } from '../organisation-ids.js';
import { ChangeGroupMembersCommand, DefineGroupCommand } from './group.commands.js';

class ChangeGroupMembersRequest extends CommandRequest {
  @IdsField({ description: 'The whole membership from the day on, bodies by id', min: 1 })
  members!: string[];
}

class DefineGroupRequest extends ChangeGroupMembersRequest {
  @CodeField({
    description: 'A stable short name of your own, once per tenant',
    example: 'alla-namnder',
    optional: true,
  })
  key?: string;

  @TextField({ description: 'The name as documents write it', example: 'Alla nämnder och bolag', max: 200 })
  name!: string;
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

  @CommandRoute(':groupId/members', ChangeGroupMembersCommand, 'Change who belongs to a group from a day on')
  changeMembers(
    @PathId('groupId') groupId: string,
    @Body() request: ChangeGroupMembersRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ChangeGroupMembersCommand, groupId, request, context);
  }
}
