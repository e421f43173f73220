import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ActorView,
  AnyTextField,
  ApiProblems,
  BooleanField,
  CodesField,
  DayField,
  FormalDecisionFields,
  IdField,
  InstantField,
  IntegerField,
  momentOf,
  MomentQuery,
  Moments,
  ObjectField,
  Paged,
  PageOf,
  PathId,
  ProvenanceView,
  RecordField,
  Requester,
  ValueField,
} from '#http-api';
import type { Principal } from '#http-api';
import { kind, NotFound } from '#kernel';
import type { FormalDecision, Provenance } from '#kernel';
import { Decisions } from '#organisation';
import { ItemReader, Names, RevisionReader, wordsOf } from '#planning';
import type { RevisionDocument } from '#planning';
import { ReadModels } from '#projecting';
import { PlanHistories } from '../read-models/plan-history/plan-history.reader.js';
import type { RecordEntry } from '../read-models/plan-history/record-entry.js';
import type { HistoryEntry } from './history-entry.js';

class HistoryQuery extends Paged(MomentQuery) {}

export class HistoryEntryView extends ProvenanceView {
  @AnyTextField({
    example: 'Arbetsmarknadsnämnden ändrade bedömningen från Grön till Gul',
    description: 'What happened, in words',
  })
  summary!: string;
  @AnyTextField({ example: 'ItemAssessed', description: 'The type of the event' })
  type!: string;
  @InstantField({ description: 'When the log learnt it' })
  recordedAt!: string;
  @DayField({ example: '2025-04-08', description: 'The day that it speaks of' })
  effectiveOn!: string;
  @IdField({ description: 'The event that it corrects or takes back, of whose day it speaks', optional: true })
  corrects?: string;
  @IdField({
    description: 'The event that took its place before it took effect: it never came into force',
    optional: true,
  })
  overtakenBy?: string;
  @ObjectField(() => ActorView, { description: 'Who acted: an id, a role and a body' })
  actor!: ActorView;
  @AnyTextField({ example: 'Arbetsmarknadsnämnden', description: 'The name of the body that acted', optional: true })
  actorBody?: string;
  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision', optional: true })
  decision?: FormalDecisionFields;
  @BooleanField({
    description: 'That it was recorded otherwise, as the answer about the decision tells',
    optional: true,
  })
  decisionCorrected?: boolean;
  @CodesField({
    description: 'The rules by which it looked like a mistake, and was confirmed to be meant',
    example: ['decision-made'],
    optional: true,
  })
  confirmed?: readonly string[];
  @RecordField({ example: { reason: 'Rättat' }, description: 'What it speaks of: the round, the body, the reason' })
  about!: object;
  @RecordField({ example: { level: 'on-track' }, description: 'What was in force before it took effect' })
  before!: object;
  @RecordField({ example: { level: 'delayed' }, description: 'What it says since' })
  after!: object;
  @IntegerField({ min: 0, example: 4, description: 'Its place in the stream' })
  revision!: number;
  @ValueField(kind.position, { example: '00000000000000000412', description: 'Its place in the log' })
  position!: string;
  @IdField({ description: 'The event' })
  eventId!: string;
  @IdField({ description: 'The command that led to it' })
  commandId!: string;
  @IdField({ description: 'The event or command that led to that, where one did', optional: true })
  causedBy?: string;
  @IdField({ description: 'The revision of many items that it is a part of', optional: true })
  revisionId?: string;
}

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
    @Inject(RevisionReader) private readonly revisions: RevisionReader,
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
    const { scale } = await this.reader.plan(tenant, history.planId);
    const scales = [...(scale ? [scale.scaleId] : []), ...history.entries.flatMap(scalesIn)];
    const named = { bodies: history.entries.flatMap(bodiesIn), scales };
    const names = await Names.of(this.readModels, tenant, this.moments.of(query), named);
    const revisions = await this.revisions.decidedBy(
      tenant,
      history.entries.flatMap(({ causedBy }) => causedBy ?? []),
    );
    const decisions = await Decisions.of(this.readModels, tenant, history.entries, moment);
    const items = history.entries.map((entry) => entryView({ ...entry, ...decisions.behind(entry) }, names, revisions));
    return { items, total: history.total, limit, offset, ...moment };
  }
}

