import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AbortOnDisconnect,
  ApiProblems,
  CostlyWork,
  LanguageInterceptor,
  PageOf,
  PageQuery,
  PathValue,
  Permit,
  Requester,
  SayingField,
  TextField,
  pageOf,
} from '#http-api';
import type { AuthenticatedRequest, Page, Principal } from '#http-api';
import type { Jobs } from '#jobs';
import { kind, languageOf } from '#kernel';
import { ProjectionAdmin } from '#projecting';
import type { Skip, Verification } from '#projecting';
import { JobView, jobViewOf } from '../job.view.js';
import { enqueueRebuild } from '../rebuild-projection.job.js';
import { JOBS } from '../tokens.js';
import { projectionViewOf, ProjectionStatusView, SkipView, VerificationView } from './projections.views.js';

class SkipRequest {
  @SayingField({
    description: 'Why the documents may lack the event',
    example: 'The item was never adopted; see ärende 1234',
    max: 2_000,
  })
  reason!: string;
}

class RebuildRequest {
  @TextField({
    description: 'Why the documents may come to lack what a damaged log has lost; the log keeps it',
    example: 'The stream was a test, and was deleted on purpose',
    max: 2_000,
    optional: true,
  })
  despiteDamage?: string;
}

/** What an operator asks of the projections. */
class ProjectionPage extends PageOf(ProjectionStatusView, 'The projections') {}

@ApiTags('Projections')
@ApiBearerAuth()
@Controller('projections')
export class ProjectionsController {
  constructor(
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
  ) {}

  @Get()
  @UseInterceptors(LanguageInterceptor)
  @Permit('auditor', 'controller', 'administrator')
  @ApiOperation({ summary: 'Show how far the read models have come' })
  @ApiResponse({ status: 200, type: ProjectionPage, description: 'A page of projections' })
  @ApiProblems(401, 403, 503)
  async listProjections(
    @Query() query: PageQuery,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<Page<ProjectionStatusView>> {
    const language = languageOf(headers['accept-language']);
    const status = await this.admin.status();
    return pageOf(
      status.map((one) => projectionViewOf(one, language)),
      query,
    );
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @Permit('administrator')
  @ApiOperation({
    summary: 'Make the documents of a projection anew, beside those that answer',
    description:
      'Where the log is damaged the job fails, unless it is said why the documents may lack what it has lost. So it is with ' +
      'documents that are made anew without being asked for: they do not take over (`buildHeld`).',
  })
  @ApiResponse({
    status: 202,
    type: JobView,
    description: 'The job that does it; its status tells how far it has come',
  })
  @ApiProblems(400, 401, 403, 404, 503)
  async rebuildProjection(
    @PathValue('name', kind.code, 'The projection') name: string,
    @Body() { despiteDamage }: RebuildRequest,
    @Requester() { actor }: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<JobView> {
    if (despiteDamage !== undefined) await this.admin.allowDespiteDamage(name, despiteDamage, actor);
    const job = await enqueueRebuild(this.jobs, this.admin, name, despiteDamage !== undefined);
    return jobViewOf(job, languageOf(headers['accept-language']));
  }

  @Post(':name/retry')
  @HttpCode(202)
  @Permit('administrator')
  @ApiOperation({
    summary: 'Let a parked projection try its event again, or documents that are held look at the log again',
  })
  @ApiResponse({ status: 202, description: 'Asked for' })
  @ApiProblems(401, 403, 404, 503)
  retryProjection(@PathValue('name', kind.code, 'The projection') name: string): Promise<void> {
    return this.admin.retry(name);
  }

  @Post(':name/skip')
  @HttpCode(200)
  @Permit('administrator')
  @ApiOperation({
    summary: 'Let a parked projection leave out the event that it is parked at',
    description:
      'The log keeps who decided it, when and why. A rebuild tries the event again, and leaves it out only where it ' +
      'still cannot be taken.',
  })
  @ApiResponse({ status: 200, type: SkipView, description: 'Recorded; its status tells when it has gone on' })
  @ApiProblems(400, 401, 403, 404, 409, 503)
  skipEvent(
    @PathValue('name', kind.code, 'The projection') name: string,
    @Body() { reason }: SkipRequest,
    @Requester() { actor }: Principal,
  ): Promise<Skip> {
    return this.admin.skip(name, reason, actor);
  }

  @Post(':name/verify')
  @HttpCode(200)
  @Permit('auditor', 'administrator')
  @ApiOperation({ summary: 'Compare the documents of a projection with the log' })
  @ApiResponse({ status: 200, type: VerificationView, description: 'What differs' })
  @ApiProblems(401, 403, 404, 503)
  verifyProjection(
    @PathValue('name', kind.code, 'The projection') name: string,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<Verification> {
    return this.costly.folds.run(tenant, signal, () => this.admin.verify(name, signal));
  }
}
