import { addTo } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { factOf } from './fact.js';
import type { AnyEvent, DataOf, Fact, FactOf } from './fact.js';

const revisionTypes = [
  'ItemReworded',
  'ItemRenumbered',
  'ItemMoved',
  'ItemConcernedChanged',
  'ItemResponsibleChanged',
  'ItemRetained',
  'ItemCompleted',
  'ItemDiscontinued',
] as const;
export type RevisionType = (typeof revisionTypes)[number];
export type Revision = {
  [Type in RevisionType]: { readonly type: Type; readonly fact: FactOf<Type> };
}[RevisionType];

export interface AssessmentStory {
  readonly made: FactOf<'ItemAssessed'>;
  readonly corrections: FactOf<'AssessmentCorrected'>[];
  withdrawn?: FactOf<'AssessmentWithdrawn'>;
}

export interface ItemStory {
  readonly adopted: FactOf<'ItemAdopted'>;
  readonly revisions: Revision[];
  readonly assessments: Map<string, AssessmentStory>;
}

export interface IndicatorStory {
  readonly defined: FactOf<'IndicatorDefined'>;
  readonly redefined: FactOf<'IndicatorRedefined'>[];
  readonly values: FactOf<'IndicatorValueRecorded'>[];
  readonly corrections: FactOf<'IndicatorValueCorrected'>[];
  readonly targets: FactOf<'IndicatorTargetSet'>[];
  retired?: FactOf<'IndicatorRetired'>;
}

export interface PlanStory {
  readonly adopted: FactOf<'PlanAdopted'>;
  readonly amended: FactOf<'PlanAmended'>[];
}

export interface RoundStory {
  content?: DataOf<'RoundOpened'>;
  opened?: FactOf<'RoundOpened'>;
  frozen?: FactOf<'RoundFrozen'>;
  readonly reissues: FactOf<'SnapshotReissued'>[];
  /** By body, in the order of the log. */
  readonly reports: Map<string, ReportStep[]>;
}

/** A body said that it was ready, or took it back. */
export type ReportStep =
  | { readonly ready: true; readonly fact: FactOf<'BodyReported'> }
  | { readonly ready: false; readonly fact: FactOf<'BodyReportRecalled'> };

/** The organisation's types are read whole, the others where they speak of the plan. */
const ofTenant = new Set<string>([
  'BodyRegistered',
  'BodyRenamed',
  'BodyAliasAdded',
  'BodyDissolved',
  'GroupDefined',
  'GroupMembersChanged',
  'ScaleDefined',
  'ScaleRevised',
  'PlanAdopted',
  'PlanAmended',
] satisfies AnyEvent['type'][]);

const ofPlan = new Set<string>([
  'ItemAdopted',
  ...revisionTypes,
  'ItemSucceeded',
  'ItemAssessed',
  'AssessmentCorrected',
  'AssessmentWithdrawn',
  'IndicatorDefined',
  'IndicatorRedefined',
  'IndicatorValueRecorded',
  'IndicatorValueCorrected',
  'IndicatorTargetSet',
  'IndicatorRetired',
  'RoundPlanned',
  'RoundOpened',
  'RoundFrozen',
  'SnapshotReissued',
  'BodyReported',
  'BodyReportRecalled',
] satisfies AnyEvent['type'][]);

/** The types of event that rule 1 reads. */
export const readTypes: readonly string[] = [...ofTenant, ...ofPlan];

/** Whether rule 1 reads an event, by its type and plan. */
export function concerns(
  { data, type }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> },
  planId: string,
): boolean {
  if (ofTenant.has(type)) return true;
  return ofPlan.has(type) && (data['planId'] === planId || data['successorPlanId'] === planId);
}

/**
 * What the log told, kept by what it is about. It changes in place: a fold of a million events must not copy what it
 * has. Nothing is decided here; what stands, and what it is called, is asked of it at the end.
 */
export class Log {
  #sequence = 0;
  readonly bodyNames = new Map<string, Fact<{ readonly name: string }>[]>();
  readonly aliases = new Map<string, DataOf<'BodyAliasAdded'>[]>();
  /** The bodies that are the council (fullmäktige). */
  readonly councils = new Set<string>();
  /** By body, the day on which it was dissolved. */
  readonly dissolved = new Map<string, string>();
  readonly groupNames = new Map<string, string>();
  readonly memberships = new Map<string, Fact<{ readonly members: readonly string[] }>[]>();
  readonly scales = new Map<string, { readonly name: string; readonly versions: DataOf<'ScaleRevised'>[] }>();
  readonly plans = new Map<string, PlanStory>();
  readonly items = new Map<string, ItemStory>();
  /** From items of the plan and to them, also from other plans. */
  readonly successions: FactOf<'ItemSucceeded'>[] = [];
  readonly indicators = new Map<string, IndicatorStory>();
  readonly rounds = new Map<string, RoundStory>();

