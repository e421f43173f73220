import { addTo } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { ItemEvent, ScaleEvent } from '#planning';
import type {
  AssessmentContent,
  Counts,
  ItemContent,
  NamedCounts,
  ScaleContent,
  ScaleRef,
  Snapshot,
  Totals,
} from '../../format/snapshot.js';

type Assessed = Extract<ItemEvent, { type: 'ItemAssessed' }>;
type ToldOfScales = RecordedEvent<ScaleEvent | Assessed>;

const types: readonly ToldOfScales['type'][] = ['ScaleDefined', 'ScaleRevised', 'ItemAssessed'];
export const tellsOfScales = (event: { readonly type: string }): event is ToldOfScales =>
  (types as readonly string[]).includes(event.type);

const keyOf = ({ scaleId, version }: ScaleRef): string => `${scaleId} ${version}`;

/** Which version of which scale each assessment was made on, so that every item is counted in one row. */
export class Scales {
  /** By scale and version. */
  readonly #scales = new Map<string, ScaleContent>();
  /** By assessment: the key of its version. */
  readonly #madeOn = new Map<string, string>();

  take(event: ToldOfScales): void {
    if (event.type === 'ItemAssessed') {
      this.#madeOn.set(event.data.assessmentId, keyOf(event.data.scale));
      return;
    }
    const { levels, scaleId, version } = event.data;
    const name = event.type === 'ScaleDefined' ? event.data.name : this.#nameOf(scaleId);
    this.#scales.set(keyOf(event.data), { scaleId, name, version, levels });
  }

  #nameOf(scaleId: string): string {
    for (const scale of this.#scales.values()) if (scale.scaleId === scaleId) return scale.name;
    return scaleId;
  }

  /** The same with what was judged on other versions than the plan's told apart. */
  tell(snapshot: Snapshot): Snapshot {
    const { plan } = snapshot;
    const own = keyOf(plan.scale);
    const withScale = (assessment: AssessmentContent): AssessmentContent => {
      const key = this.#madeOn.get(assessment.assessmentId);
      return key === undefined || key === own ? assessment : { ...assessment, scale: this.#refOf(key) };
    };
    const items = snapshot.items.map((item) => ({
      ...item,
      status: item.status && withScale(item.status),
      contributions: item.contributions.map(withScale),
    }));
    const judged = items.flatMap(({ contributions, status }) => [...(status ? [status] : []), ...contributions]);
    const used = new Set(judged.flatMap(({ scale }) => (scale ? keyOf(scale) : [])));
    const others = [...used].flatMap((key) => this.#scales.get(key) ?? []).sort(newestFirst);
    return {
      ...snapshot,
      plan: { ...plan, otherScales: others.length > 0 ? others : undefined },
      items,
      totals: totalsOf(snapshot.totals, items, [plan.scale, ...others]),
    };
  }

  /** A key is made of both, and nothing else. */
  #refOf(key: string): ScaleRef {
    const [scaleId = '', version] = key.split(' ');
    return { scaleId, version: Number(version) };
  }
}

const newestFirst = (one: ScaleRef, other: ScaleRef): number =>
  other.version - one.version || (one.scaleId < other.scaleId ? -1 : 1);

/** Counted anew by level and version: what is on hold and not assessed is told too, so that the parts make up the whole. */
function totalsOf(totals: Totals, items: readonly ItemContent[], scales: readonly ScaleContent[]): Totals {
  const [own] = scales;
  const counted = items.filter(({ lifecycle }) => lifecycle.state !== 'discontinued');
  const rows = rowsOf(counted, scales);
  const places = new Map(
    counted.flatMap((item) =>
      item.status ? [[item, placeOf(item.status.level.code, item.status.scale ?? own!)] as const] : [],
    ),
  );
  const each = (counts: readonly NamedCounts[], idsOf: (item: ItemContent) => readonly string[]) => {
    const belonging = new Map<string, ItemContent[]>();
    for (const item of counted) for (const id of new Set(idsOf(item))) addTo(belonging, id, item);
    return counts.map((count) => withRows(count, belonging.get(count.id) ?? []));
  };
  function withRows<C extends Counts>(counts: C, of: readonly ItemContent[]): C {
    const resting = of.filter(({ hold, status }) => hold !== undefined && status === null).length;
    const found = new Map<string, number>();
    for (const item of of) {
      const place = places.get(item);
      if (place !== undefined) found.set(place, (found.get(place) ?? 0) + 1);
    }
    const levels = rows.map((row) => ({ ...row, count: found.get(placeOf(row.code, row.scale ?? own!)) ?? 0 }));
    return { ...counts, onHoldNotAssessed: resting > 0 ? resting : undefined, levels };
  }
  return {
    all: withRows(totals.all, counted),
    byKind: each(totals.byKind, ({ kind }) => [kind]),
    byTopItem: each(totals.byTopItem, ({ topItemIds }) => topItemIds),
    byBody: each(totals.byBody, ({ concerned, responsible }) =>
      [...(concerned?.bodies ?? []), ...responsible].map(({ bodyId }) => bodyId),
    ),
  };
}

type Row = Omit<Counts['levels'][number], 'count'>;

/** In which row a level is counted. */
const placeOf = (code: string, scale: ScaleRef): string => `${keyOf(scale)} ${code}`;

/** The levels of the plan's version, best first, then those of others that items have. */
function rowsOf(items: readonly ItemContent[], [own, ...others]: readonly ScaleContent[]): Row[] {
  const given = (scale: ScaleContent | undefined) =>
    new Map(
      items.flatMap(({ status }) =>
        status && keyOf(status.scale ?? own!) === keyOf(scale!)
          ? [[status.level.code, status.level.label] as const]
          : [],
      ),
    );
  // A level that its version does not tell of was given all the same.
  const untold = (scale: ScaleContent) =>
    [...given(scale)].filter(([code]) => scale.levels.every((level) => level.code !== code)).sort();
  const rows = [...own!.levels, ...untold(own!).map(([code, label]) => ({ code, label }))];
  return [
    ...rows.map(({ code, label }) => ({ code, label })),
    ...others.flatMap((scale) => {
      const has = given(scale);
      const { scaleId, version } = scale;
      const told = [
        ...scale.levels.filter(({ code }) => has.has(code)),
        ...untold(scale).map(([code, label]) => ({ code, label })),
      ];
      const which = `enligt ${scaleId === own!.scaleId ? '' : 'annan '}skala version ${version}`;
      return told.map(({ code, label }) => ({ code, label: `${label} ${which}`, scale: { scaleId, version } }));
    }),
  ];
}
