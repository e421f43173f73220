import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AbortOnDisconnect,
  ApiProblems,
  CostlyWork,
  momentOf,
  MomentQuery,
  Moments,
  Paged,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { NotFound } from '#kernel';
import { Decisions } from '#organisation';
import { byId, ItemReader, itemStatus, LineageReader, namedBy } from '#planning';
import { ReadModels } from '#projecting';
import { EntryNames } from '../item-history/entry-names.js';
import { entryView } from '../item-history/history-entry.view.js';
import { PlanHistories } from '../read-models/plan-history/plan-history.reader.js';
import { timelineItem, timelineLink, TimelinePage } from './item-timeline.view.js';

class TimelineQuery extends Paged(MomentQuery) {}

@ApiTags('Audit')
@ApiBearerAuth()
@Controller('items/:itemId/timeline')
export class ItemTimelineController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(PlanHistories) private readonly histories: PlanHistories,
    @Inject(LineageReader) private readonly lineage: LineageReader,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(EntryNames) private readonly names: EntryNames,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Tell everything that happened to an item and to all that it succeeds or that succeed it, over plans',
    description:
      'One timeline in the order of the record: what it came from, however far back, and what came of it. Where a moment is asked for, the links are those that it sees.',
  })
  @ApiResponse({ status: 200, type: TimelinePage, description: 'A page of the timeline, and the items that it is of' })
  @ApiProblems(400, 401, 404, 503)
  async getItemTimeline(
    @PathId('itemId') itemId: string,
    @Query() query: TimelineQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<TimelinePage> {
    return this.costly.replays.run(tenant, signal, () => this.#timeline(tenant, itemId, query));
  }

  async #timeline(tenant: string, itemId: string, query: TimelineQuery): Promise<TimelinePage> {
    const { limit, offset } = query;
    const [moment, day] = [momentOf(query), this.moments.of(query)];
    if (!(await this.histories.ofItem(tenant, itemId, {}, { limit: 1, offset: 0 }))) throw new NotFound('item', itemId);
    const { isWhole, itemIds, links } = await this.lineage.lineageOf(tenant, itemId, moment);
    const told = await this.histories.ofItems(tenant, itemIds, moment, { limit, offset });
    const decisions = await Decisions.of(
      this.readModels,
      tenant,
      told.entries.map(({ entry }) => entry),
      moment,
    );
    const entries = told.entries.map((one) => ({ ...one, entry: { ...one.entry, ...decisions.behind(one.entry) } }));
    const standing = await this.reader.standing(await this.readModels.getMany(itemStatus, itemIds), day);
    const [called, names] = await Promise.all([
      this.lineage.called(tenant, itemIds, day),
      this.names.of(
        tenant,
        entries.map(({ entry }) => entry),
        day,
        { scales: namedBy(standing).scales },
      ),
    ]);
    const stood = byId(standing);
    const items = new Map(
      itemIds.map((id) => [id, timelineItem(id, called.get(id), stood.get(id), names.directory)] as const),
    );
    return {
      items: entries.map(({ entry, itemId: id }) => ({ item: items.get(id)!, ...entryView(entry, names) })),
      ...{ total: told.total, limit, offset },
      lineage: [...items.values()],
      links: links.map((link) => timelineLink(link, called)),
      isWhole,
      ...moment,
    };
  }
}
