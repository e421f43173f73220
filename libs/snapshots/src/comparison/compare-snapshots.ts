import { sameWhenStored } from '#kernel';
import { evidenceText } from '../format/evidence-text.js';
import { linkText, particularsOf } from '../format/link-text.js';
import { isMadeUp, madeUp, provenanceText } from '../format/provenance-text.js';
import type {
  AssessmentContent,
  BodyCoverage,
  BodyRef,
  Columns,
  Counts,
  IndicatorContent,
  ItemContent,
  ItemRef,
  PeriodContent,
  ProvenanceContent,
  RoundRef,
  ScaleRef,
  Snapshot,
} from '../format/snapshot.js';

/** What is compared: an issue of a round, or what is known now. */
export interface ComparedSide {
  readonly round: RoundRef;
  /** Null for what is known now. */
  readonly issue: number | null;
  readonly frozenAt: string | null;
  /** That something it tells was made up. */
  readonly invented?: boolean;
}

/** An item by its name, which may have been made up. */
export interface ComparedItem extends ItemRef {
  readonly invented?: boolean;
}

export const itemAspects = [
  'level',
  'motivation',
  'evidence',
  'provenance',
  'contribution',
  'number',
  'title',
  'text',
  'parents',
  'concerned',
  'responsible',
  'documents',
  'expected-effects',
  'lifecycle',
  'hold',
  'origin',
  'particulars',
  'links',
] as const;
export type ItemAspect = (typeof itemAspects)[number];

/** One thing that is told otherwise, in the words of a reader; null where nothing is told. */
export interface ItemChange {
  readonly what: ItemAspect;
  /** Whose contribution it is. */
  readonly body?: BodyRef;
  readonly then: string | null;
  readonly now: string | null;
}

export interface BodyChange {
  readonly body: BodyRef;
  readonly then: ReportedSoFar;
  readonly now: ReportedSoFar;
}

export interface ReportedSoFar {
  /** When it said that it was ready. */
  readonly readyAt: string | null;
  readonly assessed: number;
  readonly expected: number;
}

/** What is told of a period, which may have been made up. */
export interface ComparedColumns extends Columns {
  /** What the sources of a derived indicator make. */
  readonly computed?: ComputedValues | undefined;
  readonly invented?: boolean;
  /** Where it comes from, in words, where both sides tell that. */
  readonly provenance?: string;
}

/** Decimals. */
export interface ComputedValues {
  readonly total?: string | undefined;
  readonly women?: string | undefined;
  readonly men?: string | undefined;
}

export interface IndicatorChange {
  readonly indicator: { readonly indicatorId: string; readonly name: string; readonly invented?: boolean };
  /** The periods whose values differ; null where a side has none. */
  readonly periods: readonly {
    readonly period: string;
    readonly then: ComparedColumns | null;
    readonly now: ComparedColumns | null;
  }[];
  /** Whether anything but values differs: the definition, the target, the items that list it. */
  readonly redefined: boolean;
}

export interface CountChange {
  /** The code of a level, with `@` and its version where that is not the one of the plan now; `not-assessed`, `on-hold`, `items`, `completed` or `discontinued` for the other counts. */
  readonly what: string;
  readonly label: string;
  readonly then: number;
  readonly now: number;
}

/** As reported then, against as told by another issue or as known now. */
export interface SnapshotComparison {
  readonly then: ComparedSide;
  readonly now: ComparedSide;
  /** Whether nothing at all differs. */
  readonly same: boolean;
  readonly addedItems: readonly ComparedItem[];
  readonly removedItems: readonly ComparedItem[];
  readonly changedItems: readonly { readonly item: ComparedItem; readonly changes: readonly ItemChange[] }[];
  readonly bodies: readonly BodyChange[];
  readonly addedIndicators: readonly IndicatorChange['indicator'][];
  readonly removedIndicators: readonly IndicatorChange['indicator'][];
  readonly changedIndicators: readonly IndicatorChange[];
  /** Every count, whether it differs or not. */
  readonly totals: readonly CountChange[];
}

/** The first rule that tells what is inferred, retold and remarked. What one side alone can tell is no difference. */
const tellsGrounds = 6;

/** Compares what two snapshots tell. What an item is called is told as `now` calls it. */
export function compareSnapshots(then: Snapshot, now: Snapshot): SnapshotComparison {
  const items = matched(then.items, now.items, ({ itemId }) => itemId);
  const indicators = matched(then.indicators, now.indicators, ({ indicatorId }) => indicatorId);
  const tellGrounds = then.rule >= tellsGrounds && now.rule >= tellsGrounds;
  const changedItems = items.both.flatMap(([before, after]) => {
    const changes = itemChanges(before, after, tellGrounds);
    return changes.length > 0 ? [{ item: itemRef(after), changes }] : [];
  });
  const changedIndicators = indicators.both.flatMap(
    ([before, after]) => indicatorChange(before, after, tellGrounds) ?? [],
  );
  const bodies = bodyChanges(then.coverage.bodies, now.coverage.bodies);
  const totals = countChanges(then, now);
  const differs = [items.added, items.removed, changedItems, indicators.added, indicators.removed];
  return {
    then: sideOf(then),
    now: sideOf(now),
    same:
      [...differs, changedIndicators, bodies].every(({ length }) => length === 0) &&
      totals.every((count) => count.then === count.now),
    addedItems: items.added.map(itemRef),
    removedItems: items.removed.map(itemRef),
    changedItems,
    bodies,
    addedIndicators: indicators.added.map(indicatorRef),
    removedIndicators: indicators.removed.map(indicatorRef),
    changedIndicators,
    totals,
  };
}

