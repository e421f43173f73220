import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LogWatch } from '#continuity';
import { Open } from '#http-api';
import { usualLanguage } from '#kernel';
import { projectionViewOf } from '#operations';
import type { ProjectionStatusView } from '#operations';
import { ProjectionAdmin } from '#projecting';
import { Readiness } from './readiness.js';

interface Ready {
  readonly status: 'ready';
  /** Where the log does not answer or refuses us: questions to the documents are answered all the same. */
  readonly commands?: 'waiting';
  /** What they wait for. */
  readonly reason?: string;
  /** Where the log is another one than before: nothing is recorded, and what is read may be older than what was recorded. */
  readonly log?: 'replaced';
}

/** What a supervisor asks of a process. */
@ApiExcludeController()
@Open()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(LogWatch) private readonly log: LogWatch,
  ) {}

  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Answers when everything does that the process needs; else 503, and says what does not. */
  @Get('ready')
  async ready(): Promise<Ready> {
    const waiting = await this.readiness.check();
    if (waiting) return { status: 'ready', commands: 'waiting', reason: waiting.message };
    await this.log.look();
    return { status: 'ready', ...(this.log.replaced && { log: 'replaced' }) };
  }

  @Get('projections')
  async projections(): Promise<ProjectionStatusView[]> {
    return (await this.admin.status()).map((status) => projectionViewOf(status, usualLanguage));
  }
}
