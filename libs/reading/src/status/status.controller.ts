import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AbortOnDisconnect,
  AnyTextField,
  ApiProblems,
  ChoiceField,
  CodeField,
  CostlyWork,
  FormalDecisionFields,
  IdField,
  IntegerField,
  momentOf,
  MomentQuery,
  ObjectField,
  ObjectsField,
  Paged,
  PageOf,
  PageQuery,
  PathId,
  Requester,
  TextField,
  ValueField,
} from '#http-api';
import type { Principal } from '#http-api';
import { kind } from '#kernel';
import { groupsOf } from '#organisation';
import {
  ItemReader,
  namedBy,
  planDirectory,
  PlanDocumentFields,
  PlanItemKind,
  PlanOccasion,
  PlanOwner,
  PlanValidity,
  RevisionReader,
  RevisionUnderWay,
  revisionUnderWayField,
  ScaleVersion,
} from '#planning';
import type { PlanDocument } from '#planning';
import { isNow, ReadModels } from '#projecting';
import type { Moment } from '#projecting';
import { Directory } from '../directory.js';
import { overviewOf, PlanOverview } from '../overview/overview.js';
import { ItemView } from './item.view.js';
import { ShownItems } from './shown-items.js';

const lifecycles = ['active', 'retained', 'completed', 'discontinued'] as const;

class PlansQuery extends PageQuery {
  @CodeField({ description: 'Only the plan that files name so', example: 'amn-verksamhetsplan-2025', optional: true })
  key?: string;
}

class ItemsQuery extends Paged(MomentQuery) {
  @CodeField({ description: 'Only items of this kind', example: 'uppdrag', optional: true })
  kind?: string;

  @ValueField(kind.itemNumber, { description: 'Only items with this number', optional: true })
  number?: string;

  @CodeField({
    description: 'Only items with this level; not-assessed for those without one',
    example: 'delayed',
    optional: true,
  })
  level?: string;

  @IdField({ description: 'Only items that concern this body, or that it answers for', optional: true })
  bodyId?: string;

  @IdField({ description: 'Only items directly under this one', optional: true })
  parentId?: string;

  @ChoiceField({ description: 'Only items in this state', of: lifecycles, optional: true })
  lifecycle?: (typeof lifecycles)[number];

  @TextField({ description: 'Only items whose wording holds this text', max: 200, optional: true })
  text?: string;
}

const decided = ['adoption', 'amendment'] as const;

class PlanDecisionView extends FormalDecisionFields {
  @ChoiceField({ of: decided, description: 'What was decided' })
  about!: (typeof decided)[number];
}

class PlanView {
  @IdField({ description: 'The plan' })
  id!: string;
  @CodeField({ example: 'amn-verksamhetsplan-2025', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Verksamhetsplan och budget 2025', description: 'Its title' })
  title!: string;
  @ObjectField(() => PlanOwner, { description: 'The body that owns it, and the role that answers for it' })
  owner!: PlanOwner;
  @ObjectField(() => PlanValidity, { description: 'When it holds' })
  validity!: PlanValidity;
  @ObjectField(() => ScaleVersion, { description: 'The scale that its items are assessed on' })
  scale!: ScaleVersion;
  @ObjectsField(() => PlanItemKind, { description: 'The kinds of item' })
  kinds!: readonly PlanItemKind[];
  @ObjectsField(() => PlanDocumentFields, { description: 'The governing documents (styrdokument)' })
  documents!: readonly PlanDocumentFields[];
  @ObjectsField(() => PlanOccasion, { description: 'The rounds that it foresees' })
  calendar!: readonly PlanOccasion[];
  @ObjectsField(() => PlanDecisionView, { description: 'The decisions that adopted and amended it' })
  decisions!: readonly PlanDecisionView[];
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
  @IntegerField({ min: 0, example: 0, description: 'The revision of its stream' })
  revision!: number;
}

class PlanPage extends PageOf(PlanView, 'The plans, sorted by title') {}

class ItemPage extends PageOf(ItemView, 'The items, by kind, number and title') {
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
}

class ItemDetail extends ItemView {
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
}

class PlanOverviewNow extends PlanOverview {
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
}

@ApiTags('Status')
@ApiBearerAuth()
@Controller()
export class StatusController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(RevisionReader) private readonly revisions: RevisionReader,
    @Inject(ShownItems) private readonly shown: ShownItems,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
  ) {}

