import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { about, ApiProblems, Asker, CostlyWork, DamageView, Open, Permit, TextField, UntilHungUp } from '#http-api';
import type { Principal } from '#http-api';
import type { Jobs } from '#jobs';
import { enqueueRebuild, JOBS, JobView, jobViewOf } from '#operations';
import { ProjectionAdmin } from '#projecting';
import type { ProjectionStatus, Skip, Verification } from '#projecting';

class ParkedView {
  @ApiProperty({ example: '00000000000000000413', description: 'Where the event stands in the log' })
  position!: string;
  @ApiProperty({ format: 'uuid', description: 'The event' })
  eventId!: string;
  @ApiProperty({ example: 'ItemAssessed', description: 'Its type' })
  type!: string;
  @ApiProperty({ example: 'CorruptEvent: …', description: 'What stands in the way' })
  error!: string;
  @ApiProperty({ format: 'date-time', description: 'Since when' })
  at!: string;
}

class SkipView {
  @ApiProperty({ example: '00000000000000000413', description: 'Where the event stands in the log' })
  position!: string;
  @ApiProperty({ format: 'uuid', description: 'The event' })
  eventId!: string;
  @ApiProperty({ example: 'ItemAssessed', description: 'Its type' })
  type!: string;
  @ApiProperty({ example: { id: 'u-1', role: 'administrator' }, description: 'Who decided: an id and a role' })
  by!: object;
  @ApiProperty({ format: 'date-time', description: 'When it was decided' })
  at!: string;
  @ApiProperty({ example: 'The item was never adopted; see ärende 1234', description: 'Why' })
  reason!: string;
}

class SkipRequest {
  @TextField({
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

class ProjectionStatusView {
  @ApiProperty({ example: 'item-status', description: 'The projection' })
  name!: string;
  @ApiProperty({ type: 'integer', example: 1, description: 'The version of the documents that answer' })
  version!: number;
  @ApiProperty({
    enum: ['current', 'behind', 'parked', 'ahead', 'not-started'],
    description: 'How it stands. Ahead: the documents hold what the log does not, which is another one than before',
  })
  state!: string;
  @ApiProperty({ example: false, description: 'Whether documents are being made anew' })
  rebuilding!: boolean;
  @ApiProperty({ type: 'integer', example: 1, description: 'Rises with every rebuild' })
  generations!: number;
  @ApiProperty({ example: '00000000000000000412', description: 'The documents hold every event up to here' })
  position!: string;
  @ApiProperty({ example: '00000000000000000412', description: 'The newest event of the log' })
  head!: string;
  @ApiProperty({ type: 'integer', example: 0, description: 'How far behind the documents are' })
  lagSeconds!: number;
  @ApiProperty({
    required: false,
    enum: ['rebuild', 'retry'],
    description: 'What was asked of its runner, which has not answered yet',
  })
  requested?: string;
  @ApiProperty({ required: false, type: ParkedView, description: 'The event that it cannot take' })
  parked?: ParkedView;
  @ApiProperty({
    required: false,
    type: ParkedView,
    description: 'The event that the documents that are being made anew cannot take',
  })
  buildParked?: ParkedView;
  @ApiProperty({ type: [SkipView], description: 'The events that the documents lack, because it was decided so' })
  skipped!: SkipView[];
}

class DifferenceView {
  @ApiProperty({ description: 'The document', example: '0a1b…' })
  id!: string;
  @ApiProperty({
    enum: ['missing', 'needless', 'different', 'ahead-of-log', 'ahead-of-checkpoint'],
    description: 'What is wrong with it',
  })
  kind!: string;
  @ApiProperty({ required: false, example: 'level', description: 'The first field that differs' })
  field?: string;
}

class VerificationView {
  @ApiProperty({ example: 'item-status', description: 'The projection' })
  name!: string;
  @ApiProperty({ example: '00000000000000000412', description: 'Documents and log were compared up to here' })
  position!: string;
  @ApiProperty({ type: 'integer', example: 80, description: 'How many documents there are' })
  documents!: number;
  @ApiProperty({ type: 'integer', example: 412, description: 'How many events were read' })
  events!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'How many documents are not what the log says' })
  differing!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'How many streams of the log are not whole' })
  damagedStreams!: number;
  @ApiProperty({
    type: [DamageView],
    description: 'At most a hundred of them: what they lack is compared with nothing',
  })
  damaged!: DamageView[];
  @ApiProperty({ type: [DifferenceView], description: 'At most a hundred of them' })
  differences!: DifferenceView[];
  @ApiProperty({
    type: [SkipView],
    description: 'The events that were left out on both sides, because it was decided so',
  })
  skipped!: SkipView[];
}

