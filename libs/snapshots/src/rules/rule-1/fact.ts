import type { IndicatorEvent } from '#indicators';
import type { EventMetadata } from '#kernel';
import type { BodyEvent, GroupEvent } from '#organisation';
import type { ItemEvent, PlanEvent, ScaleEvent } from '#planning';
import type { RoundEvent } from '#rounds';

/** The types of event that there were when the rule was made. What has come since is nothing to it. */
type KnownType =
  | 'BodyRegistered'
  | 'BodyRenamed'
  | 'BodyAliasAdded'
  | 'BodyDissolved'
  | 'GroupDefined'
  | 'GroupMembersChanged'
  | 'ScaleDefined'
  | 'ScaleRevised'
  | 'PlanAdopted'
  | 'PlanAmended'
  | 'ItemAdopted'
  | 'ItemReworded'
  | 'ItemRenumbered'
  | 'ItemMoved'
  | 'ItemConcernedChanged'
  | 'ItemResponsibleChanged'
  | 'ItemRetained'
  | 'ItemCompleted'
  | 'ItemDiscontinued'
  | 'ItemSucceeded'
  | 'ItemAssessed'
  | 'AssessmentCorrected'
  | 'AssessmentWithdrawn'
  | 'IndicatorDefined'
  | 'IndicatorRedefined'
  | 'IndicatorValueRecorded'
  | 'IndicatorValueCorrected'
  | 'IndicatorTargetSet'
  | 'IndicatorRetired'
  | 'RoundPlanned'
  | 'RoundOpened'
  | 'RoundFrozen'
  | 'RoundReminded'
  | 'RoundDecided'
  | 'SnapshotReissued'
  | 'SnapshotRecorded'
  | 'BodyReported'
  | 'BodyReportRecalled';

export type AnyEvent = Extract<
  BodyEvent | GroupEvent | ScaleEvent | PlanEvent | ItemEvent | RoundEvent | IndicatorEvent,
  { readonly type: KnownType }
>;
export type DataOf<Type extends AnyEvent['type']> = Extract<AnyEvent, { type: Type }>['data'];

/** What an event says, and when it came in the log. */
export interface Fact<Data = unknown> extends Pick<EventMetadata, 'actor' | 'decision' | 'effectiveOn' | 'recordedAt'> {
  readonly id: string;
  /** Counts up in the order of the log. Only compared, never told: it says nothing outside one fold. */
  readonly sequence: number;
  readonly data: Data;
}

/** The events of one type as facts. */
export type FactOf<Type extends AnyEvent['type']> = Fact<DataOf<Type>>;

/** The parts of an event that a fold keeps. */
export function factOf<Data>(
  { data, id, metadata }: { readonly data: Data; readonly id: string; readonly metadata: EventMetadata },
  sequence: number,
): Fact<Data> {
  const { actor, decision, effectiveOn, recordedAt } = metadata;
  return { id, sequence, data, actor, effectiveOn, recordedAt, ...(decision && { decision }) };
}

/** In the order of the days that they speak of; within a day as they were recorded. */
export const byDay = <F extends Fact>(facts: readonly F[]): F[] =>
  [...facts].sort((left, right) =>
    left.effectiveOn === right.effectiveOn
      ? left.sequence - right.sequence
      : left.effectiveOn < right.effectiveOn
        ? -1
        : 1,
  );

/** In plain order of a text; what is alike goes by the second text. */
export const byText =
  <T>(first: (element: T) => string, second: (element: T) => string) =>
  (left: T, right: T): number =>
    compare(first(left), first(right)) || compare(second(left), second(right));

/** As sorted by `byText`. Each text is made once: what is long to make takes no longer where there is much to compare. */
export function sortedByText<T>(
  elements: readonly T[],
  first: (element: T) => string,
  second: (element: T) => string,
): T[] {
  return elements
    .map((element) => ({ element, first: first(element), second: second(element) }))
    .sort(
      byText(
        (keyed) => keyed.first,
        (keyed) => keyed.second,
      ),
    )
    .map(({ element }) => element);
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