  @Get('plans')
  @ApiOperation({ summary: 'List the plans' })
  @ApiResponse({ status: 200, type: PlanPage, description: 'A page of plans' })
  @ApiProblems(400, 401, 503)
  async listPlans(@Query() { key, limit, offset }: PlansQuery, @Requester() { tenant }: Principal): Promise<PlanPage> {
    const filter = { tenant, ...(key && { key }) };
    const found = await this.readModels.find(planDirectory, filter, { sort: { sortKey: 1 }, skip: offset, limit });
    const views = await Promise.all(found.map(async (plan) => planView(plan, await this.#revisionOf(plan, {}))));
    return { items: views, total: await this.readModels.count(planDirectory, filter), limit, offset };
  }

  @Get('plans/:planId')
  @ApiOperation({ summary: 'Show a plan, now or at any moment' })
  @ApiResponse({ status: 200, type: PlanView, description: 'The plan' })
  @ApiProblems(400, 401, 404, 503)
  async getPlan(
    @PathId('planId') planId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanView> {
    const plan = await this.reader.plan(tenant, planId, momentOf(query));
    void reply.header('ETag', `"${plan.revision}"`);
    return planView(plan, await this.#revisionOf(plan, momentOf(query)));
  }

  @Get('plans/:planId/overview')
  @ApiOperation({ summary: 'Count how a plan stands, now or at any moment' })
  @ApiResponse({ status: 200, type: PlanOverviewNow, description: 'The counts' })
  @ApiProblems(400, 401, 404, 503)
  async getPlanOverview(
    @PathId('planId') planId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<PlanOverviewNow> {
    const moment = momentOf(query);
    const plan = await this.reader.planNames(tenant, planId, moment);
    const items = await this.#inTurn(tenant, moment, signal, () => this.reader.items(plan, moment));
    const named = { ...namedBy(items), scales: [plan.scale.scaleId] };
    const overview = overviewOf(plan, items, await Directory.of(this.readModels, tenant, moment, named));
    return { ...overview, ...(await this.#revisionOf(plan, moment)) };
  }

  @Get('plans/:planId/items')
  @ApiOperation({ summary: 'List the items of a plan with their status, now or at any moment' })
  @ApiResponse({ status: 200, type: ItemPage, description: 'A page of items' })
  @ApiProblems(400, 401, 404, 503)
  async listItems(
    @PathId('planId') planId: string,
    @Query() query: ItemsQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<ItemPage> {
    const moment = momentOf(query);
    const plan = await this.reader.planNames(tenant, planId, moment);
    const { bodyId, limit, offset } = query;
    const bodies = bodyId && [bodyId, ...(await groupsOf(this.readModels, { bodyId, tenant }, moment))];
    const { items, total } = await this.#inTurn(tenant, moment, signal, () =>
      this.reader.page(plan, { ...query, ...(bodies && { bodies }) }, query, moment),
    );
    const underWay = await this.#revisionOf(plan, moment);
    return { items: await this.shown.viewsOf(items, plan, moment), total, limit, offset, ...underWay };
  }

  @Get('items/:itemId')
  @ApiOperation({ summary: 'Show an item with its status, now or at any moment' })
  @ApiResponse({ status: 200, type: ItemDetail, description: 'The item' })
  @ApiProblems(400, 401, 404, 503)
  async getItem(
    @PathId('itemId') itemId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemDetail> {
    const moment = momentOf(query);
    const item = await this.reader.item(tenant, itemId, moment);
    void reply.header('ETag', `"${item.revision}"`);
    const plan = await this.reader.planNames(tenant, item.planId, moment);
    const [view] = await this.shown.views([item], plan, moment);
    return { ...view!, ...(await this.#revisionOf(plan, moment)) };
  }

  /** What is under way in a plan, as a part of what is told of now. */
  async #revisionOf(plan: PlanDocument, moment: Moment): Promise<Pick<PlanView, 'revisionUnderWay'>> {
    const revisionUnderWay = isNow(moment) ? await this.revisions.underWay(plan) : undefined;
    return { ...(revisionUnderWay && { revisionUnderWay }) };
  }

  /** Of another moment than now every item of the plan is looked at, which takes its turn. */
  #inTurn<Answer>(tenant: string, moment: Moment, signal: AbortSignal, read: () => Promise<Answer>): Promise<Answer> {
    return isNow(moment) ? read() : this.costly.replays.run(tenant, signal, read);
  }
}

function planView(document: PlanDocument, underWay: Pick<PlanView, 'revisionUnderWay'>): PlanView {
  const { _id, revisionUnderWay: _revision, since: _since, sortKey: _key, tenant: _tenant, ...plan } = document;
  return { id: _id, ...plan, ...underWay };
}
