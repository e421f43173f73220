import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRequest, CommandRoute, PathId, RequestContext } from '#http-api';
import {
  AmendRoundCommand,
  CancelRoundCommand,
  DecideRoundCommand,
  ExtendDeadlineCommand,
  FreezeRoundCommand,
  OpenPlannedRoundCommand,
  OpenRoundCommand,
  PlanRoundCommand,
  RecallExtensionCommand,
  RecallReadyCommand,
  ReissueSnapshotCommand,
  RemindBodiesCommand,
} from './round.commands.js';
import { RoundKeys } from './round-keys.js';
import {
  AmendRoundRequest,
  CancelRoundRequest,
  DecideRoundRequest,
  ExtendDeadlineRequest,
  FreezeRoundRequest,
  OpenRoundRequest,
  PlanRoundRequest,
  RecallExtensionRequest,
  RecallReadyRequest,
  ReissueSnapshotRequest,
} from './round.requests.js';

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller()
export class RoundController {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(RoundKeys) private readonly keys: RoundKeys,
  ) {}

  @CommandRoute('plans/:planId/rounds', OpenRoundCommand, 'Open a round of follow-up')
  async open(
    @PathId('planId') planId: string,
    @Body() request: OpenRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    const { commandId, tenant } = context;
    const { key, othersMayContribute = false } = request;
    const keyed = key === undefined ? undefined : await this.keys.idFor({ tenant, planId, key }, commandId);
    return this.commands.create(OpenRoundCommand, { ...request, othersMayContribute, planId }, context, keyed);
  }

  @CommandRoute('plans/:planId/rounds/plan', PlanRoundCommand, "Plan a round, from the plan's calendar or otherwise")
  async plan(
    @PathId('planId') planId: string,
    @Body() request: PlanRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    // A plan has one round of a kind and year, so that these name it where nothing else does.
    const { key = `${request.kind}-${request.year}`, othersMayContribute = false } = request;
    const { commandId, tenant } = context;
    const keyed = await this.keys.idFor({ tenant, planId, key }, commandId);
    return this.commands.create(PlanRoundCommand, { ...request, key, othersMayContribute, planId }, context, keyed);
  }

  @CommandRoute('rounds/:roundId/open', OpenPlannedRoundCommand, 'Open a round as it was planned')
  openPlanned(
    @PathId('roundId') roundId: string,
    @Body() request: CommandRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(OpenPlannedRoundCommand, roundId, request, context);
  }

  @CommandRoute(
    'rounds/:roundId/amend',
    AmendRoundCommand,
    "Move a round's days, or change its name, scope or schedule, or who may contribute",
  )
  amend(
    @PathId('roundId') roundId: string,
    @Body() request: AmendRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(AmendRoundCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/cancel', CancelRoundCommand, 'Cancel a round that should not have been')
  cancel(
    @PathId('roundId') roundId: string,
    @Body() request: CancelRoundRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CancelRoundCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/extend', ExtendDeadlineCommand, 'Give one body longer than the others')
  extend(
    @PathId('roundId') roundId: string,
    @Body() request: ExtendDeadlineRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ExtendDeadlineCommand, roundId, request, context);
  }

  @CommandRoute('rounds/:roundId/recall-extension', RecallExtensionCommand, 'Take back that a body has longer')
  recallExtension(
    @PathId('roundId') roundId: string,
    @Body() request: RecallExtensionRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RecallExtensionCommand, roundId, request, context);
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
