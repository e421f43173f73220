import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Directory, ItemReader, labelOf } from '#follow-up';
import { ApiProblems, Asker, instantOf, MomentField, PageQuery, PathId } from '#http-api';
import type { Page, Principal } from '#http-api';
import { MalformedInput } from '#kernel';
import { ReadModels } from '#projecting';
import { entryView, HistoryEntryView } from '../item-history/item-history.controller.js';
import { ItemHistories } from '../item-history/item-histories.js';

class ChangesQuery extends PageQuery {
  @MomentField({ description: 'After this instant; a day means its end', example: '2025-03-31' })
  from!: string;

  @MomentField({ description: 'Up to this instant; a day means its end', example: '2025-08-31' })
  to!: string;
}

class ItemChangeView extends HistoryEntryView {
  @ApiProperty({ format: 'uuid', description: 'The item' })
  itemId!: string;
  @ApiProperty({ example: 'Uppdrag 34', description: 'Its kind and number now' })
  label!: string;
  @ApiProperty({ example: 'Fler i arbete', description: 'Its wording now' })
  title!: string;
}

class ChangesPage implements Page<ItemChangeView> {
  @ApiProperty({ type: [ItemChangeView], description: 'The changes, in the order of the record' })
  items!: ItemChangeView[];
  @ApiProperty({ type: 'integer', example: 31, description: 'How many there are in all' })
  total!: number;
  @ApiProperty({ type: 'integer', example: 20, description: 'At most so many are told' })
  limit!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'After so many' })
  offset!: number;
}

@ApiTags('Audit')
@ApiBearerAuth()
@Controller('plans/:planId/changes')
export class PlanChangesController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemHistories) private readonly histories: ItemHistories,
    @Inject(ItemReader) private readonly reader: ItemReader,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Tell what changed in a plan between two instants',
    description: 'What was recorded after the first and up to the second.',
  })
  @ApiResponse({ status: 200, type: ChangesPage, description: 'A page of changes' })
  @ApiProblems(400, 401, 404, 503)
  async changes(
    @PathId('planId') planId: string,
    @Query() query: ChangesQuery,
    @Asker() { tenant }: Principal,
  ): Promise<ChangesPage> {
    const window = windowOf(query);
    const plan = await this.reader.plan(tenant, planId);
    const items = new Map((await this.reader.items(plan, {})).map((item) => [item._id, item]));
    const directory = await Directory.of(this.readModels, tenant, {});
    const { limit, offset } = query;
    const { changes, total } = await this.histories.ofPlan(tenant, planId, window, { limit, offset });
    const page = changes.map(({ entry, itemId }) => {
      const item = items.get(itemId);
      return {
        itemId,
        label: item ? labelOf(item, plan) : itemId,
        title: item?.title.value ?? '',
        ...entryView(entry, directory, directory.levels(plan.scale)),
      };
    });
    return { items: page, total, limit, offset };
  }
}

/** @throws MalformedInput where the ends are the wrong way round */
function windowOf({ from, to }: ChangesQuery): [from: string, to: string] {
  const [start, end] = [instantOf(from), instantOf(to)];
  if (end < start) throw new MalformedInput([{ field: 'to', message: 'must not be before from' }]);
  return [start, end];
}
