import { Body, Controller, Get, Inject } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  Asked,
  Asker,
  CodeField,
  CodesField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  DayField,
  IntegerField,
  PathId,
  TextField,
} from '#http-api';
import type { Principal } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { OpenRoundCommand } from './round.commands.js';
import { roundIdOf } from './round.decider.js';
import type { RoundDocument } from './round.projection.js';
import { previousRound, RoundQuery, RoundsOfPlanQuery } from './round.queries.js';

class OpenRoundRequest extends CommandRequest {
  @CodeField({ description: 'A stable short name of your own, once per plan', example: 'april-2025', optional: true })
  key?: string;

  @CodeField({ description: "april, augusti, bokslut, or the plan's own", example: 'april' })
  kind!: string;

  @TextField({ description: 'The name of the round', example: 'Delårsuppföljning april 2025', max: 200 })
  label!: string;

  @IntegerField({ description: 'The year that is followed up', min: 1900, max: 2999, example: 2025 })
  year!: number;

  @DayField({ description: 'The day that the follow-up speaks of', example: '2025-03-31' })
  referenceDate!: string;

  @DayField({ description: 'The last day for assessments', example: '2025-04-30' })
  deadline!: string;

  @CodesField({ description: 'The kinds of item that are assessed', min: 1, example: ['uppdrag', 'atgard'] })
  scope!: string[];
}

class RoundView {
  @ApiProperty({ format: 'uuid', description: 'The round' })
  id!: string;
  @ApiProperty({ required: false, example: 'april-2025', description: 'How files name it' })
  key?: string;
  @ApiProperty({ format: 'uuid', description: 'The plan that is followed up' })
  planId!: string;
  @ApiProperty({ example: 'april', description: 'What sort of round it is' })
  kind!: string;
  @ApiProperty({ example: 'Delårsuppföljning april 2025', description: 'Its name' })
  label!: string;
  @ApiProperty({ type: 'integer', example: 2025, description: 'The year that is followed up' })
  year!: number;
  @ApiProperty({ format: 'date', example: '2025-03-31', description: 'The day that it speaks of' })
  referenceDate!: string;
  @ApiProperty({ format: 'date', example: '2025-04-30', description: 'The last day for assessments' })
  deadline!: string;
  @ApiProperty({ type: [String], example: ['uppdrag', 'atgard'], description: 'The kinds of item that are assessed' })
  scope!: readonly string[];
}

class RoundDetail extends RoundView {
  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'The round of the plan before it, by the day they speak of',
  })
  previousRoundId?: string;
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

  @Get('plans/:planId/rounds')
  @ApiOperation({ summary: 'List the rounds of a plan, oldest first' })
  @ApiResponse({ status: 200, type: [RoundView], description: 'The rounds' })
  @ApiProblems(400, 401, 503)
  async rounds(@PathId('planId') planId: string, @Asker() { tenant }: Principal): Promise<RoundView[]> {
    const found = await this.queries.execute(new RoundsOfPlanQuery(tenant, planId));
    return found.map(viewOf);
  }

  @Get('rounds/:roundId')
  @ApiOperation({ summary: 'Show a round, and which one came before it' })
  @ApiResponse({ status: 200, type: RoundDetail, description: 'The round' })
  @ApiProblems(400, 401, 404, 503)
  async round(@PathId('roundId') roundId: string, @Asker() { tenant }: Principal): Promise<RoundDetail> {
    const round = await this.queries.execute(new RoundQuery(tenant, roundId));
    const ofPlan = await this.queries.execute(new RoundsOfPlanQuery(tenant, round.planId));
    const previous = previousRound(round, ofPlan);
    return { ...viewOf(round), ...(previous && { previousRoundId: previous._id }) };
  }
}

function viewOf({ _id, tenant: _, ...round }: RoundDocument): RoundView {
  return { id: _id, ...round };
}
