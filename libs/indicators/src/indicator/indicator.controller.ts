import { Body, Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { CommandContext, Receipt } from '#deciding';
import {
  ApiProblems,
  Asked,
  Asker,
  CommandGateway,
  CommandRoute,
  IdField,
  momentOf,
  MomentQuery,
  PageOf,
  PageQuery,
  PathId,
} from '#http-api';
import type { Principal } from '#http-api';
import { NotFound, streamName } from '#kernel';
import { ReadModels, Replay } from '#projecting';
import {
  CorrectValueCommand,
  DefineIndicatorCommand,
  RecordValueCommand,
  RedefineIndicatorCommand,
  RetireIndicatorCommand,
  SetTargetCommand,
} from './indicator.commands.js';
import { indicatorIdOf } from './indicator.decider.js';
import {
  CorrectValueRequest,
  DefineIndicatorRequest,
  RecordValueRequest,
  RedefineIndicatorRequest,
  RetireIndicatorRequest,
  SetTargetRequest,
} from './indicator.requests.js';
import { indicatorSeries } from './read-models/indicator-series/indicator-series.projection.js';
import { IndicatorView, indicatorView } from './read-models/indicator-series/indicator-series.view.js';

class IndicatorsQuery extends PageQuery {
  @IdField({ description: 'Only indicators that this item lists', optional: true })
  itemId?: string;

  @IdField({ description: 'Only indicators that this body follows', optional: true })
  ownerId?: string;
}

class IndicatorPage extends PageOf(IndicatorView, 'The indicators, sorted by name') {}

@ApiTags('Indicators')
@ApiBearerAuth()
@Controller()
export class IndicatorController {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  @CommandRoute('plans/:planId/indicators', DefineIndicatorCommand, 'Define an indicator')
  define(
    @PathId('planId') planId: string,
    @Body() request: DefineIndicatorRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    const keyed = request.key === undefined ? undefined : indicatorIdOf(asked.tenant, planId, request.key);
    return this.commands.create(DefineIndicatorCommand, { ...request, planId }, asked, keyed);
  }

  @CommandRoute('indicators/:indicatorId/redefine', RedefineIndicatorCommand, 'Give an indicator a new definition')
  redefine(
    @PathId('indicatorId') id: string,
    @Body() request: RedefineIndicatorRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RedefineIndicatorCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/values', RecordValueCommand, 'Record a value')
  recordValue(
    @PathId('indicatorId') id: string,
    @Body() request: RecordValueRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RecordValueCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/values/corrections', CorrectValueCommand, 'Correct a recorded value')
  correctValue(
    @PathId('indicatorId') id: string,
    @Body() request: CorrectValueRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectValueCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/targets', SetTargetCommand, 'Set what an indicator should reach')
  setTarget(
    @PathId('indicatorId') id: string,
    @Body() request: SetTargetRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(SetTargetCommand, id, request, asked);
  }

  @CommandRoute('indicators/:indicatorId/retire', RetireIndicatorCommand, 'Stop following an indicator')
  retire(
    @PathId('indicatorId') id: string,
    @Body() request: RetireIndicatorRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(RetireIndicatorCommand, id, request, asked);
  }

  @Get('plans/:planId/indicators')
  @ApiOperation({ summary: 'List the indicators of a plan with their series' })
  @ApiResponse({ status: 200, type: IndicatorPage, description: 'A page of indicators' })
  @ApiProblems(400, 401, 503)
  async indicators(
    @PathId('planId') planId: string,
    @Query() query: IndicatorsQuery,
    @Asker() { tenant }: Principal,
  ): Promise<IndicatorPage> {
    const { itemId, limit, offset, ownerId } = query;
    const filter = { tenant, planId, ...(itemId && { itemIds: itemId }), ...(ownerId && { ownerId }) };
    const found = await this.readModels.find(indicatorSeries, filter, { sort: { sortKey: 1 }, skip: offset, limit });
    return {
      items: found.map(indicatorView),
      total: await this.readModels.count(indicatorSeries, filter),
      limit,
      offset,
    };
  }

  @Get('indicators/:indicatorId')
  @ApiOperation({ summary: 'Show an indicator with its series, now or at any moment' })
  @ApiResponse({ status: 200, type: IndicatorView, description: 'The indicator' })
  @ApiProblems(400, 401, 404, 503)
  async indicator(
    @PathId('indicatorId') id: string,
    @Query() query: MomentQuery,
    @Asker() { tenant }: Principal,
  ): Promise<IndicatorView> {
    const moment = momentOf(query);
    const current = moment.asOf === undefined && moment.knownAt === undefined;
    const found = current
      ? await this.readModels.get(indicatorSeries, id)
      : await this.replay.document(indicatorSeries, streamName(tenant, 'indicator', id), moment);
    if (found?.tenant !== tenant) throw new NotFound('indicator', id);
    return indicatorView(found);
  }
}
