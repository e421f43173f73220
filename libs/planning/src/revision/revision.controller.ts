import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { readersOf } from '#deciding';
import type { CommandContext, Readers, Receipt } from '#deciding';
import {
  ApiProblems,
  CommandGateway,
  CommandRoute,
  IdField,
  LanguageInterceptor,
  PageOf,
  PageQuery,
  PathId,
  Permit,
  RequestContext,
  Requester,
  StepsReceipt,
} from '#http-api';
import type { AuthenticatedRequest, Principal } from '#http-api';
import { idOf, languageOf, StoreFailure } from '#kernel';
import { controllers } from '../item/item.command.js';
import { askedSteps } from './asked-steps.js';
import { RevisionReader } from './read-models/revision-directory/revision.reader.js';
import {
  revisionDetail,
  RevisionDetail,
  revisionView,
  RevisionView,
} from './read-models/revision-directory/revision.view.js';
import { DecideRevisionCommand } from './revision.commands.js';
import { RevisionPreview, RevisionPreviews } from './revision.preview.js';
import { RevisionProcess } from './revision-process.js';
import { RevisionRequest } from './revision.requests.js';

type ReceiptOfRevision = Receipt & Pick<RevisionReceipt, 'revisionId' | 'isCarriedOut' | 'undone'>;

class RevisionReceipt extends StepsReceipt {
  @IdField({ description: 'The revision; left out where nothing would have changed', optional: true })
  revisionId?: string;
}

class RevisionPage extends PageOf(RevisionView, 'The revisions, newest first') {}

@ApiTags('Plans')
@ApiBearerAuth()
@Controller('plans/:planId/revisions')
export class RevisionController {
  readonly #readers: Readers;

  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(RevisionProcess) private readonly process: RevisionProcess,
    @Inject(RevisionPreviews) private readonly previews: RevisionPreviews,
    @Inject(RevisionReader) private readonly reader: RevisionReader,
    @Inject(ModuleRef) app: ModuleRef,
  ) {
    this.#readers = readersOf(app);
  }

  @CommandRoute('', DecideRevisionCommand, 'Revise many items of a plan by one decision', RevisionReceipt)
  async decideRevision(
    @PathId('planId') planId: string,
    @Body() { steps: requests, ...request }: RevisionRequest,
    @RequestContext() context: CommandContext,
  ): Promise<ReceiptOfRevision> {
    const revisionId = revisionIdOf(context);
    const steps = await askedSteps(requests, { tenant: context.tenant, planId, revisionId });
    const asked = { ...request, revisionId, steps };
    const receipt = await this.commands.send(DecideRevisionCommand, planId, asked, context);
    return this.#carryOut(receipt, revisionId, context);
  }

  @Post('preview')
  @HttpCode(200)
  @Permit(...controllers)
  @UseInterceptors(LanguageInterceptor)
  @ApiOperation({
    summary: 'Show what a revision would change, and what stands in its way; nothing is recorded',
    description: `For ${controllers.join(', ')}.`,
  })
  @ApiResponse({ status: 200, type: RevisionPreview, description: 'What would be recorded' })
  @ApiProblems(400, 401, 403, 404, 503)
  async previewRevision(
    @PathId('planId') planId: string,
    @Body() { confirm, decision, effectiveOn, steps: requests }: RevisionRequest,
    @RequestContext() { expectedRevision: _, ...context }: CommandContext,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<RevisionPreview> {
    const revisionId = revisionIdOf(context);
    const steps = await askedSteps(requests, { tenant: context.tenant, planId, revisionId });
    const ground = {
      ...(decision && { decision }),
      ...(effectiveOn !== undefined && { effectiveOn }),
      ...(confirm && { confirm }),
    };
    const asked = { planId, revisionId, steps };
    const language = languageOf(headers['accept-language']);
    return this.previews.of(asked, { ...context, ...ground }, this.#readers, language);
  }

  @Get()
  @ApiOperation({ summary: 'List the revisions of many items of a plan' })
  @ApiResponse({ status: 200, type: RevisionPage, description: 'A page of revisions' })
  @ApiProblems(400, 401, 404, 503)
  async listRevisions(
    @PathId('planId') planId: string,
    @Query() query: PageQuery,
    @Requester() { tenant }: Principal,
  ): Promise<RevisionPage> {
    const { items, ...page } = await this.reader.page(tenant, planId, query);
    return { ...page, items: items.map(revisionView) };
  }

  @Get(':revisionId')
  @UseInterceptors(LanguageInterceptor)
  @ApiOperation({ summary: 'Show a revision: its steps, and what became of each' })
  @ApiResponse({ status: 200, type: RevisionDetail, description: 'The revision' })
  @ApiProblems(400, 401, 404, 503)
  async getRevision(
    @PathId('planId') planId: string,
    @PathId('revisionId') revisionId: string,
    @Requester() { tenant }: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<RevisionDetail> {
    const revision = await this.reader.revision(tenant, planId, revisionId);
    const told = await this.reader.steps(revision);
    const lacking = await this.reader.lacking(revision, told.steps);
    return revisionDetail(revision, told, lacking, languageOf(headers['accept-language']));
  }

  /** What was decided stands, whether it can be carried out at once or not. */
  async #carryOut(receipt: Receipt, revisionId: string, { tenant }: CommandContext): Promise<ReceiptOfRevision> {
    if (receipt.recorded.length === 0) return { ...receipt, isCarriedOut: true, undone: 0 };
    try {
      const { data, position } = await this.process.carryOut({ tenant, planId: receipt.id, at: receipt.revision });
      return { ...receipt, position, revisionId, isCarriedOut: true, undone: data.undone.length };
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      return { ...receipt, revisionId, isCarriedOut: false, undone: 0 };
    }
  }
}

/** A repeated command finds the revision that it made. */
const revisionIdOf = ({ commandId }: CommandContext): string => idOf('revision', commandId);
