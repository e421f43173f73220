import { addTo, provenanceOf } from '#kernel';
import type { EventMetadata, Provenance, RecordedEvent } from '#kernel';
import type { RoundEvent } from '#rounds';
import type { RevisionKind } from '../../format/snapshot.js';
import type { AnyEvent } from '../rule-1/fact.js';
import type { RevisionType } from '../rule-1/log.js';
import type { HoldEvent } from '../rule-2/holds.js';

/** What rule 4 tells in the words of rule 3. */
export type ToldEvent = RecordedEvent<AnyEvent> | RecordedEvent<HoldEvent>;
type Amended = RecordedEvent<Extract<RoundEvent, { type: 'RoundAmended' }>>;

/** What an item is by an event: the properties that rule 1 and 2 take from it. */
export type ItemProperty =
  | 'title'
  | 'text'
  | 'number'
  | 'expectedEffects'
  | 'documents'
  | 'parents'
  | 'concerned'
  | 'responsible'
  | 'lifecycle'
  | 'hold';

/** Where an event comes from, the day that it speaks of, and when it was recorded. */
export interface Origin extends Provenance {
  readonly effectiveOn: string;
  readonly recordedAt: string;
}

export interface ItemStep extends Origin {
  readonly kind: RevisionKind;
  readonly properties: readonly ItemProperty[];
}

export interface AssessmentOrigins {
  readonly roundId: string;
  readonly isOwners: boolean;
  readonly made: Origin;
  readonly corrections: Origin[];
  withdrawn?: Origin;
}

export interface SuccessionOrigin extends Origin {
  readonly itemId: string;
  readonly successorId: string;
  readonly kind: string;
  readonly printedLabel: string | undefined;
}

/** What adopted or amended a plan, and what that speaks of: names of properties. */
export interface PlanOrigin extends Origin {
  readonly properties: readonly string[];
}

export interface IndicatorOrigins {
  /** In the order of the log. */
  readonly definitions: (Origin & { readonly version: number })[];
  readonly targets: Origin[];
  readonly values: (Origin & { readonly period: string })[];
  readonly corrections: (Origin & { readonly period: string })[];
  retired?: Origin;
}

/** Where the events come from that a snapshot is told by, by what they tell of. */
export class Provenances {
  /** Whether any of them says that it comes from elsewhere than from who recorded it. */
  areTold = false;
  readonly items = new Map<string, ItemStep[]>();
  /** By item and assessment, in the order in which they were made. */
  readonly assessments = new Map<string, Map<string, AssessmentOrigins>>();
  readonly successions: SuccessionOrigin[] = [];
  readonly indicators = new Map<string, IndicatorOrigins>();
  /** Adoptions and amendments, by plan. */
  readonly plans = new Map<string, PlanOrigin[]>();
  /** By scale and version. */
  readonly scales = new Map<string, Origin>();
  /** Of the round that is told of. */
  round: Origin | undefined;
  readonly amendments: Origin[] = [];
  /** By body, that it was ready. */
  readonly ready = new Map<string, Origin>();

  /** @param roundId the round that the snapshot tells of */
  constructor(private readonly roundId: string) {}

