import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CommandGateway, CommandRoute, PathId, RequestContext } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import {
  AddBodyAliasCommand,
  AmendBodyAliasCommand,
  CancelBodyChangeCommand,
  CancelBodyCommand,
  CorrectBodyCommand,
  DissolveBodyCommand,
  RegisterBodyCommand,
  RenameBodyCommand,
} from './body.commands.js';
import { bodyIdOf } from '../organisation-ids.js';
import {
  AddBodyAliasRequest,
  AmendBodyAliasRequest,
  CancelRequest,
  CorrectBodyRequest,
  DissolveBodyRequest,
  RegisterBodyRequest,
  RenameBodyRequest,
} from './body.requests.js';

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('bodies')
export class BodyController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('', RegisterBodyCommand, 'Register a body')
  register(@Body() request: RegisterBodyRequest, @RequestContext() context: CommandContext): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : bodyIdOf(context.tenant, request.key);
    return this.commands.create(RegisterBodyCommand, request, context, keyed);
  }

  @CommandRoute(':bodyId/correct', CorrectBodyCommand, 'Correct under which name and kind a body was registered')
  correct(
    @PathId('bodyId') bodyId: string,
    @Body() request: CorrectBodyRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectBodyCommand, bodyId, request, context);
  }

  @CommandRoute(':bodyId/cancel', CancelBodyCommand, 'Take back that a body was registered')
  cancel(
    @PathId('bodyId') bodyId: string,
    @Body() request: CancelRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelBodyCommand, bodyId, request, context);
  }

  @CommandRoute(':bodyId/rename', RenameBodyCommand, 'Give a body a new name')
  rename(
    @PathId('bodyId') bodyId: string,
    @Body() request: RenameBodyRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RenameBodyCommand, bodyId, request, context);
  }

  @CommandRoute(':bodyId/aliases', AddBodyAliasCommand, 'Add another name of a body')
  addAlias(
    @PathId('bodyId') bodyId: string,
    @Body() request: AddBodyAliasRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(AddBodyAliasCommand, bodyId, request, context);
  }

  @CommandRoute(':bodyId/aliases/:aliasId/amend', AmendBodyAliasCommand, 'Change an alias, or when it means a body')
  amendAlias(
    @PathId('bodyId') bodyId: string,
    @PathId('aliasId') aliasId: string,
    @Body() request: AmendBodyAliasRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(AmendBodyAliasCommand, bodyId, { ...request, aliasId }, context);
  }

  @CommandRoute(':bodyId/dissolve', DissolveBodyCommand, 'Dissolve a body, or merge it into others')
  dissolve(
    @PathId('bodyId') bodyId: string,
    @Body() request: DissolveBodyRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DissolveBodyCommand, bodyId, request, context);
  }

  @CommandRoute(
    ':bodyId/changes/:eventId/cancel',
    CancelBodyChangeCommand,
    'Take back a new name, an alias or a dissolution of a body',
  )
  cancelChange(
    @PathId('bodyId') bodyId: string,
    @PathId('eventId') eventId: string,
    @Body() request: CancelRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelBodyChangeCommand, bodyId, { ...request, eventId }, context);
  }
}
