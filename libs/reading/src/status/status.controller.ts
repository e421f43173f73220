import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AbortOnDisconnect,
  AnyTextField,
  ApiProblems,
  asksMoment,
  BooleanField,
  ChoiceField,
  CodeField,
  CostlyWork,
  FormalDecisionFields,
  IdField,
  IntegerField,
  Matched,
  matchOf,
  momentOf,
  Moments,
  MomentQuery,
  ObjectField,
  ObjectsField,
  OfMoment,
  Paged,
  PageOf,
  PathId,
  Requester,
  Searched,
  ValueField,
} from '#http-api';
import type { Principal } from '#http-api';
import { kind } from '#kernel';
import {
  CancelledView,
  Decisions,
  groupsOf,
  ReorganisationReader,
  ReorganisationUnderWay,
  reorganisationUnderWayField,
} from '#organisation';
import type { Cancelled } from '#organisation';
import {
  ItemReader,
  LineageReader,
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
import { ReadModels } from '#projecting';
import { DifferingReader } from '#rounds';
import { Directory } from '../directory.js';
import { overviewOf, PlanOverview } from '../overview/overview.js';
import { ItemView } from './item.view.js';
import { ShownItems } from './shown-items.js';

const lifecycles = ['active', 'retained', 'completed', 'discontinued'] as const;

class PlansQuery extends Paged(MomentQuery) {
  @CodeField({ description: 'Only the plan that files name so', example: 'amn-verksamhetsplan-2025', optional: true })
  key?: string;
}

class ItemsQuery extends Paged(Searched(MomentQuery, 'Only items whose wording holds this text')) {
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

  @IdField({
    description:
      'Only items that this round assesses and bodies give different levels in it; those of other scales are not compared',
    optional: true,
  })
  differsIn?: string;

  @IdField({ description: 'Only items that succeed this one, of this plan or another', optional: true })
  successorOf?: string;

  @IdField({ description: 'Only items that this one succeeds, of this plan or another', optional: true })
  predecessorOf?: string;

  @BooleanField({
    description: 'Only items that succeed another one; with `false`, only those that succeed none',
    example: true,
    optional: true,
  })
  hasPredecessor?: boolean;

  @BooleanField({
    description: 'Only items that another one succeeds; with `false`, only those that none does',
    example: true,
    optional: true,
  })
  hasSuccessor?: boolean;
}

const decided = ['adoption', 'amendment'] as const;

class PlanDecisionView extends FormalDecisionFields {
  @ChoiceField({ of: decided, description: 'What was decided' })
  about!: (typeof decided)[number];
  @IdField({ description: 'The event that it was recorded with, by which it is corrected' })
  eventId!: string;
  @BooleanField({ description: 'That it was recorded otherwise, as the answer about it tells', optional: true })
  decisionCorrected?: boolean;
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
  @ObjectField(() => ScaleVersion, {
    description: 'The scale that its items are assessed on; left out where it names none',
    optional: true,
  })
  scale?: ScaleVersion;
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
  @ObjectField(() => ReorganisationUnderWay, reorganisationUnderWayField)
  reorganisationUnderWay?: ReorganisationUnderWay;
  @ObjectField(() => CancelledView, {
    description: 'That it was adopted by mistake: it is in no list then, and is shown as it was',
    optional: true,
  })
  cancelled?: Cancelled;
  @IntegerField({ min: 0, example: 0, description: 'The revision of its stream' })
  revision!: number;
}

type UnderWay = Pick<PlanView, 'revisionUnderWay' | 'reorganisationUnderWay'>;

class PlanAnswer extends OfMoment(PlanView) {}

class PlanPage extends OfMoment(PageOf(PlanView, 'The plans, sorted by title')) {}

class ItemPage extends OfMoment(Matched(PageOf(ItemView, 'The items, by kind, number and title'))) {
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
  @ObjectField(() => ReorganisationUnderWay, reorganisationUnderWayField)
  reorganisationUnderWay?: ReorganisationUnderWay;
}

class ItemDetail extends OfMoment(ItemView) {
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
  @ObjectField(() => ReorganisationUnderWay, reorganisationUnderWayField)
  reorganisationUnderWay?: ReorganisationUnderWay;
}

class PlanOverviewNow extends OfMoment(PlanOverview) {
  @ObjectField(() => RevisionUnderWay, revisionUnderWayField)
  revisionUnderWay?: RevisionUnderWay;
  @ObjectField(() => ReorganisationUnderWay, reorganisationUnderWayField)
  reorganisationUnderWay?: ReorganisationUnderWay;
}

@ApiTags('Status')
@ApiBearerAuth()
@Controller()
export class StatusController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(LineageReader) private readonly lineage: LineageReader,
    @Inject(RevisionReader) private readonly revisions: RevisionReader,
    @Inject(DifferingReader) private readonly differing: DifferingReader,
    @Inject(ReorganisationReader) private readonly reorganisations: ReorganisationReader,
    @Inject(ShownItems) private readonly shown: ShownItems,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('plans')
  @ApiOperation({ summary: 'List the plans' })
  @ApiResponse({ status: 200, type: PlanPage, description: 'A page of plans' })
  @ApiProblems(400, 401, 503)
  async listPlans(@Query() query: PlansQuery, @Requester() { tenant }: Principal): Promise<PlanPage> {
    const { key, limit, offset } = query;
    const moment = this.moments.of(query);
    const { items, total } = await this.reader.plans({ tenant, ...(key && { key }) }, { limit, offset }, moment);
    const decisions = await this.#decisionsOf(items, tenant, query);
    const views = await Promise.all(
      items.map(async (plan) => planView(plan, decisions, await this.#underWay(plan, query))),
    );
    return { items: views, total, limit, offset, ...moment };
  }

  @Get('plans/:planId')
  @ApiOperation({ summary: 'Show a plan, now or at any moment' })
  @ApiResponse({ status: 200, type: PlanAnswer, description: 'The plan' })
  @ApiProblems(400, 401, 404, 503)
  async getPlan(
    @PathId('planId') planId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanAnswer> {
    const moment = this.moments.of(query);
    const plan = await this.reader.plan(tenant, planId, moment);
    void reply.header('ETag', `"${plan.revision}"`);
    const decisions = await this.#decisionsOf([plan], tenant, query);
    return { ...planView(plan, decisions, await this.#underWay(plan, query)), ...moment };
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
    const moment = this.moments.of(query);
    const plan = await this.reader.planNames(tenant, planId, moment);
    const items = await this.#inTurn(tenant, query, signal, () => this.reader.items(plan, moment));
    const named = { ...namedBy(items), scales: plan.scale ? [plan.scale.scaleId] : [] };
    const overview = overviewOf(plan, items, await Directory.of(this.readModels, tenant, moment, named));
    return { ...overview, ...(await this.#underWay(plan, query)), ...moment };
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
    const moment = this.moments.of(query);
    const plan = await this.reader.planNames(tenant, planId, moment);
    const { bodyId, differsIn, limit, offset } = query;
    const bodies = bodyId && [bodyId, ...(await groupsOf(this.readModels, { bodyId, tenant }, moment))];
    const { items, total } = await this.#inTurn(tenant, query, signal, async () => {
      const [differing, { ids, notIds }] = await Promise.all([
        differsIn === undefined ? undefined : this.differing.itemsIn(plan, differsIn, asksMoment(query) ? moment : {}),
        this.lineage.narrowing({ tenant, planId }, query, moment),
      ]);
      const among =
        differing && ids ? new Set(ids.filter((id) => differing.has(id))) : (differing ?? (ids && new Set(ids)));
      const narrowing = { ...(bodies && { bodies }), ...(among && { among }), ...(notIds && { notIds }) };
      return this.reader.page(plan, { ...query, ...narrowing }, query, moment);
    });
    const told = { ...matchOf(query), ...(await this.#underWay(plan, query)) };
    return { items: await this.shown.viewsOf(items, plan, moment), total, limit, offset, ...told, ...moment };
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
    const moment = this.moments.of(query);
    const item = asksMoment(query)
      ? await this.reader.itemOfLog(tenant, itemId, moment)
      : await this.reader.item(tenant, itemId, moment);
    void reply.header('ETag', `"${item.revision}"`);
    const plan = await this.reader.planNames(tenant, item.planId, moment);
    const coming = this.moments.isAhead(moment) ? await this.reader.coming([item], moment) : undefined;
    const [view] = await this.shown.views([item], plan, moment, coming);
    return { ...view!, ...(await this.#underWay(plan, query)), ...moment };
  }

  #decisionsOf(plans: readonly PlanDocument[], tenant: string, query: MomentQuery): Promise<Decisions> {
    const events = plans.flatMap(({ decisions }) => decisions);
    return Decisions.of(this.readModels, tenant, events, momentOf(query));
  }

  /** What is under way in a plan and its organisation, whatever day it speaks of: told where no moment is asked for. */
  async #underWay({ _id, tenant }: PlanDocument, query: MomentQuery): Promise<UnderWay> {
    if (asksMoment(query)) return {};
    const plan = await this.readModels.get(planDirectory, _id);
    const revisionUnderWay = plan && (await this.revisions.underWay(plan));
    const reorganisationUnderWay = await this.reorganisations.underWay(tenant);
    return { ...(revisionUnderWay && { revisionUnderWay }), ...(reorganisationUnderWay && { reorganisationUnderWay }) };
  }

  /** Of another moment than today every item of the plan may be looked at, which takes its turn. */
  #inTurn<Answer>(
    tenant: string,
    query: MomentQuery,
    signal: AbortSignal,
    read: () => Promise<Answer>,
  ): Promise<Answer> {
    return asksMoment(query) ? this.costly.replays.run(tenant, signal, read) : read();
  }
}

function planView(document: PlanDocument, corrected: Decisions, underWay: UnderWay): PlanView {
  const { _id, adoptedOn: _adopted, known: _known, until: _until, ...told } = document;
  const { revisionUnderWay: _revision, since: _since, sortKey: _key, tenant: _tenant, ...plan } = told;
  const decisions = plan.decisions.map(({ about, eventId, ...decision }) => {
    const { decision: behind, ...told } = corrected.behind({ eventId, decision });
    return { about, eventId, ...behind!, ...told };
  });
  return { id: _id, ...plan, decisions, ...underWay };
}
