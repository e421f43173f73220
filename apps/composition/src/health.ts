import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
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

/** What a supervisor asks of a process. */
@ApiExcludeController()
@Open()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Answers when everything does that the process needs; else 503, and says what does not. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    await this.readiness.check();
    return { status: 'ready' };
  }

  @Get('projections')
  projections(): Promise<ProjectionStatus[]> {
    return this.admin.status();
  }
}
