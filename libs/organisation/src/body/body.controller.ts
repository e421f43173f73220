import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CommandGateway, CommandRoute, PathId, RequestContext } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { AddBodyAliasCommand, DissolveBodyCommand, RegisterBodyCommand, RenameBodyCommand } from './body.commands.js';
import { bodyIdOf } from '../organisation-ids.js';
import { AddBodyAliasRequest, DissolveBodyRequest, RegisterBodyRequest, RenameBodyRequest } from './body.requests.js';

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

  @CommandRoute(':bodyId/dissolve', DissolveBodyCommand, 'Dissolve a body, or merge it into others')
  dissolve(
    @PathId('bodyId') bodyId: string,
    @Body() request: DissolveBodyRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DissolveBodyCommand, bodyId, request, context);
  }
}
