import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AbortOnDisconnect,
  ApiProblems,
  asksMoment,
  CostlyWork,
  MomentQuery,
  Moments,
  OfMoment,
  Paged,
  PageOf,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { previousRound, RoundReader } from './round-directory.reader.js';
import { RoundDetail, RoundView, roundView } from './round-directory.view.js';

class RoundsQuery extends Paged(MomentQuery) {}

class RoundPage extends OfMoment(PageOf(RoundView, 'The rounds, also those that are only planned, oldest first')) {}

class RoundAnswer extends OfMoment(RoundDetail) {}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller()
export class RoundDirectoryController {
  constructor(
    @Inject(RoundReader) private readonly rounds: RoundReader,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
  ) {}

  @Get('plans/:planId/rounds')
  @ApiOperation({
    summary: 'List the rounds of a plan, also those that are only planned, oldest first, now or at any moment',
  })
  @ApiResponse({ status: 200, type: RoundPage, description: 'A page of rounds' })
  @ApiProblems(400, 401, 404, 503)
  async listRounds(
    @PathId('planId') planId: string,
    @Query() query: RoundsQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<RoundPage> {
    const { limit, offset } = query;
    const part = { limit, offset };
    const moment = this.moments.of(query);
    const { items, total } = asksMoment(query)
      ? await this.costly.replays.run(tenant, signal, () => this.rounds.pageAt(tenant, planId, part, moment))
      : await this.#page(tenant, planId, part);
    const lacking = await this.rounds.lacking(items);
    return { items: items.map(({ round }) => roundView(round, lacking.get(round._id))), total, ...part, ...moment };
  }

  @Get('rounds/:roundId')
  @ApiOperation({ summary: 'Show a round, now or at any moment: how far it has come, and which one came before it' })
  @ApiResponse({ status: 200, type: RoundAnswer, description: 'The round' })
  @ApiProblems(400, 401, 404, 503)
  async getRound(
    @PathId('roundId') roundId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<RoundAnswer> {
    const moment = this.moments.of(query);
    const read = async () => {
      const then = await this.rounds.roundAt(tenant, roundId, moment);
      const ofPlan = await this.rounds.ofPlanAt(tenant, then.round.planId, moment);
      return {
        then,
        previous: previousRound(
          then.round,
          ofPlan.map(({ round }) => round),
        ),
      };
    };
    const { previous, then } = asksMoment(query)
      ? await this.costly.replays.run(tenant, signal, read)
      : await this.#now(tenant, roundId);
    const { round } = then;
    void reply.header('ETag', `"${round.revision}"`);
    const lacking = await this.rounds.lacking([then]);
    return { ...roundView(round, lacking.get(roundId)), ...(previous && { previousRoundId: previous._id }), ...moment };
  }

  async #page(tenant: string, planId: string, part: { readonly limit: number; readonly offset: number }) {
    const { items, total } = await this.rounds.page(tenant, planId, part);
    return { items: items.map((round) => ({ round })), total };
  }

  async #now(tenant: string, roundId: string) {
    const round = await this.rounds.round(tenant, roundId);
    return { then: { round }, previous: await this.rounds.previous(round) };
  }
}