const sideOf = ({ invented, issue, round: { label, referenceDate, roundId } }: Snapshot): ComparedSide => ({
  round: { roundId, label, referenceDate },
  issue: issue?.number ?? null,
  frozenAt: issue?.frozenAt ?? null,
  ...(invented && { invented }),
});

const itemRef = ({ invented, itemId, label, title }: ItemContent): ComparedItem => ({
  ...{ itemId, label, title },
  ...(invented && { invented }),
});
const indicatorRef = ({ indicatorId, invented, name }: IndicatorContent): IndicatorChange['indicator'] => ({
  ...{ indicatorId, name },
  ...(invented && { invented }),
});

function matched<T>(then: readonly T[], now: readonly T[], keyOf: (element: T) => string) {
  const before = new Map(then.map((element) => [keyOf(element), element]));
  const after = new Set(now.map(keyOf));
  return {
    added: now.filter((element) => !before.has(keyOf(element))),
    removed: then.filter((element) => !after.has(keyOf(element))),
    both: now.flatMap((element): [T, T][] => {
      const known = before.get(keyOf(element));
      return known ? [[known, element]] : [];
    }),
  };
}

function itemChanges(then: ItemContent, now: ItemContent, tellGrounds: boolean): ItemChange[] {
  const before = told(then, tellGrounds);
  const after = told(now, tellGrounds);
  const changes = itemAspects.flatMap((what): ItemChange[] => {
    if (what === 'contribution' || before[what] === after[what]) return [];
    return [{ what, then: before[what], now: after[what] }];
  });
  return [...changes, ...contributionChanges(then.contributions, now.contributions)];
}

/** What a reader is told of an item, in words. */
function told(item: ItemContent, tellGrounds: boolean): Record<Exclude<ItemAspect, 'contribution'>, string | null> {
  const { concerned, hold, lifecycle, status, text } = item;
  return {
    level: status && madeUp(status, levelText(status)),
    motivation: status && madeUp(status, status.motivation),
    evidence: status && listed(status.evidence.map(evidenceText)),
    provenance: (status && provenanceText(tellGrounds ? status : withoutGrounds(status))) ?? null,
    number: item.number ?? null,
    title: madeUp(item, item.title),
    text: text === undefined ? null : madeUp(item, text),
    parents: listed(item.parents.map(({ label, title }) => `${label}: ${title}`)),
    concerned: concerned ? listed([concerned.group ?? [], concerned.bodies.map(({ name }) => name)].flat()) : null,
    responsible: listed(item.responsible.map(({ name }) => name)),
    documents: listed(item.documents.map(({ title }) => title)),
    'expected-effects': listed(item.expectedEffects),
    hold: hold ? madeUp(hold, `Vilar till ${hold.until}: ${hold.reason}`) : null,
    lifecycle: madeUp(lifecycle, [lifecycle.state, lifecycle.since, lifecycle.comment].filter(Boolean).join(', ')),
    ...(tellGrounds ? fromRule6(item) : { origin: null, particulars: null, links: null }),
  };
}

const withoutGrounds = ({ attested, invented }: ProvenanceContent): ProvenanceContent => ({ attested, invented });

/** What no earlier rule tells. */
function fromRule6(item: ItemContent): Record<'origin' | 'particulars' | 'links', string | null> {
  const particulars = particularsOf(item).flatMap(({ name, told: text }) => (text ? [`${name}: ${text}`] : []));
  const links = [
    ...item.predecessors.map((link) => `kom av ${linkText(link)}`),
    ...item.successors.map((link) => `efterföljs av ${linkText(link)}`),
  ];
  const { invented: _, ...whence } = item;
  return { origin: provenanceText(whence) ?? null, particulars: listed(particulars), links: listed(links) };
}

/** A level of another version of a scale than the plan's says so. */
const levelText = ({ level, scale }: AssessmentContent): string =>
  scale ? `${level.label} (skala version ${scale.version})` : level.label;

const listed = (texts: readonly string[]): string | null => (texts.length > 0 ? texts.join('; ') : null);

