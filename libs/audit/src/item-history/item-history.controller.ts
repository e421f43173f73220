import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  DayField,
  InstantField,
  momentOf,
  MomentQuery,
  Moments,
  Paged,
  PageOf,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { NotFound } from '#kernel';
import { Decisions } from '#organisation';
import { ItemReader } from '#planning';
import { ReadModels } from '#projecting';
import { PlanHistories } from '../read-models/plan-history/plan-history.reader.js';
import { EntryNames } from './entry-names.js';
import { entryView, HistoryEntryView } from './history-entry.view.js';

class HistoryQuery extends Paged(MomentQuery) {}

class HistoryPage extends PageOf(HistoryEntryView, 'The events, in the order of the record') {
  @DayField({ description: 'The day up to which what it speaks of counts. Left out, all does', optional: true })
  asOf?: string;
  @InstantField({ description: 'The instant up to which what was recorded counts. Left out, all does', optional: true })
  knownAt?: string;
  @DayField({ description: 'The day up to which what was said counts. Left out, all does', optional: true })
  saidBy?: string;
}

@ApiTags('Audit')
@ApiBearerAuth()
@Controller('items/:itemId/history')
export class ItemHistoryController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(PlanHistories) private readonly histories: PlanHistories,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(EntryNames) private readonly names: EntryNames,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Tell everything that happened to an item' })
  @ApiResponse({ status: 200, type: HistoryPage, description: 'A page of its history' })
  @ApiProblems(400, 401, 404, 503)
  async listItemHistory(
    @PathId('itemId') itemId: string,
    @Query() query: HistoryQuery,
    @Requester() { tenant }: Principal,
  ): Promise<HistoryPage> {
    const { limit, offset } = query;
    const moment = momentOf(query);
    const history = await this.histories.ofItem(tenant, itemId, moment, { limit, offset });
    if (!history) throw new NotFound('item', itemId);
    const decisions = await Decisions.of(this.readModels, tenant, history.entries, moment);
    const entries = history.entries.map((entry) => ({ ...entry, ...decisions.behind(entry) }));
    const { scale } = await this.reader.plan(tenant, history.planId);
    const names = await this.names.of(tenant, entries, this.moments.of(query), {
      scales: scale ? [scale.scaleId] : [],
    });
    const items = entries.map((entry) => entryView(entry, names));
    return { items, total: history.total, limit, offset, ...moment };
  }
}
