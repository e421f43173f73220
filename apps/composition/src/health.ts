import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LogWatch } from '#continuity';
import { Open } from '#http-api';
import { StoreFailure } from '#kernel';
import { ProjectionAdmin } from '#projecting';
import type { ProjectionStatus } from '#projecting';

/** What a process cannot do without, and what only its commands wait for. Each throws what stands in the way. */
@Injectable()
export class Readiness {
  constructor(
    private readonly needed: readonly (() => Promise<unknown>)[],
    private readonly ofCommands: readonly (() => Promise<unknown>)[] = [],
  ) {}

  /**
   * @returns what commands wait for, where they do and everything else goes on
   * @throws StoreFailure where something that the process needs does not answer, or refuses it
   */
  async check(): Promise<StoreFailure | undefined> {
    const [waiting] = await Promise.all([this.#commandsWaitFor(), ...this.needed.map((answers) => answers())]);
    return waiting;
  }

  async #commandsWaitFor(): Promise<StoreFailure | undefined> {
    try {
      await Promise.all(this.ofCommands.map((answers) => answers()));
      return undefined;
    } catch (error) {
      if (error instanceof StoreFailure) return error;
      throw error;
    }
  }
}

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
  projections(): Promise<ProjectionStatus[]> {
    return this.admin.status();
  }
}
