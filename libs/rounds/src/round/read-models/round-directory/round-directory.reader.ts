import { Inject, Injectable } from '@nestjs/common';
import { KnownThings } from '#deciding';
import type { Page, PagePart } from '#http-api';
import { NotFound } from '#kernel';
import { Decisions } from '#organisation';
import { ReadModels } from '#projecting';
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

  /** With the formal decisions on issues as they were corrected. */
  async #withDecisions(tenant: string, rounds: readonly RoundDocument[]): Promise<RoundDocument[]> {
    const events = rounds.flatMap(({ issues }) => issues.flatMap(({ decidedBy }) => decidedBy ?? []));
    if (events.length === 0) return [...rounds];
    const named = events.map((eventId) => ({ eventId }));
    const decisions = await Decisions.of(this.readModels, tenant, named);
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
  async lacking(rounds: readonly RoundDocument[]): Promise<ReadonlyMap<string, LackingInRound>> {
    const told = rounds.filter(({ frozen, reminders }) => reminders > 0 || frozen).map(({ _id }) => _id);
    const found = told.length === 0 ? [] : await this.readModels.find(lackingInRounds, { ofRound: { $in: told } });
    const of = (round: string) => found.filter(({ ofRound }) => ofRound === round);
    return new Map(told.map((round) => [round, lackingIn(of(round))]));
  }
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
