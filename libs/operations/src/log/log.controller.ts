import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LogAdmin } from '#continuity';
import type { Acceptance, LogStatus } from '#continuity';
import { ApiProblems, Permit, Requester, SayingField } from '#http-api';
import type { Principal } from '#http-api';
import { AcceptanceView, LogStatusView } from './log.views.js';

class AcceptRequest {
  @SayingField({
    description: 'Why the log may lack what was recorded in it',
    example: 'The disk was lost; the newest copy is of 2026-11-28 22:00. Ärende 1234',
    max: 2_000,
  })
  reason!: string;
}

/** What an operator asks of the log itself. */
@ApiTags('Log')
@ApiBearerAuth()
@Controller('log')
export class LogController {
  constructor(@Inject(LogAdmin) private readonly admin: LogAdmin) {}

  @Get()
  @Permit('auditor', 'controller', 'administrator')
  @ApiOperation({ summary: 'Tell whether the log is the one that was written' })
  @ApiResponse({ status: 200, type: LogStatusView, description: 'How it stands' })
  @ApiProblems(401, 403, 503)
  getLogStatus(): Promise<LogStatus> {
    return this.admin.status();
  }

  @Post('accept')
  @HttpCode(200)
  @Permit('administrator')
  @ApiOperation({
    summary: 'Accept a log that lacks what it held before',
    description:
      'The log keeps who accepted it, when and why. Every process then goes on with it: documents are made anew, and ' +
      'nothing that the log has lost is counted or told. What it has lost stays lost: bring the right log back instead ' +
      'where there is one.',
  })
  @ApiResponse({ status: 200, type: AcceptanceView, description: 'Recorded' })
  @ApiProblems(400, 401, 403, 409, 503)
  acceptLog(@Body() { reason }: AcceptRequest, @Requester() { actor }: Principal): Promise<Acceptance> {
    return this.admin.accept(reason, actor);
  }
}
