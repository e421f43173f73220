import { Inject, Injectable } from '@nestjs/common';
import { KnownThings } from '#deciding';
import { pageOf } from '#http-api';
import type { Page, PagePart } from '#http-api';
import { NotFound, streamName } from '#kernel';
import { Decisions } from '#organisation';
import { foldedWhere, ReadModels, Replay, withoutDay } from '#projecting';
import type { Moment } from '#projecting';
import { isSeenIn, seenFrom } from '../../seen-from.js';
import type { RoundEvent } from '../../round.events.js';
import { lackingInRounds, roundDirectory } from './round-directory.projection.js';
import { missingList } from '../../missing-list.js';
import type { Lacking } from '../../missing-list.js';
import { deadlineFor } from '../../round.js';
import type { ListedDocument, ReminderDocument, RoundDocument, UnreadyDocument } from './round-directory.projection.js';

@Injectable()
export class RoundReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(KnownThings) private readonly known: KnownThings,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /** @throws NotFound */
  async round(tenant: string, roundId: string): Promise<RoundDocument> {
    const round = await this.readModels.get(roundDirectory, roundId);
    if (round?.tenant !== tenant) throw new NotFound('round', roundId);
    return (await this.#withDecisions(tenant, [round]))[0]!;
  }

  /** A part of the rounds of a plan, oldest first, and how many there are in all. @throws NotFound where there is no such plan */
  async page(
    tenant: string,
    planId: string,
    { limit, offset }: PagePart,
  ): Promise<Pick<Page<RoundDocument>, 'items' | 'total'>> {
    const filter = { tenant, planId };
    const [items, total] = await Promise.all([
      this.readModels.find(roundDirectory, filter, { sort: { referenceDate: 1 }, skip: offset, limit }),
      this.readModels.count(roundDirectory, filter),
    ]);
    if (total === 0) await this.known.need(tenant, 'plan', planId);
    return { items: await this.#withDecisions(tenant, items), total };
  }

  /** A round as it was at a moment, folded from its own stream. @throws NotFound, with the day from which it is there */
  async roundAt(tenant: string, roundId: string, moment: Moment): Promise<RoundThen> {
    const now = await this.readModels.get(roundDirectory, roundId);
    if (now?.tenant !== tenant) throw new NotFound('round', roundId);
    const { from, then } = await this.#then(now, moment);
    if (!then) throw new NotFound('round', roundId, from);
    const [round] = await this.#withDecisions(tenant, [then.round], moment);
    return { ...then, round: round! };
  }

  /** A part of the rounds of a plan that there were at a moment, oldest first. @throws NotFound where there is no such plan */
  async pageAt(tenant: string, planId: string, part: PagePart, moment: Moment): Promise<Page<RoundThen>> {
    const all = await this.ofPlanAt(tenant, planId, moment);
    if (all.length === 0) await this.known.need(tenant, 'plan', planId);
    const { items, ...page } = pageOf(all, part);
    const decided = await this.#withDecisions(
      tenant,
      items.map(({ round }) => round),
      moment,
    );
    return { ...page, items: items.map((then, index) => ({ ...then, round: decided[index]! })) };
  }

  /** The rounds of a plan that there were at a moment, oldest first. */
  async ofPlanAt(tenant: string, planId: string, moment: Moment): Promise<readonly RoundThen[]> {
    const then = await Promise.all((await this.ofPlan(tenant, planId)).map((round) => this.#then(round, moment)));
    return then
      .flatMap((one) => one.then ?? [])
      .sort(({ round: one }, { round: other }) => (placeOf(one) < placeOf(other) ? -1 : 1));
  }

  /** What a moment sees of a round's stream, and from which day on it sees any of it. */
  async #then({ _id, tenant }: RoundDocument, moment: Moment): Promise<{ then?: RoundThen; from?: string }> {
    const isSeen = isSeenIn(moment);
    const known = await this.replay.events<RoundEvent>(streamName(tenant, 'round', _id), withoutDay(moment));
    const round = foldedWhere(roundDirectory, known, ({ metadata }) => isSeen(metadata));
    const [first] = known;
    if (!round) return first ? { from: seenFrom(first.metadata) } : {};
    const seen = known.filter(({ metadata }) => isSeen(metadata)).map(({ revision }) => revision);
    return { then: { round, seen: new Set(seen) } };
  }

  /** With the formal decisions on issues as they were corrected. */
  async #withDecisions(
    tenant: string,
    rounds: readonly RoundDocument[],
    moment: Moment = {},
  ): Promise<RoundDocument[]> {
    const events = rounds.flatMap(({ issues }) => issues.flatMap(({ decidedBy }) => decidedBy ?? []));
    if (events.length === 0) return [...rounds];
    const named = events.map((eventId) => ({ eventId }));
    const decisions = await Decisions.of(this.readModels, tenant, named, withoutDay(moment));
    return rounds.map((round) => ({
      ...round,
      issues: round.issues.map((issue) => {
        const { decidedBy: eventId, decision } = issue;
        return { ...issue, ...(eventId && decision && decisions.behind({ eventId, decision })) };
      }),
    }));
  }

  /** The round before one. */
  async previous(round: RoundDocument): Promise<RoundDocument | undefined> {
    const { planId, referenceDate, tenant } = round;
    const before = { tenant, planId, referenceDate: { $lt: referenceDate }, status: { $in: begun } };
    const newest = { sort: { referenceDate: -1, _id: -1 }, limit: 1 } as const;
    return previousRound(round, await this.readModels.find(roundDirectory, before, newest));
  }

  /** The rounds of a plan, oldest first. */
  ofPlan(tenant: string, planId: string): Promise<readonly RoundDocument[]> {
    return this.readModels.find(roundDirectory, { tenant, planId }, { sort: { referenceDate: 1 } });
  }

  /** What bodies lacked, by round: in each reminder, oldest first, and at the freeze. */
  async lacking(rounds: readonly RoundThen[]): Promise<ReadonlyMap<string, LackingInRound>> {
    const begun = rounds.filter(({ round: { frozen, reminders } }) => reminders > 0 || frozen);
    const told = begun.map(({ round }) => round._id);
    const found = told.length === 0 ? [] : await this.readModels.find(lackingInRounds, { ofRound: { $in: told } });
    const seenOf = new Map(begun.map(({ round, seen }) => [round._id, seen]));
    const of = (round: string) =>
      found.filter(({ ofRound, revision }) => ofRound === round && (seenOf.get(round)?.has(revision) ?? true));
    return new Map(told.map((round) => [round, lackingIn(of(round))]));
  }
}

