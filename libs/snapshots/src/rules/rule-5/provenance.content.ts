import type { Provenance, TimeSlices } from '#kernel';
import type {
  AssessmentContent,
  BodyRef,
  IndicatorContent,
  ItemContent,
  ProvenanceContent,
  RevisionContent,
  ScaleContent,
  Snapshot,
  Succession,
  TargetContent,
  Trend,
  WithdrawnAssessment,
} from '../../format/snapshot.js';
import { scaleKey } from './provenances.js';
import type {
  AssessmentOrigins,
  IndicatorOrigins,
  ItemProperty,
  ItemStep,
  Origin,
  Provenances,
  SuccessionOrigin,
} from './provenances.js';

/** What provenances are told in: what bodies are called, and up to which days what was recorded counts. */
export interface ToldOn {
  readonly body: (bodyId: string) => BodyRef;
  readonly referenceDate: string;
  /** Of indicators. */
  readonly valuesUpTo: string;
}

/** A snapshot that says of all that it tells where that comes from. */
export async function withProvenance(
  snapshot: Snapshot,
  provenances: Provenances,
  content: Content,
  slices: TimeSlices,
): Promise<Snapshot> {
  if (!content.isNeeded) return snapshot;
  const items: ItemContent[] = [];
  for (const item of snapshot.items) {
    if (slices.isOver) await slices.next();
    items.push(content.item(item));
  }
  const { coverage, indicators, plan, revisions, round } = snapshot;
  return {
    ...snapshot,
    round: {
      ...round,
      ...content.of(provenances.round),
      ...(round.amendments && {
        amendments: round.amendments.map((one, nth) => ({ ...one, ...content.of(provenances.amendments[nth]) })),
      }),
    },
    plan: {
      ...plan,
      ...content.plan(plan.planId),
      scale: content.scale(plan.scale),
      otherScales: plan.otherScales?.map((scale) => content.scale(scale)),
    },
    items,
    revisions: revisions.map((revision) => content.revision(revision)),
    indicators: indicators.map((indicator) => content.indicator(indicator)),
    coverage: {
      ...coverage,
      bodies: coverage.bodies.map((one) => ({
        ...one,
        ready: one.ready && { ...one.ready, ...content.of(provenances.ready.get(one.body.bodyId)) },
      })),
    },
  };
}

/** Whether anything that is told was made up. */
export function isInvented(told: unknown): boolean {
  if (typeof told !== 'object' || told === null) return false;
  if (Array.isArray(told)) return told.some(isInvented);
  return Object.entries(told).some(([name, value]) => (name === 'invented' ? value === true : isInvented(value)));
}

/** Where something comes from, with the name of the body that said it. */
export function provenanceContent(
  { attested, invented }: Provenance,
  nameOf: (bodyId: string) => BodyRef,
): ProvenanceContent {
  if (!attested) return { invented };
  const { body, ...told } = attested;
  return { attested: { ...told, body: body === undefined ? undefined : nameOf(body) }, invented };
}

/** What is told beside each thing of where it comes from. */
export class Content {
  constructor(
    protected readonly provenances: Provenances,
    protected readonly on: ToldOn,
  ) {}

  /** Whether there is anything to tell. */
  get isNeeded(): boolean {
    return this.provenances.areTold;
  }

  of(origin: Provenance = {}): ProvenanceContent {
    return provenanceContent(origin, this.on.body);
  }