  /** A change of a round, which rule 4 tells of in words of its own. */
  amend(event: Amended): void {
    if (event.data.roundId === this.roundId) this.amendments.push(this.#originOf(event));
  }

  take(event: ToldEvent): void {
    const origin = this.#originOf(event);
    switch (event.type) {
      case 'PlanAdopted':
        return void this.plans.set(event.data.planId, [{ ...origin, properties: Object.keys(event.data) }]);
      case 'PlanAmended':
        return addTo(this.plans, event.data.planId, { ...origin, properties: Object.keys(event.data) });
      case 'ScaleDefined':
      case 'ScaleRevised':
        return void this.scales.set(scaleKey(event.data), origin);
      case 'RoundPlanned':
      case 'RoundOpened':
        if (event.data.roundId === this.roundId) this.round = origin;
        return;
      case 'BodyReported':
        if (event.data.roundId === this.roundId) this.ready.set(event.data.bodyId, origin);
        return;
      case 'ItemSucceeded': {
        const { itemId, kind, printedLabel, successorId } = event.data;
        return void this.successions.push({ ...origin, itemId, successorId, kind, printedLabel });
      }
      case 'ItemAssessed':
        return this.#assessed(event.data, origin);
      case 'AssessmentCorrected':
        return void this.#assessment(event.data)?.corrections.push(origin);
      case 'AssessmentWithdrawn': {
        const assessment = this.#assessment(event.data);
        if (assessment) assessment.withdrawn = origin;
        return;
      }
      case 'IndicatorDefined': {
        const definitions = [{ ...origin, version: 1 }];
        return void this.indicators.set(event.data.indicatorId, {
          ...{ definitions, targets: [], values: [], corrections: [] },
        });
      }
      case 'IndicatorRedefined': {
        const known = this.indicators.get(event.data.indicatorId)?.definitions;
        return void known?.push({ ...origin, version: event.data.version ?? known.at(-1)!.version + 1 });
      }
      case 'IndicatorTargetSet':
        return void this.indicators.get(event.data.indicatorId)?.targets.push(origin);
      case 'IndicatorValueRecorded':
      case 'IndicatorValueCorrected': {
        const { indicatorId, period } = event.data;
        const of = event.type === 'IndicatorValueRecorded' ? 'values' : 'corrections';
        return void this.indicators.get(indicatorId)?.[of].push({ ...origin, period });
      }
      case 'IndicatorRetired': {
        const indicator = this.indicators.get(event.data.indicatorId);
        if (indicator) indicator.retired = origin;
        return;
      }
      case 'ItemAdopted':
      case 'ItemReworded':
      case 'ItemRenumbered':
      case 'ItemMoved':
      case 'ItemConcernedChanged':
      case 'ItemResponsibleChanged':
      case 'ItemRetained':
      case 'ItemCompleted':
      case 'ItemDiscontinued':
      case 'ItemHeld':
      case 'ItemResumed':
        return addTo(this.items, event.data.itemId, { ...origin, ...stepOf(event) });
      // What tells of these says nothing of where they come from.
      case 'BodyRegistered':
      case 'BodyRenamed':
      case 'BodyAliasAdded':
      case 'BodyDissolved':
      case 'GroupDefined':
      case 'GroupMembersChanged':
      case 'RoundFrozen':
      case 'RoundReminded':
      case 'RoundDecided':
      case 'SnapshotReissued':
      case 'SnapshotRecorded':
      case 'BodyReportRecalled':
    }
  }

  #assessed(
    {
      assessmentId,
      capacity,
      itemId,
      roundId,
    }: { assessmentId: string; capacity: string; itemId: string; roundId: string },
    made: Origin,
  ): void {
    const known = this.assessments.get(itemId) ?? new Map<string, AssessmentOrigins>();
    known.set(assessmentId, { roundId, isOwners: capacity === 'owner', made, corrections: [] });
    this.assessments.set(itemId, known);
  }

  #assessment({ assessmentId, itemId }: { assessmentId: string; itemId: string }): AssessmentOrigins | undefined {
    return this.assessments.get(itemId)?.get(assessmentId);
  }

  #originOf({ metadata }: { readonly metadata: EventMetadata }): Origin {
    const { effectiveOn, recordedAt } = metadata;
    const provenance = provenanceOf(metadata);
    this.areTold ||= Object.keys(provenance).length > 0;
    return { effectiveOn, recordedAt, ...provenance };
  }
}

export const scaleKey = ({ scaleId, version }: { readonly scaleId: string; readonly version: number }): string =>
  `${scaleId} ${version}`;

const adopted: readonly ItemProperty[] = [
  ...(['title', 'text', 'number', 'expectedEffects', 'documents', 'parents', 'concerned', 'responsible'] as const),
  'lifecycle',
];

type StepEvent = Extract<ToldEvent, { type: RevisionType | HoldEvent['type'] | 'ItemAdopted' }>;

/** What an event says of what an item is. */
function stepOf(event: StepEvent): Pick<ItemStep, 'kind' | 'properties'> {
  switch (event.type) {
    case 'ItemAdopted':
      return { kind: 'adopted', properties: adopted };
    case 'ItemReworded': {
      const properties = (['title', 'text', 'expectedEffects', 'documents'] as const).filter(
        (property) => event.data[property] !== undefined,
      );
      return { kind: 'reworded', properties };
    }
    case 'ItemRenumbered':
      return { kind: 'renumbered', properties: ['number'] };
    case 'ItemMoved':
      return { kind: 'moved', properties: ['parents'] };
    case 'ItemConcernedChanged':
      return { kind: 'concerned-changed', properties: ['concerned'] };
    case 'ItemResponsibleChanged':
      return { kind: 'responsible-changed', properties: ['responsible'] };
    case 'ItemRetained':
      return { kind: 'retained', properties: ['lifecycle'] };
    case 'ItemCompleted':
      return { kind: 'completed', properties: ['lifecycle'] };
    case 'ItemDiscontinued':
      return { kind: 'discontinued', properties: ['lifecycle'] };
    case 'ItemHeld':
      return { kind: 'held', properties: ['hold'] };
    case 'ItemResumed':
      return { kind: 'resumed', properties: ['hold'] };
  }
}