/** A round as a moment sees it. */
export interface RoundThen {
  readonly round: RoundDocument;
  /** The revisions of its stream that the moment sees; left out where it sees all of them. */
  readonly seen?: ReadonlySet<number>;
}

/** How far a round has come that says something. */
const begun: readonly RoundDocument['status'][] = ['open', 'frozen', 'decided'];

/** What bodies lacked in one round. */
export interface LackingInRound {
  readonly reminders: readonly Reminder[];
  readonly freeze: readonly Lacking[];
}

export type Reminder = Pick<ReminderDocument, 'eventId' | 'at' | 'missing'>;

type Told = ReminderDocument | UnreadyDocument | ListedDocument;

function lackingIn(told: readonly Told[]): LackingInRound {
  const inOrder = [...told].sort((one, other) => one.revision - other.revision);
  const listed = inOrder.filter((one): one is ListedDocument => 'items' in one);
  const listOf = (one: ReminderDocument | UnreadyDocument): readonly Lacking[] =>
    missingList(
      one,
      listed.filter(({ revision }) => revision < one.revision),
    );
  const reminders = inOrder
    .filter((one): one is ReminderDocument => 'eventId' in one)
    .map((one) => ({ eventId: one.eventId, at: one.at, missing: listOf(one) }));
  const freeze = inOrder.find((one): one is UnreadyDocument => !('eventId' in one || 'items' in one));
  return { reminders, freeze: freeze ? listOf(freeze) : [] };
}

/** The round of the same plan that speaks of the latest day before a round's own. One that is only planned says nothing yet, one that was cancelled nothing more. */
export function previousRound(round: RoundDocument, ofPlan: readonly RoundDocument[]): RoundDocument | undefined {
  return ofPlan
    .filter(
      ({ planId, referenceDate, status }) =>
        planId === round.planId && begun.includes(status) && referenceDate < round.referenceDate,
    )
    .reduce<RoundDocument | undefined>(
      (latest, other) => (latest && placeOf(latest) > placeOf(other) ? latest : other),
      undefined,
    );
}

/** The last day on which a body's assessments in a round are in time. */
export const deadlineOf = ({ deadline, extensions = [] }: RoundDocument, bodyId: string): string =>
  deadlineFor(deadline, extensions.find((one) => one.bodyId === bodyId)?.deadline);

/** Orders rounds by the day that they speak of; those of one day by their ids, as snapshots do. */
const placeOf = ({ _id, referenceDate }: RoundDocument): string => `${referenceDate} ${_id}`;
