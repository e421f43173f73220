import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AbortOnDisconnect,
  ApiProblems,
  CostlyWork,
  MomentQuery,
  Moments,
  Paged,
  pageOf,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { byId, ItemReader, itemStatus, LineageReader, namedBy } from '#planning';
import type { CountedItem } from '#planning';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import { Directory } from '../directory.js';
import { AnswersAnswer, answeringView, byBody } from './answers.view.js';
import type { Answering } from './answers.view.js';

class AnswersQuery extends Paged(MomentQuery) {}

@ApiTags('Status')
@ApiBearerAuth()
@Controller('items/:itemId/answers')
export class AnswersController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(LineageReader) private readonly lineage: LineageReader,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Gather how the items of other plans stand that answer an item, or any item under it',
    description: 'Each has the status that the body which owns its plan gave it. How many answer is counted by body.',
  })
  @ApiResponse({ status: 200, type: AnswersAnswer, description: 'A page of the items that answer, and all by body' })
  @ApiProblems(400, 401, 404, 503)
  async listAnswers(
    @PathId('itemId') itemId: string,
    @Query() query: AnswersQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<AnswersAnswer> {
    const moment = this.moments.of(query);
    return this.costly.replays.run(tenant, signal, async () => {
      const answering = await this.#answering(tenant, itemId, moment);
      const ends = answering.flatMap(({ item, links }) => [item._id, ...links.map(({ to }) => to)]);
      const [called, directory] = await Promise.all([
        this.lineage.called(tenant, ends, moment),
        Directory.of(this.readModels, tenant, moment, namedIn(answering)),
      ]);
      const views = answering
        .map((one) => answeringView(one, called, directory))
        .sort((one, other) => one.body.name.localeCompare(other.body.name, 'sv') || comparePlans(one, other));
      return { ...pageOf(views, query), bodies: byBody(views), ...moment };
    });
  }

  /** Those that were there, within a plan in the order of their numbers. */
  async #answering(tenant: string, itemId: string, moment: MomentOfDay): Promise<Answering[]> {
    const { planId } = await this.reader.item(tenant, itemId, moment);
    const items = await this.reader.items(await this.reader.planNames(tenant, planId, moment), moment);
    const links = await this.lineage.answersTo(tenant, withThoseUnder(itemId, items), moment);
    const now = await this.readModels.getMany(itemStatus, [...new Set(links.map(({ from }) => from))]);
    const standing = await this.reader.standing(now, moment);
    const planIds = [...new Set(standing.map((item) => item.planId))];
    const plans = byId(await Promise.all(planIds.map((id) => this.reader.planNames(tenant, id, moment))));
    return standing
      .map((item) => ({ item, plan: plans.get(item.planId)!, links: links.filter(({ from }) => from === item._id) }))
      .sort((one, other) => (one.item.sortKey < other.item.sortKey ? -1 : 1));
  }
}

const namedIn = (answering: readonly Answering[]) => {
  const { bodies, ...named } = namedBy(answering.map(({ item }) => item));
  return { ...named, bodies: [...bodies, ...answering.map(({ plan }) => plan.owner.bodyId)] };
};

const comparePlans = (one: { readonly plan: string }, other: { readonly plan: string }): number =>
  one.plan.localeCompare(other.plan, 'sv');

/** An item and every item that lies under it, near and far. */
function withThoseUnder(itemId: string, items: readonly CountedItem[]): string[] {
  const found = new Set([itemId]);
  // Not in the order of levels: once more while something was found.
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { _id, parents } of items) if (parents.value.some((parent) => found.has(parent))) found.add(_id);
  }
  return [...found];
}