function contributionChanges(then: readonly AssessmentContent[], now: readonly AssessmentContent[]): ItemChange[] {
  const textOf = (one: AssessmentContent | undefined): string | null =>
    one ? madeUp(one, `${levelText(one)}. ${one.motivation}`) : null;
  const before = new Map(then.map((one) => [one.body.bodyId, one]));
  const after = new Map(now.map((one) => [one.body.bodyId, one]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((bodyId) => {
    const [old, young] = [before.get(bodyId), after.get(bodyId)];
    const [said, says] = [textOf(old), textOf(young)];
    if (said === says) return [];
    return [{ what: 'contribution' as const, body: (young ?? old)!.body, then: said, now: says }];
  });
}

function bodyChanges(then: readonly BodyCoverage[], now: readonly BodyCoverage[]): BodyChange[] {
  const none: ReportedSoFar = { readyAt: null, assessed: 0, expected: 0 };
  const before = new Map(then.map((one) => [one.body.bodyId, one]));
  return now.flatMap((one) => {
    const [old, young] = [before.get(one.body.bodyId), soFar(one)];
    const change = { body: one.body, then: old ? soFar(old) : none, now: young };
    return sameWhenStored(change.then, change.now) ? [] : [change];
  });
}

const soFar = ({ assessed, expected, ready }: BodyCoverage): ReportedSoFar => ({
  readyAt: ready?.recordedAt ?? null,
  assessed,
  expected,
});

/** What an indicator is, without its values and what follows from them, and whoever said so. */
function definedAs({ series: _series, targetMet: _met, targetStatus: _status, ...defined }: IndicatorContent) {
  const { definitions, retired, target, ...about } = withoutProvenance(defined);
  return {
    ...about,
    definitions: definitions?.map(withoutProvenance),
    retired: retired && withoutProvenance(retired),
    target: target && withoutProvenance(target),
  };
}

function withoutProvenance<Told extends ProvenanceContent>({
  attested: _,
  inferred: __,
  invented: ___,
  note: ____,
  retold: _____,
  ...told
}: Told) {
  return told;
}

const valuesOf = ({ men, total, women }: NonNullable<PeriodContent['computed']>): ComputedValues => ({
  ...{ total: total?.value, women: women?.value, men: men?.value },
});

/** What a period tells: what was made up of it says so. */
const toldOf = (entry: PeriodContent, tellGrounds: boolean): ComparedColumns => {
  const { computed, men, total, women } = entry;
  const provenance = tellGrounds ? provenanceText(entry) : undefined;
  return {
    total,
    women,
    men,
    computed: computed && valuesOf(computed),
    ...(isMadeUp(entry) && { invented: true }),
    ...(provenance !== undefined && { provenance }),
  };
};

function indicatorChange(
  then: IndicatorContent,
  now: IndicatorContent,
  tellGrounds: boolean,
): IndicatorChange | undefined {
  const series = ({ series: periods }: IndicatorContent) =>
    new Map(periods.map((entry) => [entry.period, toldOf(entry, tellGrounds)]));
  const [before, after] = [series(then), series(now)];
  const periods = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((period) => {
    const change = { period, then: before.get(period) ?? null, now: after.get(period) ?? null };
    return sameWhenStored(change.then, change.now) ? [] : [change];
  });
  const redefined = !sameWhenStored(definedAs(then), definedAs(now));
  return periods.length > 0 || redefined ? { indicator: indicatorRef(now), periods, redefined } : undefined;
}

/** Both come out of canonical JSON, so that what is alike is written alike. */

/** A code counts as the same level on both sides where it is of the same version of a scale. */
function countChanges({ plan: planThen, totals: totalsThen }: Snapshot, { plan, totals }: Snapshot): CountChange[] {
  const [then, now] = [totalsThen.all, totals.all];
  const rowsOf = (counts: Counts, own: ScaleRef) =>
    new Map(
      counts.levels.map((level) => {
        const { scaleId, version } = level.scale ?? own;
        return [JSON.stringify([scaleId, version, level.code]), level];
      }),
    );
  const [before, after] = [rowsOf(then, planThen.scale), rowsOf(now, plan.scale)];
  const levels = [...new Set([...after.keys(), ...before.keys()])].map((key) => {
    const [scaleId, version, code] = JSON.parse(key) as [string, number, string];
    const isOwn = scaleId === plan.scale.scaleId && version === plan.scale.version;
    const { label } = (after.get(key) ?? before.get(key))!;
    const told = isOwn || after.has(key) ? label : `${label} enligt skala version ${version}`;
    const counts = { then: before.get(key)?.count ?? 0, now: after.get(key)?.count ?? 0 };
    return { what: isOwn ? code : `${code}@${version}`, label: told, ...counts };
  });
  return [
    { what: 'items', label: 'Punkter', then: then.items, now: now.items },
    ...levels,
    { what: 'not-assessed', label: 'Inte bedömda', then: then.notAssessed, now: now.notAssessed },
    { what: 'on-hold', label: 'Vilande', then: then.onHold ?? 0, now: now.onHold ?? 0 },
    { what: 'completed', label: 'Avslutade', then: then.completed, now: now.completed },
    { what: 'discontinued', label: 'Utgångna', then: then.discontinued, now: now.discontinued },
  ];
}