  take(event: RecordedEvent<AnyEvent>): void {
    const sequence = ++this.#sequence;
    switch (event.type) {
      case 'BodyRegistered':
        if (event.data.kind === 'council') this.councils.add(event.data.bodyId);
        return addTo(this.bodyNames, event.data.bodyId, factOf(event, sequence));
      case 'BodyRenamed':
        return addTo(this.bodyNames, event.data.bodyId, factOf(event, sequence));
      case 'BodyAliasAdded':
        return addTo(this.aliases, event.data.bodyId, event.data);
      case 'BodyDissolved':
        return void this.dissolved.set(event.data.bodyId, event.metadata.effectiveOn);
      case 'GroupDefined':
        this.groupNames.set(event.data.groupId, event.data.name);
        return addTo(this.memberships, event.data.groupId, factOf(event, sequence));
      case 'GroupMembersChanged':
        return addTo(this.memberships, event.data.groupId, factOf(event, sequence));
      case 'ScaleDefined': {
        const { name, scaleId } = event.data;
        return void this.scales.set(scaleId, { name, versions: [event.data] });
      }
      case 'ScaleRevised':
        return void this.scales.get(event.data.scaleId)?.versions.push(event.data);
      case 'PlanAdopted':
        return void this.plans.set(event.data.planId, { adopted: factOf(event, sequence), amended: [] });
      case 'PlanAmended':
        return void this.plans.get(event.data.planId)?.amended.push(factOf(event, sequence));
      case 'ItemAdopted': {
        const story = { adopted: factOf(event, sequence), revisions: [], assessments: new Map() };
        return void this.items.set(event.data.itemId, story);
      }
      case 'ItemReworded':
      case 'ItemRenumbered':
      case 'ItemMoved':
      case 'ItemConcernedChanged':
      case 'ItemResponsibleChanged':
      case 'ItemRetained':
      case 'ItemCompleted':
      case 'ItemDiscontinued': {
        const revision = { type: event.type, fact: factOf(event, sequence) } as Revision;
        return void this.items.get(event.data.itemId)?.revisions.push(revision);
      }
      case 'ItemSucceeded':
        return void this.successions.push(factOf(event, sequence));
      case 'ItemAssessed': {
        const story = { made: factOf(event, sequence), corrections: [] };
        return void this.items.get(event.data.itemId)?.assessments.set(event.data.assessmentId, story);
      }
      case 'AssessmentCorrected':
        return void this.#assessment(event.data)?.corrections.push(factOf(event, sequence));
      case 'AssessmentWithdrawn': {
        const story = this.#assessment(event.data);
        if (story) story.withdrawn = factOf(event, sequence);
        return;
      }
      case 'RoundPlanned':
      case 'RoundOpened': {
        const round = this.#round(event.data.roundId);
        round.content = event.data;
        if (event.type === 'RoundOpened') round.opened = factOf(event, sequence);
        return;
      }
      case 'RoundFrozen':
        return void (this.#round(event.data.roundId).frozen = factOf(event, sequence));
      case 'SnapshotReissued':
        return void this.#round(event.data.roundId).reissues.push(factOf(event, sequence));
      case 'BodyReported': {
        const { bodyId, roundId } = event.data;
        return addTo(this.#round(roundId).reports, bodyId, { ready: true, fact: factOf(event, sequence) });
      }
      case 'BodyReportRecalled': {
        const { bodyId, roundId } = event.data;
        return addTo(this.#round(roundId).reports, bodyId, { ready: false, fact: factOf(event, sequence) });
      }
      case 'IndicatorDefined': {
        const defined = factOf(event, sequence);
        const story = { defined, redefined: [], values: [], corrections: [], targets: [] };
        return void this.indicators.set(event.data.indicatorId, story);
      }
      case 'IndicatorRedefined':
        return void this.indicators.get(event.data.indicatorId)?.redefined.push(factOf(event, sequence));
      case 'IndicatorValueRecorded':
        return void this.indicators.get(event.data.indicatorId)?.values.push(factOf(event, sequence));
      case 'IndicatorValueCorrected':
        return void this.indicators.get(event.data.indicatorId)?.corrections.push(factOf(event, sequence));
      case 'IndicatorTargetSet':
        return void this.indicators.get(event.data.indicatorId)?.targets.push(factOf(event, sequence));
      case 'IndicatorRetired': {
        const story = this.indicators.get(event.data.indicatorId);
        if (story) story.retired = factOf(event, sequence);
        return;
      }
      // Told of elsewhere, or not at all.
      case 'RoundReminded':
      case 'SnapshotRecorded':
      case 'RoundDecided':
        return;
    }
  }

  #assessment({ assessmentId, itemId }: { assessmentId: string; itemId: string }): AssessmentStory | undefined {
    return this.items.get(itemId)?.assessments.get(assessmentId);
  }

  #round(roundId: string): RoundStory {
    const known = this.rounds.get(roundId);
    if (known) return known;
    const story: RoundStory = { reissues: [], reports: new Map() };
    this.rounds.set(roundId, story);
    return story;
  }
}
