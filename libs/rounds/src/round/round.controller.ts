import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRequest, CommandRoute, PathId, RequestContext } from '#http-api';
import {
  DecideRoundCommand,
  FreezeRoundCommand,
  OpenPlannedRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
  RecallReadyCommand,
  ReissueSnapshotCommand,
  RemindBodiesCommand,
} from './round.commands.js';
import { roundIdOf } from './round.decider.js';
import {
  DecideRoundRequest,
  FreezeRoundRequest,
  OpenRoundRequest,
  PlanRoundRequest,
  RecallReadyRequest,
  ReissueSnapshotRequest,
} from './round.requests.js';

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller()
export class RoundController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('plans/:planId/rounds', OpenRoundCommand, 'Open a round of follow-up')
  open(
    @PathId('planId') planId: string,
    @Body() request: OpenRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : roundIdOf(context.tenant, planId, request.key);
    return this.commands.create(OpenRoundCommand, { ...request, planId }, context, keyed);
  }

  @CommandRoute('plans/:planId/rounds/plan', PlanRoundCommand, "Plan a round, from the plan's calendar or otherwise")
  plan(
    @PathId('planId') planId: string,
    @Body() request: PlanRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    // A plan has one round of a kind and year, so that these name it where nothing else does.
    const { key = `${request.kind}-${request.year}` } = request;
    return this.commands.create(
      PlanRoundCommand,
      { ...request, key, planId },
      context,
      roundIdOf(context.tenant, planId, key),
    );
  }

  @CommandRoute('rounds/:roundId/open', OpenPlannedRoundCommand, 'Open a round as it was planned')
  openPlanned(
    @PathId('roundId') roundId: string,
    @Body() request: CommandRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(OpenPlannedRoundCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/recall-ready', RecallReadyCommand, 'Take back that a body was ready')
  recallReady(
    @PathId('roundId') roundId: string,
    @Body() request: RecallReadyRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RecallReadyCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/remind', RemindBodiesCommand, 'Remind the bodies that are not ready of what they lack')
  remind(
    @PathId('roundId') roundId: string,
    @Body() request: CommandRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RemindBodiesCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/freeze', FreezeRoundCommand, 'Freeze a round: what comes after is late')
  freeze(
    @PathId('roundId') roundId: string,
    @Body() request: FreezeRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(FreezeRoundCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/reissue', ReissueSnapshotCommand, 'Ask for a new issue of the snapshot')
  reissue(
    @PathId('roundId') roundId: string,
    @Body() request: ReissueSnapshotRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ReissueSnapshotCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/decide', DecideRoundCommand, 'Record the formal decision on an issue of the snapshot')
  decide(
    @PathId('roundId') roundId: string,
    @Body() request: DecideRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DecideRoundCommand, roundId, request, context);
  }
}
