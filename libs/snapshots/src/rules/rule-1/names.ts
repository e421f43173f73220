import { includesDay, swedishSortKey } from '#kernel';
import type { Actor, FormalDecision } from '#kernel';
import type { Evidence } from '#planning';
import type {
  BodyRef,
  By,
  DecisionContent,
  EvidenceContent,
  ItemRef,
  LevelContent,
  RoundRef,
} from '../../format/snapshot.js';
import { byDay, byText } from './fact.js';
import type { Fact } from './fact.js';
import { stepsUpTo } from './item-on-day.js';
import type { ItemOnDay } from './item-on-day.js';
import type { Log, PlanStory } from './log.js';

type Plan = PlanStory['adopted']['data'];

/** What everything was called on one day. */
export class Names {
  readonly #bodies = new Map<string, BodyRef>();
  readonly #items = new Map<string, ItemOnDay>();
  readonly #plans = new Map<string, Plan>();
  readonly #levels = new Map<string, ReadonlyMap<string, LevelContent>>();
  /** The items that were named and are not known, by id. */
  readonly unknownItems = new Set<string>();
  readonly unknownIndicators = new Set<string>();

  constructor(
    private readonly log: Log,
    private readonly day: string,
  ) {}

  /** A body by the name that it had on the day; before its first name's day, by that name all the same. */
  body(bodyId: string): BodyRef {
    const known = this.#bodies.get(bodyId);
    if (known) return known;
    const names = byDay(this.log.bodyNames.get(bodyId) ?? []);
    const name = latest(names, this.day) ?? names[0];
    const abbreviation = this.log.aliases.get(bodyId)?.find((alias) => includesDay(alias, this.day))?.alias;
    const ref = { bodyId, name: name?.data.name ?? bodyId, abbreviation };
    this.#bodies.set(bodyId, ref);
    return ref;
  }

  bodies(ids: readonly string[]): BodyRef[] {
    return ids
      .map((id) => this.body(id))
      .sort(
        byText(
          ({ name }) => swedishSortKey(name),
          ({ bodyId }) => bodyId,
        ),
      );
  }

  group(groupId: string): string {
    return this.log.groupNames.get(groupId) ?? groupId;
  }

  /** The ids of the bodies that belonged to a group. */
  members(groupId: string): readonly string[] {
    return latest(byDay(this.log.memberships.get(groupId) ?? []), this.day)?.data.members ?? [];
  }

  by({ body, role }: Actor): By {
    return { role, body: body === undefined ? undefined : this.body(body) };
  }

  decision(decision: FormalDecision | undefined): DecisionContent | undefined {
    if (!decision) return undefined;
    const { bodyId, ...rest } = decision;
    return { body: this.body(bodyId), ...rest };
  }

  /** A plan as amended up to the day. */
  plan(planId: string): Plan | undefined {
    const story = this.log.plans.get(planId);
    if (!story) return undefined;
    const known = this.#plans.get(planId);
    if (known) return known;
    const amended = byDay(story.amended).filter(({ effectiveOn }) => effectiveOn <= this.day);
    const plan = amended.reduce<Plan>((before, { data }) => ({ ...before, ...data }), story.adopted.data);
    this.#plans.set(planId, plan);
    return plan;
  }

  /** An item's properties on the day. */
  item(itemId: string): ItemOnDay | undefined {
    const story = this.log.items.get(itemId);
    if (!story) return undefined;
    const known = this.#items.get(itemId);
    if (known) return known;
    const { last } = stepsUpTo(story, this.day);
    this.#items.set(itemId, last);
    return last;
  }

  itemRef(itemId: string): ItemRef {
    const item = this.item(itemId);
    if (!item) {
      this.unknownItems.add(itemId);
      return { itemId, label: itemId, title: '' };
    }
    return { itemId, label: this.label(itemId, item.number), title: item.title };
  }

  /** `Uppdrag 34`; an item without a number is called by its kind alone. */
  label(itemId: string, number: string | undefined): string {
    const { kind, planId } = this.log.items.get(itemId)!.adopted.data;
    const label = this.plan(planId)?.kinds.find(({ code }) => code === kind)?.label ?? kind;
    return number === undefined ? label : `${label} ${number}`;
  }

  /** The levels of a version of a scale, best first. */
  levels({ scaleId, version }: { readonly scaleId: string; readonly version: number }): readonly LevelContent[] {
    return this.log.scales.get(scaleId)?.versions.find((known) => known.version === version)?.levels ?? [];
  }

  /** A level as its scale explained it when it was used. */
  level(code: string, scale: { readonly scaleId: string; readonly version: number }): LevelContent {
    const key = `${scale.scaleId} ${scale.version}`;
    let levels = this.#levels.get(key);
    if (!levels) {
      levels = new Map(this.levels(scale).map((level) => [level.code, level]));
      this.#levels.set(key, levels);
    }
    return levels.get(code) ?? { code, label: code, meaning: '', colour: 'none', icon: 'none', rank: 0 };
  }

  round(roundId: string): RoundRef | undefined {
    const content = this.log.rounds.get(roundId)?.content;
    return content && { roundId, label: content.label, referenceDate: content.referenceDate };
  }

  evidence(evidence: readonly Evidence[]): EvidenceContent[] {
    return evidence.map((ground) => {
      if ('note' in ground) return { note: ground.note };
      if ('itemId' in ground) return { item: this.itemRef(ground.itemId) };
      return { indicator: { indicatorId: ground.indicatorId, name: this.#indicator(ground.indicatorId) } };
    });
  }

  #indicator(indicatorId: string): string {
    const story = this.log.indicators.get(indicatorId);
    if (!story) this.unknownIndicators.add(indicatorId);
    return story ? (story.redefined.at(-1) ?? story.defined).data.name : indicatorId;
  }
}

/** The last of those, in the order of their days, whose day has come. */
const latest = <F extends Fact>(facts: readonly F[], day: string): F | undefined =>
  facts.findLast(({ effectiveOn }) => effectiveOn <= day);