/** The bodies that an entry names. */
export function bodiesIn({
  about,
  actor,
  after,
}: Pick<HistoryEntry | RecordEntry, 'about' | 'actor' | 'after'>): string[] {
  const { bodyId } = about;
  const decided = after['decided'] as FormalDecision | undefined;
  return [bodyId, decided?.bodyId, actor.body].filter((id) => typeof id === 'string');
}

type Scale = Parameters<Names['levels']>[0];

/** The scales that an entry about an assessment names. */
export function scalesIn({
  about,
  after,
  before,
}: Pick<HistoryEntry | RecordEntry, 'about' | 'after' | 'before'>): string[] {
  if (about['assessmentId'] === undefined) return [];
  return [after, before].flatMap(({ scale }) => (scale as Scale | undefined)?.scaleId ?? []);
}

const correcting: readonly HistoryEntry['type'][] = [
  'AssessmentCorrected',
  'AssessmentWithdrawn',
  'AssessmentReinstated',
  'ItemRevisionRetracted',
  'ItemCancelled',
];

/** Whether an event takes the place of one of its own type; others that name one say themselves what becomes of it. */
const isCorrection = ({ corrects, type }: HistoryEntry): boolean =>
  corrects !== undefined && !correcting.includes(type);

/** An entry with its words. @param revisions by the events that decided them, at least those that led to the entry */
export function entryView(
  entry: HistoryEntry,
  names: Names,
  revisions: ReadonlyMap<string, RevisionDocument>,
): HistoryEntryView {
  const revision = entry.causedBy === undefined ? undefined : revisions.get(entry.causedBy);
  const { body } = entry.actor;
  const told = {
    body: (id: string) => names.body(id).name,
    level: (code: unknown, scale: unknown) =>
      typeof code === 'string' ? names.levelLabel(code, scale as Scale | undefined) : '–',
  };
  const correction = isCorrection(entry) ? 'Rättelse: ' : '';
  const overtaken = entry.overtakenBy === undefined ? '' : ' (ersattes innan det trädde i kraft)';
  const words = `${correction}${wordsOf(entry.type, entry, told)}${overtaken}${revision ? partOf(revision) : ''}`;
  return {
    summary: withProvenance(words, entry),
    ...entry,
    ...(revision && { revisionId: revision._id }),
    ...(body && { actorBody: names.body(body).name }),
  };
}

/**
 * Words that say where what they tell comes from: `Påhittat: … `, `… (sagt 2024-04-08 av ordföranden, enligt Protokoll)`,
 * `… (slutsats: dagen står på omslaget)`, `… (anmärkning: tryckt utan nummer)`.
 */
export function withProvenance(words: string, { attested, inferred = [], invented, note }: Provenance): string {
  const proof = attested?.evidence.map(({ reference, title }) => (reference ? `${title} (${reference})` : title));
  const said = attested && proof ? ` (sagt ${attested.on} av ${attested.role}, enligt ${proof.join(', ')})` : '';
  const grounds = inferred.map(({ fact, ground }) => (fact === undefined ? ground : `${fact}: ${ground}`));
  const read = grounds.length > 0 ? ` (slutsats: ${grounds.join('; ')})` : '';
  return `${invented ? 'Påhittat: ' : ''}${words}${said}${read}${note === undefined ? '' : ` (anmärkning: ${note})`}`;
}

/** Such as ` (del av revideringen ”Inför 2026” av 6 uppdrag)`. */
function partOf({ comment, steps }: RevisionDocument): string {
  const items = new Set(steps.map(({ itemId }) => itemId)).size;
  return ` (del av revideringen${comment === undefined ? '' : ` ”${comment}”`} av ${items} uppdrag)`;
}