/** What an operator asks of the projections. */
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
  @Permit('auditor', 'controller', 'administrator')
  @ApiOperation({ summary: 'Show how far the read models have come' })
  @ApiResponse({ status: 200, type: [ProjectionStatusView], description: 'Every projection' })
  @ApiProblems(401, 403, 503)
  status(): Promise<ProjectionStatus[]> {
    return this.admin.status();
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @Permit('administrator')
  @ApiOperation({
    summary: 'Make the documents of a projection anew, beside those that answer',
    description:
      'Where the log is damaged the job fails, unless it is said why the documents may lack what it has lost.',
  })
  @ApiResponse({
    status: 202,
    type: JobView,
    description: 'The job that does it; its status tells how far it has come',
  })
  @ApiProblems(400, 401, 403, 404, 503)
  async rebuild(
    @Param('name') name: string,
    @Body() { despiteDamage }: RebuildRequest,
    @Asker() { actor }: Principal,
  ): Promise<JobView> {
    if (despiteDamage !== undefined) await this.admin.allowDespiteDamage(name, despiteDamage, actor);
    return jobViewOf(await enqueueRebuild(this.jobs, this.admin, name, despiteDamage !== undefined));
  }

  @Post(':name/retry')
  @HttpCode(202)
  @Permit('administrator')
  @ApiOperation({ summary: 'Let a parked projection try its event again' })
  @ApiResponse({ status: 202, description: 'Asked for' })
  @ApiProblems(401, 403, 404, 503)
  retry(@Param('name') name: string): Promise<void> {
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
  skip(@Param('name') name: string, @Body() { reason }: SkipRequest, @Asker() { actor }: Principal): Promise<Skip> {
    return this.admin.skip(name, reason, actor);
  }

  @Post(':name/verify')
  @HttpCode(200)
  @Permit('auditor', 'administrator')
  @ApiOperation({ summary: 'Compare the documents of a projection with the log' })
  @ApiResponse({ status: 200, type: VerificationView, description: 'What differs' })
  @ApiProblems(401, 403, 404, 503)
  verify(
    @Param('name') name: string,
    @Asker() { tenant }: Principal,
    @UntilHungUp() signal: AbortSignal,
  ): Promise<Verification> {
    return this.costly.folds.run(tenant, signal, () => this.admin.verify(name, signal));
  }
}

class ApiInfo {
  @ApiProperty({ example: 'Spårbar', description: 'The name of the API' })
  apiName!: string;
  @ApiProperty({ example: '1.0.0', description: 'Its version' })
  apiVersion!: string;
  @ApiProperty({ format: 'date', example: '2026-11-24', description: 'When the version was released' })
  apiReleased!: string;
  @ApiProperty({ example: '/v1/openapi.json', description: 'Where it is described' })
  apiDocumentation!: string;
  @ApiProperty({ enum: ['active', 'deprecated'], example: 'active', description: 'Whether it should be used' })
  apiStatus!: string;
}

/** What DIGG's REST profile lets a caller ask of an API. */
@ApiTags('About')
@Controller('api-info')
export class ApiInfoController {
  @Get()
  @Open()
  @ApiOperation({ summary: 'Tell which API this is', security: [] })
  @ApiResponse({ status: 200, type: ApiInfo, description: 'The API' })
  info(): ApiInfo {
    return {
      apiName: about.name,
      apiVersion: about.version,
      apiReleased: about.released,
      apiDocumentation: '/v1/openapi.json',
      apiStatus: 'active',
    };
  }
}
