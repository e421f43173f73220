import { Body, Controller, Get, Inject, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CommandContext, Receipt } from '#deciding';
import {
  ApiProblems,
  Asked,
  Asker,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  PathId,
  ReceiptResponse,
} from '#http-api';
import type { Principal } from '#http-api';
import { standingOf } from '../coverage/coverage.js';
import { CoverageQuery } from '../coverage/standing.reader.js';
import { previousRound, RoundQuery, RoundsOfPlanQuery } from './read-models/round-directory/round-directory.reader.js';
import { RoundDetail, RoundView, roundView } from './read-models/round-directory/round-directory.view.js';
import {
  DecideRoundCommand,
  FreezeRoundCommand,
  MarkReadyCommand,
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
  MarkReadyRequest,
  OpenRoundRequest,
  PlanRoundRequest,
  RecallReadyRequest,
  ReissueSnapshotRequest,
} from './round.requests.js';
import type { MissingItem } from './standing.js';

class MissingItemView implements MissingItem {
  @ApiProperty({ format: 'uuid', description: 'The item' })
  itemId!: string;
  @ApiProperty({ example: 'Uppdrag 7', description: 'What it is called' })
  label!: string;
}

class ReadyReceipt extends ReceiptResponse {
  @ApiProperty({ type: [MissingItemView], description: 'What the body has not assessed, though it is ready' })
  missing!: readonly MissingItemView[];
}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller()
export class RoundController {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @CommandRoute('plans/:planId/rounds', OpenRoundCommand, 'Open a round of follow-up')
  open(
    @PathId('planId') planId: string,
    @Body() request: OpenRoundRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : roundIdOf(asked.tenant, planId, request.key);
    return this.commands.create(OpenRoundCommand, { ...request, planId }, asked, keyed);
  }

  @CommandRoute('plans/:planId/rounds/plan', PlanRoundCommand, "Plan a round, from the plan's calendar or otherwise")
  plan(
    @PathId('planId') planId: string,
    @Body() request: PlanRoundRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    // A plan has one round of a kind and year, so that these name it where nothing else does.
    const { key = `${request.kind}-${request.year}` } = request;
    return this.commands.create(
      PlanRoundCommand,
      { ...request, key, planId },
      asked,
      roundIdOf(asked.tenant, planId, key),
    );
  }

  @CommandRoute('rounds/:roundId/open', OpenPlannedRoundCommand, 'Open a round as it was planned')
  openPlanned(
    @PathId('roundId') roundId: string,
    @Body() request: CommandRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(OpenPlannedRoundCommand, roundId, request, asked);
  }

  @CommandRoute('rounds/:roundId/ready', MarkReadyCommand, "Say that a body's assessments are complete")
  @ApiResponse({ status: 200, type: ReadyReceipt, description: 'Recorded, or found to change nothing' })
  async markReady(
    @PathId('roundId') roundId: string,
    @Body() request: MarkReadyRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt & { missing: readonly MissingItemView[] }> {
    const receipt = await this.commands.send(MarkReadyCommand, roundId, request, asked);
    // The decision waited for the documents, which therefore hold what the body had assessed.
    const { coverage, sources } = await this.queries.execute(new CoverageQuery(asked.tenant, roundId));
    const body = standingOf(coverage, sources).find(({ bodyId }) => bodyId === request.bodyId);
    return { ...receipt, missing: body?.missing ?? [] };
  }

  @CommandRoute('rounds/:roundId/recall-ready', RecallReadyCommand, 'Take back that a body was ready')
  recallReady(
    @PathId('roundId') roundId: string,
    @Body() request: RecallReadyRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RecallReadyCommand, roundId, request, asked);
  }

  @CommandRoute('rounds/:roundId/remind', RemindBodiesCommand, 'Remind the bodies that are not ready of what they lack')
  remind(
    @PathId('roundId') roundId: string,
    @Body() request: CommandRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RemindBodiesCommand, roundId, request, asked);
  }

  @CommandRoute('rounds/:roundId/freeze', FreezeRoundCommand, 'Freeze a round: what comes after is late')
  freeze(
    @PathId('roundId') roundId: string,
    @Body() request: FreezeRoundRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(FreezeRoundCommand, roundId, request, asked);
  }

  @CommandRoute('rounds/:roundId/reissue', ReissueSnapshotCommand, 'Ask for a new issue of the snapshot')
  reissue(
    @PathId('roundId') roundId: string,
    @Body() request: ReissueSnapshotRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ReissueSnapshotCommand, roundId, request, asked);
  }

  @CommandRoute('rounds/:roundId/decide', DecideRoundCommand, 'Record the formal decision on an issue of the snapshot')
  decide(
    @PathId('roundId') roundId: string,
    @Body() request: DecideRoundRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(DecideRoundCommand, roundId, request, asked);
  }

  @Get('plans/:planId/rounds')
  @ApiOperation({ summary: 'List the rounds of a plan, also those that are only planned, oldest first' })
  @ApiResponse({ status: 200, type: [RoundView], description: 'The rounds' })
  @ApiProblems(400, 401, 503)
  async rounds(@PathId('planId') planId: string, @Asker() { tenant }: Principal): Promise<RoundView[]> {
    const found = await this.queries.execute(new RoundsOfPlanQuery(tenant, planId));
    return found.map(roundView);
  }

  @Get('rounds/:roundId')
  @ApiOperation({ summary: 'Show a round: how far it has come, and which one came before it' })
  @ApiResponse({ status: 200, type: RoundDetail, description: 'The round' })
  @ApiProblems(400, 401, 404, 503)
  async round(
    @PathId('roundId') roundId: string,
    @Asker() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoundDetail> {
    const round = await this.queries.execute(new RoundQuery(tenant, roundId));
    const ofPlan = await this.queries.execute(new RoundsOfPlanQuery(tenant, round.planId));
    const previous = previousRound(round, ofPlan);
    void reply.header('ETag', `"${round.revision}"`);
    return { ...roundView(round), ...(previous && { previousRoundId: previous._id }) };
  }
}
