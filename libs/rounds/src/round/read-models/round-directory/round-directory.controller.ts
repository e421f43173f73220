import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems, PageOf, PageQuery, PathId, Requester } from '#http-api';
import type { Principal } from '#http-api';
import { RoundReader } from './round-directory.reader.js';
import { RoundDetail, RoundView, roundView } from './round-directory.view.js';

class RoundPage extends PageOf(RoundView, 'The rounds, also those that are only planned, oldest first') {}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller()
export class RoundDirectoryController {
  constructor(@Inject(RoundReader) private readonly rounds: RoundReader) {}

  @Get('plans/:planId/rounds')
  @ApiOperation({ summary: 'List the rounds of a plan, also those that are only planned, oldest first' })
  @ApiResponse({ status: 200, type: RoundPage, description: 'A page of rounds' })
  @ApiProblems(400, 401, 404, 503)
  async listRounds(
    @PathId('planId') planId: string,
    @Query() query: PageQuery,
    @Requester() { tenant }: Principal,
  ): Promise<RoundPage> {
    const { limit, offset } = query;
    const { items, total } = await this.rounds.page(tenant, planId, query);
    const lacking = await this.rounds.lacking(items);
    return { items: items.map((round) => roundView(round, lacking.get(round._id))), total, limit, offset };
  }

  @Get('rounds/:roundId')
  @ApiOperation({ summary: 'Show a round: how far it has come, and which one came before it' })
  @ApiResponse({ status: 200, type: RoundDetail, description: 'The round' })
  @ApiProblems(400, 401, 404, 503)
  async getRound(
    @PathId('roundId') roundId: string,
    @Requester() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoundDetail> {
    const round = await this.rounds.round(tenant, roundId);
    const previous = await this.rounds.previous(round);
    void reply.header('ETag', `"${round.revision}"`);
    const lacking = await this.rounds.lacking([round]);
    return { ...roundView(round, lacking.get(roundId)), ...(previous && { previousRoundId: previous._id }) };
  }
}
