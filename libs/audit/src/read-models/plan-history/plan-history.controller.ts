import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AnyTextField,
  ApiProblems,
  ChoiceField,
  DayField,
  IdField,
  instantOf,
  MomentField,
  Moments,
  ObjectField,
  PageOf,
  PageQuery,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { indicatorSeries } from '#indicators';
import { MalformedInput, say } from '#kernel';
import { Decisions } from '#organisation';
import { ItemReader, labelOf } from '#planning';
import type { PlanDocument } from '#planning';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import type { Directory } from '#reading';
import { EntryNames } from '../../item-history/entry-names.js';
import { entryView, HistoryEntryView, inWords, withProvenance } from '../../item-history/history-entry.view.js';
import { describeRecord } from './describe-record.js';
import { PlanHistories } from './plan-history.reader.js';
import type { ChangeOfPlan } from './plan-history.reader.js';
import type { RecordEntry } from './record-entry.js';

class ChangesQuery extends PageQuery {
  @MomentField({ description: 'After this instant; a day means its end', example: '2025-03-31' })
  from!: string;

  @MomentField({ description: 'Up to this instant; a day means its end', example: '2025-08-31' })
  to!: string;

  @DayField({ description: 'Only what had been said in the world by that day', example: '2025-05-01', optional: true })
  saidBy?: string;
}

class SubjectView {
  @ChoiceField({
    of: ['plan', 'item', 'indicator', 'round', 'decision', 'load'],
    description: 'What sort of thing was changed',
  })
  category!: string;
  @IdField({ description: 'Which one' })
  id!: string;
  @AnyTextField({ example: 'Uppdrag 34', description: 'What it is called now' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording now; the label again for what has none' })
  title!: string;
}

class ChangeView extends HistoryEntryView {
  @ObjectField(() => SubjectView, { description: 'What was changed' })
  subject!: SubjectView;
}

class ChangesPage extends PageOf(ChangeView, 'The changes, in the order of the record') {
  @DayField({ description: 'The day up to which what was said counts. Left out, all does', optional: true })
  saidBy?: string;
}

@ApiTags('Audit')
@ApiBearerAuth()
@Controller('plans/:planId/changes')
export class PlanChangesController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(PlanHistories) private readonly histories: PlanHistories,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(EntryNames) private readonly names: EntryNames,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Tell what changed in a plan between two instants',
    description:
      'What was recorded after the first and up to the second: of the plan itself, its items, indicators and rounds.',
  })
  @ApiResponse({ status: 200, type: ChangesPage, description: 'A page of changes' })
  @ApiProblems(400, 401, 404, 503)
  async listPlanChanges(
    @PathId('planId') planId: string,
    @Query() query: ChangesQuery,
    @Requester() { tenant }: Principal,
  ): Promise<ChangesPage> {
    const window = windowOf(query);
    const today = this.moments.of({});
    const plan = await this.reader.planNames(tenant, planId, today);
    const { limit, offset, saidBy } = query;
    const found = await this.histories.ofPlan(tenant, planId, window, { limit, offset }, saidBy);
    const { total } = found;
    const entries = found.changes.map(({ entry }) => entry);
    const decisions = await Decisions.of(this.readModels, tenant, entries);
    const changes = found.changes.map(
      (change) => ({ ...change, entry: { ...change.entry, ...decisions.behind(change.entry) } }) as ChangeOfPlan,
    );
    const names = await this.names.of(
      tenant,
      changes.map(({ entry }) => entry),
      today,
      {
        rounds: changes.filter(({ category }) => category === 'round').map(({ id }) => id),
        scales: plan.scale ? [plan.scale.scaleId] : [],
      },
    );
    const { directory } = names;
    const items = await this.#namesOf(changes, plan, directory, today);
    const page = changes.map((change) => ({
      subject: {
        category: change.category,
        id: change.id,
        ...(items.get(change.id) ?? { label: change.id, title: change.id }),
      },
      ...(change.category === 'item' ? entryView(change.entry, names) : recordView(change.entry, directory)),
    }));
    return { items: page, total, limit, offset, ...(saidBy !== undefined && { saidBy }) };
  }

  /** What the things are called now that were changed. */
  async #namesOf(
    changes: readonly ChangeOfPlan[],
    plan: PlanDocument,
    directory: Directory,
    today: MomentOfDay,
  ): Promise<ReadonlyMap<string, { readonly label: string; readonly title: string }>> {
    const idsOf = (category: ChangeOfPlan['category']) => [
      ...new Set(changes.filter((change) => change.category === category).map(({ id }) => id)),
    ];
    const items = await this.reader.named(idsOf('item'), today);
    const indicators = await this.readModels.getMany(indicatorSeries, idsOf('indicator'));
    return new Map([
      [plan._id, { label: plan.title, title: plan.title }],
      ...items.map((item) => [item._id, { label: labelOf(item, plan), title: item.title.value }] as const),
      ...indicators.map(({ _id, name }) => [_id, { label: name, title: name }] as const),
      ...idsOf('load').map((id) => [id, { label: 'Inläsning', title: 'Inläsning' }] as const),
      ...idsOf('decision').map((id) => [id, { label: 'Beslut', title: 'Beslut' }] as const),
      ...idsOf('round').map((id) => {
        const label = directory.round(id)?.label ?? id;
        return [id, { label, title: label }] as const;
      }),
    ]);
  }
}

function recordView(entry: RecordEntry, directory: Directory): HistoryEntryView {
  return {
    summary: withProvenance(describeRecord(entry, directory), entry),
    ...entry,
    ...inWords(entry, directory),
  };
}

/** @throws MalformedInput where the ends are the wrong way round */
function windowOf({ from, to }: ChangesQuery): [from: string, to: string] {
  const [start, end] = [instantOf(from), instantOf(to)];
  if (end < start) throw new MalformedInput([{ field: 'to', said: beforeFrom() }]);
  return [start, end];
}

const beforeFrom = say('must not be before from', 'får inte vara före from', 'before-from');
