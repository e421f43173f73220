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
import {
  organisationIdOf,
  ReorganisationDetail,
  reorganisationDetail,
  ReorganisationReader,
  ReorganisationView,
  reorganisationView,
} from '#organisation';
import { DecideReorganisationCommand, RevokeReorganisationCommand } from './reorganisation.commands.js';
import { ReorganisationPreview, ReorganisationPreviews } from './reorganisation.preview.js';
import { ReorganisationProcess } from './reorganisation-process.js';
import { ReorganisationRequest, RevokeReorganisationRequest } from './reorganisation.requests.js';

type ReceiptOfReorganisation = Receipt & Pick<ReorganisationReceipt, 'reorganisationId' | 'isCarriedOut' | 'undone'>;

class ReorganisationReceipt extends StepsReceipt {
  @IdField({ description: 'The reorganisation' })
  reorganisationId!: string;
}

class ReorganisationPage extends PageOf(ReorganisationView, 'The reorganisations, newest first') {}

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('reorganisations')
export class ReorganisationController {
  readonly #readers: Readers;

  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(ReorganisationProcess) private readonly process: ReorganisationProcess,
    @Inject(ReorganisationPreviews) private readonly previews: ReorganisationPreviews,
    @Inject(ReorganisationReader) private readonly reader: ReorganisationReader,
    @Inject(ModuleRef) app: ModuleRef,
  ) {
    this.#readers = readersOf(app);
  }

  @CommandRoute(
    '',
    DecideReorganisationCommand,
    'Dissolve, merge or split a body, and hand over what it has',
    ReorganisationReceipt,
  )
  async decideReorganisation(
    @Body() { named = [], successors = [], ...request }: ReorganisationRequest,
    @RequestContext() context: CommandContext,
  ): Promise<ReceiptOfReorganisation> {
    const reorganisationId = reorganisationIdOf(context);
    const asked = { ...request, reorganisationId, named, successors };
    const organisationId = organisationIdOf(context.tenant);
    const receipt = await this.commands.send(DecideReorganisationCommand, organisationId, asked, context);
    return this.#carryOut(receipt, reorganisationId, context);
  }

  @Post('preview')
  @HttpCode(200)
  @Permit(...DecideReorganisationCommand.permitted)
  @UseInterceptors(LanguageInterceptor)
  @ApiOperation({
    summary: 'Show what a reorganisation would change, and what stands in its way; nothing is recorded',
    description: `For ${DecideReorganisationCommand.permitted.join(', ')}.`,
  })
  @ApiResponse({ status: 200, type: ReorganisationPreview, description: 'What would be recorded' })
  @ApiProblems(400, 401, 403, 404, 503)
  async previewReorganisation(
    @Body() { confirm, decision, effectiveOn, named = [], successors = [], ...request }: ReorganisationRequest,
    @RequestContext() context: CommandContext,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<ReorganisationPreview> {
    const asked = { ...request, reorganisationId: reorganisationIdOf(context), named, successors };
    const ground = {
      ...(decision && { decision }),
      ...(effectiveOn !== undefined && { effectiveOn }),
      ...(confirm && { confirm }),
    };
    const language = languageOf(headers['accept-language']);
    return this.previews.of(asked, { ...context, ...ground }, this.#readers, language);
  }

  @CommandRoute(
    ':reorganisationId/revoke',
    RevokeReorganisationCommand,
    'Take back a reorganisation that should not have been decided',
    ReorganisationReceipt,
  )
  async revokeReorganisation(
    @PathId('reorganisationId') revokes: string,
    @Body() request: RevokeReorganisationRequest,
    @RequestContext() context: CommandContext,
  ): Promise<ReceiptOfReorganisation> {
    const reorganisationId = reorganisationIdOf(context);
    const asked = { ...request, reorganisationId, revokes };
    const organisationId = organisationIdOf(context.tenant);
    const receipt = await this.commands.send(RevokeReorganisationCommand, organisationId, asked, context);
    return this.#carryOut(receipt, reorganisationId, context);
  }

  @Get()
  @ApiOperation({ summary: 'List the reorganisations' })
  @ApiResponse({ status: 200, type: ReorganisationPage, description: 'A page of reorganisations' })
  @ApiProblems(400, 401, 503)
  async listReorganisations(
    @Query() query: PageQuery,
    @Requester() { tenant }: Principal,
  ): Promise<ReorganisationPage> {
    const { items, ...page } = await this.reader.page(tenant, query);
    return { ...page, items: items.map(reorganisationView) };
  }

  @Get(':reorganisationId')
  @UseInterceptors(LanguageInterceptor)
  @ApiOperation({ summary: 'Show a reorganisation: its steps, and what became of each' })
  @ApiResponse({ status: 200, type: ReorganisationDetail, description: 'The reorganisation' })
  @ApiProblems(400, 401, 404, 503)
  async getReorganisation(
    @PathId('reorganisationId') id: string,
    @Requester() { tenant }: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<ReorganisationDetail> {
    const found = await this.reader.reorganisation(tenant, id);
    const told = await this.reader.steps(found);
    const lacking = await this.reader.lacking(found, told.steps);
    return reorganisationDetail(found, told, lacking, languageOf(headers['accept-language']));
  }

  /** What was decided stands, whether it can be carried out at once or not. */
  async #carryOut(
    receipt: Receipt,
    reorganisationId: string,
    { tenant }: CommandContext,
  ): Promise<ReceiptOfReorganisation> {
    try {
      const { data, position } = await this.process.carryOut({ tenant, at: receipt.revision });
      return { ...receipt, position, reorganisationId, isCarriedOut: true, undone: data.undone.length };
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      return { ...receipt, reorganisationId, isCarriedOut: false, undone: 0 };
    }
  }
}

/** A repeated command finds the reorganisation that it made. */
const reorganisationIdOf = ({ commandId }: CommandContext): string => idOf('reorganisation', commandId);