  item(item: ItemContent): ItemContent {
    const { itemId, status } = item;
    const properties = this.propertiesOf(itemId);
    const made = this.provenances.assessments.get(itemId);
    const { invented: _, ...whence } = this.of(properties.get('title'));
    const isMadeUp = [...properties].some(([property, { invented }]) => isOfItself(property) && invented);
    return {
      ...item,
      ...whence,
      invented: isMadeUp || undefined,
      lifecycle: { ...item.lifecycle, ...this.of(properties.get('lifecycle')) },
      hold: item.hold && { ...item.hold, ...this.of(properties.get('hold')) },
      status: status && this.#assessment(status, made),
      trend: item.trend && this.#trend(item.trend, made),
      contributions: item.contributions.map((one) => this.#assessment(one, made)),
      withdrawn: item.withdrawn.map((one) => this.#withdrawn(one, made)),
      successors: item.successors.map((one) => this.succession(one, itemId, one.item.itemId)),
      predecessors: item.predecessors.map((one) => this.succession(one, one.item.itemId, itemId)),
    };
  }

  revision(revision: RevisionContent): RevisionContent {
    const { effectiveOn, item, kind, recordedAt, successor } = revision;
    if (successor) {
      const told = this.succession(successor, item.itemId, successor.item.itemId);
      const { attested, invented } = told;
      return { ...revision, attested, invented, successor: told };
    }
    const step = this.provenances.items
      .get(item.itemId)
      ?.find((one) => one.kind === kind && one.effectiveOn === effectiveOn && one.recordedAt === recordedAt);
    return { ...revision, ...this.of(step) };
  }

  indicator(indicator: IndicatorContent): IndicatorContent {
    const origins = this.provenances.indicators.get(indicator.indicatorId);
    if (!origins) return indicator;
    const { definitions, retired, series, target } = indicator;
    const redefined = origins.definitions.slice(1).findLast(({ effectiveOn }) => effectiveOn <= this.on.valuesUpTo);
    const aimed = origins.targets.findLast(({ effectiveOn }) => effectiveOn <= this.on.valuesUpTo);
    return {
      ...indicator,
      ...this.of(redefined ?? origins.definitions[0]),
      definitions: definitions?.map((one) => ({
        ...one,
        ...this.of(origins.definitions.find(({ version }) => version === one.version)),
      })),
      target: target && ({ ...target, ...this.of(aimed) } satisfies TargetContent),
      retired: retired && { ...retired, ...this.of(origins.retired) },
      series: series.map((entry) => this.#period(entry, origins)),
    };
  }

  plan(planId: string): ProvenanceContent {
    const [adopted, ...amended] = this.provenances.plans.get(planId) ?? [];
    const isMadeUp = amended.some(({ effectiveOn, invented }) => invented && effectiveOn <= this.on.referenceDate);
    const told = this.of(adopted);
    return { ...told, invented: told.invented ?? (isMadeUp || undefined) };
  }

  scale(scale: ScaleContent): ScaleContent {
    return { ...scale, ...this.of(this.provenances.scales.get(scaleKey(scale))) };
  }

  /** For each property of an item, where what it is on the reference date comes from. */
  protected propertiesOf(itemId: string): ReadonlyMap<ItemProperty, ItemStep> {
    const steps = (this.provenances.items.get(itemId) ?? []).filter(
      ({ effectiveOn }) => effectiveOn <= this.on.referenceDate,
    );
    const properties = new Map<ItemProperty, ItemStep>();
    for (const step of inOrder(steps)) for (const property of step.properties) properties.set(property, step);
    return properties;
  }

  #assessment(assessment: AssessmentContent, made: Made): AssessmentContent {
    const origins = made?.get(assessment.assessmentId);
    return {
      ...assessment,
      ...this.of(origins?.made),
      corrections: assessment.corrections.map((one, nth) => ({ ...one, ...this.of(origins?.corrections[nth]) })),
      replaced: assessment.replaced.map((one) => ({ ...one, ...this.of(made?.get(one.assessmentId)?.made) })),
    };
  }

  #withdrawn(one: WithdrawnAssessment, all: Made): WithdrawnAssessment {
    const origins = all?.get(one.assessmentId);
    const made = this.of(origins?.made);
    const isTold = Object.values(made).some((told) => told !== undefined);
    return { ...one, ...this.of(origins?.withdrawn), made: isTold ? made : undefined };
  }

  /** The level of before is the last that the owner said in that round. */
  #trend(trend: Trend, made: Made): Trend {
    if (!trend.against) return trend;
    const { roundId } = trend.against.round;
    const before = [...(made?.values() ?? [])].findLast(
      (one) => one.isOwners && one.roundId === roundId && one.withdrawn === undefined,
    );
    return { ...trend, against: { ...trend.against, ...this.of(before?.made) } };
  }

  succession(succession: Succession, itemId: string, successorId: string): Succession {
    const { attested, invented } = this.of(this.linkOf(succession, itemId, successorId));
    return { ...succession, attested, invented };
  }

  protected linkOf({ kind, on }: Succession, itemId: string, successorId: string): SuccessionOrigin | undefined {
    return this.provenances.successions.findLast(
      (one) => one.itemId === itemId && one.successorId === successorId && one.kind === kind && one.effectiveOn === on,
    );
  }

  #period(entry: IndicatorContent['series'][number], { corrections, values }: IndicatorOrigins) {
    const { period } = entry;
    const originOf = (all: readonly (Origin & { readonly period: string })[], at: Omit<Origin, keyof Provenance>) =>
      all.find(
        (one) => one.period === period && one.effectiveOn === at.effectiveOn && one.recordedAt === at.recordedAt,
      );
    const recorded = values.find((one) => one.period === period && one.recordedAt === entry.recordedAt);
    return {
      ...entry,
      ...this.of(recorded),
      corrections: entry.corrections.map((one) => ({ ...one, ...this.of(originOf(corrections, one)) })),
    };
  }
}

type Made = ReadonlyMap<string, AssessmentOrigins> | undefined;

/** Its end and its holds say themselves where they come from. */
const isOfItself = (property: ItemProperty): boolean => property !== 'lifecycle' && property !== 'hold';

/** By the days that they speak of, and within a day as they were recorded. */
const inOrder = (steps: readonly ItemStep[]): ItemStep[] =>
  [...steps].sort((one, other) =>
    one.effectiveOn === other.effectiveOn ? 0 : one.effectiveOn < other.effectiveOn ? -1 : 1,
  );
