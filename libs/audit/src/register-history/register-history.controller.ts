import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ActorView,
  AnyTextField,
  ApiProblems,
  BooleanField,
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
  pageOf,
  PathId,
  ProvenanceView,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { NotFound, provenanceOf, streamName } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { Decisions } from '#organisation';
import type { BodyEvent, GroupEvent } from '#organisation';
import { Names } from '#planning';
import { isWithin, ReadModels, Replay } from '#projecting';
import { withProvenance } from '../item-history/history-entry.view.js';
import { describeOrganisation } from './describe-organisation.js';

class RegisterHistoryQuery extends Paged(MomentQuery) {}

class RegisterEntryView extends ProvenanceView {
  @IdField({ description: 'The event, by which it is corrected or taken back' })
  eventId!: string;
  @AnyTextField({ example: 'BodyRenamed', description: 'The type of the event' })
  type!: string;
  @AnyTextField({ example: 'Fick namnet ”Omsorgsnämnden”', description: 'What happened, in words' })
  summary!: string;
  @InstantField({ description: 'When the log learnt it' })
  recordedAt!: string;
  @DayField({ example: '2025-04-08', description: 'The day that it speaks of' })
  effectiveOn!: string;
  @IdField({ description: 'The event that it corrects or takes back', optional: true })
  corrects?: string;
  @ObjectField(() => ActorView, { description: 'Who acted: an id, a role and a body' })
  actor!: ActorView;
  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision', optional: true })
  decision?: FormalDecisionFields;
  @BooleanField({
    description: 'That it was recorded otherwise, as the answer about the decision tells',
    optional: true,
  })
  decisionCorrected?: boolean;
  @IntegerField({ min: 0, example: 4, description: 'Its place in the stream' })
  revision!: number;
}

class RegisterHistoryPage extends PageOf(RegisterEntryView, 'The events, in the order of the record') {}

type Recorded = RecordedEvent<BodyEvent | GroupEvent>;

/** What was recorded of bodies and groups, with what was corrected and taken back, straight from the log. */
@ApiTags('Audit')
@ApiBearerAuth()
@Controller()
export class RegisterHistoryController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get('bodies/:bodyId/history')
  @ApiOperation({ summary: 'Tell everything that was recorded of a body' })
  @ApiResponse({ status: 200, type: RegisterHistoryPage, description: 'A page of its history' })
  @ApiProblems(400, 401, 404, 503)
  listBodyHistory(
    @PathId('bodyId') id: string,
    @Query() query: RegisterHistoryQuery,
    @Requester() { tenant }: Principal,
  ): Promise<RegisterHistoryPage> {
    return this.#page({ tenant, category: 'body', id }, query);
  }

  @Get('groups/:groupId/history')
  @ApiOperation({ summary: 'Tell everything that was recorded of a group' })
  @ApiResponse({ status: 200, type: RegisterHistoryPage, description: 'A page of its history' })
  @ApiProblems(400, 401, 404, 503)
  listGroupHistory(
    @PathId('groupId') id: string,
    @Query() query: RegisterHistoryQuery,
    @Requester() { tenant }: Principal,
  ): Promise<RegisterHistoryPage> {
    return this.#page({ tenant, category: 'group', id }, query);
  }

  async #page(
    { category, id, tenant }: { readonly tenant: string; readonly category: 'body' | 'group'; readonly id: string },
    query: RegisterHistoryQuery,
  ): Promise<RegisterHistoryPage> {
    const events = await this.replay.events<BodyEvent | GroupEvent>(streamName(tenant, category, id), {});
    if (events.length === 0) throw new NotFound(category, id);
    const moment = momentOf(query);
    const within = events.filter(({ metadata }) => isWithin(metadata, moment));
    const page = pageOf(within, query);
    const bodies = page.items.flatMap(bodiesIn);
    const names = await Names.of(this.readModels, tenant, this.moments.of(query), { bodies });
    const told = page.items.map((event) => entryView(event, (body) => names.body(body).name));
    const decisions = await Decisions.of(this.readModels, tenant, told, moment);
    return { ...page, items: told.map((entry) => ({ ...entry, ...decisions.behind(entry) })) };
  }
}

const bodiesIn = ({ data }: Recorded): readonly string[] => [
  ...('successors' in data ? data.successors : []),
  ...('members' in data ? data.members : []),
];

function entryView(event: Recorded, body: (id: string) => string): RegisterEntryView {
  const { id: eventId, metadata, revision, type } = event;
  const { actor, corrects, decision, effectiveOn, recordedAt } = metadata;
  const isCorrection = corrects !== undefined && (type === 'BodyRenamed' || type === 'GroupMembersChanged');
  const provenance = provenanceOf(metadata);
  const words = `${isCorrection ? 'Rättelse: ' : ''}${describeOrganisation(event, body)}`;
  return {
    eventId,
    type,
    summary: withProvenance(words, provenance),
    recordedAt,
    effectiveOn,
    ...(corrects && { corrects }),
    actor,
    ...(decision && { decision }),
    ...provenance,
    revision,
  };
}
