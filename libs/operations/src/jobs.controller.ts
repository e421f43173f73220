import { Controller, Get, HttpCode, Inject, Post, Query, Req, Sse, UseInterceptors } from '@nestjs/common';
import type { MessageEvent, OnModuleDestroy } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import {
  ApiProblems,
  ChoiceField,
  CodeField,
  LanguageInterceptor,
  PageQuery,
  PathValue,
  Permit,
  Requester,
} from '#http-api';
import type { AuthenticatedRequest, Principal } from '#http-api';
import { jobStates } from '#jobs';
import type { Jobs, JobState, Owners } from '#jobs';
import { languageOf, term } from '#kernel';
import type { Kind } from '#kernel';
import { JobEvents } from './job-events.js';
import { JobPage, JobView, jobViewOf } from './job.view.js';
import { JOBS } from './tokens.js';

class JobsQuery extends PageQuery {
  @CodeField({ description: 'Only jobs of this kind', example: 'rebuild-projection', optional: true })
  name?: string;

  @ChoiceField({ description: 'Only jobs in this state', of: jobStates, example: 'failed', optional: true })
  state?: JobState;
}

/** A name of work and the id of one such job. */
const jobId: Kind<string> = {
  schema: { type: 'string', pattern: '^[a-z0-9.-]+$', maxLength: 200 },
  says: term('job-id', 'the id of a job', 'id för ett jobb'),
};
const JobId = () => PathValue('jobId', jobId, 'The job');

const events =
  'event: job\ndata: {"id":"rebuild-projection.0b6c…","state":"active","progress":{"done":412,"total":800}}\n\n';

/** What an operator sees of the work that is done later. */
@ApiTags('Jobs')
@ApiBearerAuth()
@Controller('jobs')
export class JobsController implements OnModuleDestroy {
  readonly #events = new JobEvents();

  constructor(@Inject(JOBS) private readonly jobs: Jobs) {}

  @Get()
  @UseInterceptors(LanguageInterceptor)
  @Permit('auditor', 'controller', 'administrator')
  @ApiOperation({ summary: 'List the jobs, newest first' })
  @ApiResponse({ status: 200, type: JobPage, description: 'The jobs of your tenant, and for some those of the system' })
  @ApiProblems(400, 401, 403, 503)
  async listJobs(
    @Query() query: JobsQuery,
    @Requester() requester: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<JobPage> {
    const { jobs, total } = await this.jobs.list({ ...query, owners: ownersFor(requester) });
    return {
      items: jobs.map((job) => jobViewOf(job, languageOf(headers['accept-language']))),
      total,
      limit: query.limit,
      offset: query.offset,
    };
  }

  @Get(':jobId')
  @UseInterceptors(LanguageInterceptor)
  @Permit('auditor', 'controller', 'administrator')
  @ApiOperation({ summary: 'Show how a job stands' })
  @ApiResponse({ status: 200, type: JobView, description: 'The job' })
  @ApiProblems(401, 403, 404, 503)
  async getJob(
    @JobId() jobId: string,
    @Requester() requester: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<JobView> {
    return jobViewOf(await this.jobs.status(jobId, ownersFor(requester)), languageOf(headers['accept-language']));
  }

  @Post(':jobId/retry')
  @HttpCode(202)
  @UseInterceptors(LanguageInterceptor)
  @Permit('controller', 'administrator')
  @ApiOperation({ summary: 'Give a job that has failed all its attempts again' })
  @ApiResponse({ status: 202, type: JobView, description: 'The job, which will run again' })
  @ApiProblems(401, 403, 404, 409, 503)
  async retryJob(
    @JobId() jobId: string,
    @Requester() requester: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<JobView> {
    const { id } = await this.jobs.status(jobId, ownersFor(requester));
    return jobViewOf(await this.jobs.retry(id), languageOf(headers['accept-language']));
  }

  @Sse(':jobId/events')
  @Permit('auditor', 'controller', 'administrator')
  @ApiOperation({
    summary: 'Follow a job until it has ended, as server-sent events',
    description: 'The job now, and an event `job` for each change. A stream ends after ten minutes at the latest.',
  })
  @ApiProduces('text/event-stream')
  @ApiResponse({
    status: 200,
    description: 'The events; their data are jobs',
    content: { 'text/event-stream': { schema: { type: 'string', example: events } } },
  })
  @ApiProblems(401, 403, 404, 503)
  async followJob(
    @JobId() jobId: string,
    @Requester() requester: Principal,
    @Req() { headers }: AuthenticatedRequest,
  ): Promise<Observable<MessageEvent>> {
    const { id } = await this.jobs.status(jobId, ownersFor(requester));
    const language = languageOf(headers['accept-language']);
    return this.#events.of((signal) => this.jobs.watch(id, signal), language);
  }

  onModuleDestroy(): void {
    this.#events.close();
  }
}

/** Everyone sees the jobs of the own tenant; those who look after the system see its own as well. */
function ownersFor({ actor: { role }, tenant }: Principal): Owners {
  return role === 'administrator' || role === 'auditor' ? [tenant, null] : [tenant];
}
