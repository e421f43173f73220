import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { readersOf } from '#deciding';
import type { CommandContext, Readers, Receipt } from '#deciding';
import {
  AbortOnDisconnect,
  ApiProblems,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  CostlyWork,
  IdField,
  Paged,
  PathId,
  Permit,
  RequestContext,
  Requester,
  SayingField,
} from '#http-api';
import type { AuthenticatedRequest, Principal } from '#http-api';
import { idOf, languageOf, NotFound, StoreFailure } from '#kernel';
import { ReadModels } from '#projecting';
import { loadDirectory } from './load-directory.projection.js';
import { LoadExamination } from './load-examination.js';
import { LoadTaking } from './load-taking.js';
import { TakeBackLoadCommand } from './load.commands.js';
import { LoadPage, LoadTakeBackPreview, LoadTakeBackReceipt, LoadView, loadView, previewView } from './load.view.js';

class TakeBackLoadRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been loaded', example: 'Fel fil', max: 2_000 })
  reason!: string;
}

class LoadsQuery extends Paged(class {}) {
  @IdField({ description: 'Only loads of files about this plan', optional: true })
  planId?: string;
}

type ReceiptOfTaking = Receipt & Pick<LoadTakeBackReceipt, 'isCarriedOut' | 'undone'>;

@ApiTags('Plan files')
@ApiBearerAuth()
@Controller('loads')
export class LoadsController {
  readonly #readers: Readers;

  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(LoadExamination) private readonly examination: LoadExamination,
    @Inject(LoadTaking) private readonly taking: LoadTaking,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(ModuleRef) app: ModuleRef,
  ) {
    this.#readers = readersOf(app);
  }

  @Get()
  @ApiOperation({ summary: 'List the loads of plan files: what was loaded, by whom, and what was taken back' })
  @ApiResponse({ status: 200, type: LoadPage, description: 'A page of loads' })
  @ApiProblems(400, 401, 503)
  async listLoads(@Query() query: LoadsQuery, @Requester() { tenant }: Principal): Promise<LoadPage> {
    const { limit, offset, planId } = query;
    const filter = { tenant, ...(planId && { planId }) };
    const newestFirst = { sort: { position: -1, _id: 1 }, skip: offset, limit } as const;
    const items = await this.readModels.find(loadDirectory, filter, newestFirst);
    const total = await this.readModels.count(loadDirectory, filter);
    return { items: items.map(loadView), total, limit, offset };
  }

  @Get(':loadId')
  @ApiOperation({ summary: 'Show a load of a plan file' })
  @ApiResponse({ status: 200, type: LoadView, description: 'The load' })
  @ApiProblems(400, 401, 404, 503)
  async getLoad(@PathId('loadId') loadId: string, @Requester() { tenant }: Principal): Promise<LoadView> {
    const load = await this.readModels.get(loadDirectory, loadId);
    if (load?.tenant !== tenant) throw new NotFound('load', loadId);
    return loadView(load);
  }

  @Post(':loadId/take-back/preview')
  @HttpCode(200)
  @Permit('controller')
  @ApiOperation({
    summary: 'Show what taking a load back would take back, and what would stay and why; nothing is recorded',
    description: 'For controller.',
  })
  @ApiResponse({ status: 200, type: LoadTakeBackPreview, description: 'What would be taken back' })
  @ApiProblems(400, 401, 403, 409, 503)
  async previewTakeBack(
    @PathId('loadId') loadId: string,
    @Body() { reason }: TakeBackLoadRequest,
    @RequestContext() { expectedRevision: _, ...context }: CommandContext,
    @Requester() { tenant }: Principal,
    @Req() { headers }: AuthenticatedRequest,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<LoadTakeBackPreview> {
    const examined = await this.costly.imports.run(tenant, signal, () =>
      this.examination.of(loadId, { ...context, reason }, this.#readers),
    );
    return previewView(examined, languageOf(headers['accept-language']));
  }

  @CommandRoute(
    ':loadId/take-back',
    TakeBackLoadCommand,
    'Take back what a load recorded, but for what something later rests on',
    LoadTakeBackReceipt,
  )
  async takeBack(
    @PathId('loadId') loadId: string,
    @Body() request: TakeBackLoadRequest,
    @RequestContext() context: CommandContext,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<ReceiptOfTaking> {
    await this.examination.need(loadId, tenant);
    const takeBackId = idOf('take-back', context.commandId);
    const receipt = await this.costly.imports.run(tenant, signal, () =>
      this.commands.send(TakeBackLoadCommand, loadId, { ...request, takeBackId }, context),
    );
    return this.#carryOut(receipt, context);
  }

  /** What was decided stands, whether it can be carried out at once or not. */
  async #carryOut(receipt: Receipt, { tenant }: CommandContext): Promise<ReceiptOfTaking> {
    if (receipt.recorded.length === 0) return { ...receipt, isCarriedOut: true, undone: 0 };
    try {
      const { data, position } = await this.taking.carryOut({ tenant, loadId: receipt.id, at: receipt.revision });
      return { ...receipt, position, isCarriedOut: true, undone: data.undone.length };
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      return { ...receipt, isCarriedOut: false, undone: 0 };
    }
  }
}
