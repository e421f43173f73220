import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LogWatch } from '#continuity';
import { Open } from '#http-api';
import { ProjectionAdmin } from '#projecting';
import type { ProjectionStatus } from '#projecting';

/** What a process cannot do without. Each throws what stands in the way of being ready, such as `StoreUnavailable`. */
@Injectable()
export class Readiness {
  constructor(private readonly needed: readonly (() => Promise<unknown>)[]) {}

  /** @throws StoreUnavailable where something that the process needs does not answer */
  async check(): Promise<void> {
    await Promise.all(this.needed.map((answers) => answers()));
  }
}

interface Ready {
  readonly status: 'ready';
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
    await this.readiness.check();
    await this.log.look();
    return { status: 'ready', ...(this.log.replaced && { log: 'replaced' }) };
  }

  @Get('projections')
  projections(): Promise<ProjectionStatus[]> {
    return this.admin.status();
  }
}
