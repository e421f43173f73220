import fc from 'fast-check';
import { idOf, newId, streamName } from '#kernel';
import type { EventEnvelope } from '#kernel';
import type { RunningSystem } from './running-system.js';
import { tenant } from './running-system.js';

const bodies = ['a', 'b'].map((name) => idOf('body', name));
const roundId = idOf('round', 'april');
const firstScale = { scaleId: idOf('scale', '1'), version: 1 };
export const days = ['2025-01-15', '2025-03-31', '2025-06-30'];

/** The instant so many seconds after the story has begun. */
export const instantOf = (second: number) => new Date(Date.UTC(2025, 5, 1) + second * 1_000).toISOString();

const level = fc.constantFrom('on-track', 'delayed', 'blue');
const kinds = {
  assessed: fc.record({ kind: fc.constant('assessed' as const), bodyId: fc.constantFrom(...bodies), level }),
  corrected: fc.record({ kind: fc.constant('corrected' as const), which: fc.nat(50), level }),
  withdrawn: fc.record({ kind: fc.constant('withdrawn' as const), which: fc.nat(50) }),
  reworded: fc.record({ kind: fc.constant('reworded' as const), title: fc.constantFrom('Ett', 'Två', 'Tre') }),
  renumbered: fc.record({ kind: fc.constant('renumbered' as const), number: fc.constantFrom('1', '2') }),
  valued: fc.record({
    kind: fc.constant('valued' as const),
    period: fc.constantFrom('2024', '2025'),
    column: fc.constantFrom('total', 'women'),
  }),
  unchanged: fc.record({ kind: fc.constant('unchanged' as const) }),
  succeeded: fc.record({
    kind: fc.constant('succeeded' as const),
    by: fc.nat(5),
    how: fc.constantFrom('reworded', 'merged'),
  }),
  released: fc.record({ kind: fc.constant('released' as const), which: fc.nat(5) }),
};
/** Something that happens to the item or the indicator of a plan. */
export const happening = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: kinds.assessed },
    { weight: 2, arbitrary: kinds.corrected },
    { weight: 4, arbitrary: kinds.withdrawn },
    { weight: 2, arbitrary: kinds.reworded },
    { weight: 1, arbitrary: kinds.renumbered },
    { weight: 2, arbitrary: kinds.valued },
    { weight: 1, arbitrary: kinds.unchanged },
    // Nothing of a story that knows of no other one.
    { weight: 2, arbitrary: kinds.succeeded },
    { weight: 1, arbitrary: kinds.released },
  ),
  effectiveOn: fc.constantFrom(...days),
  /** How many seconds the clock moves on; back where the next one records by another clock. */
  seconds: fc.constantFrom(0, 1, 1, 5, -3),
});
export type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

/** An event, and the stream that it is told in. */
interface Told {
  readonly stream: string;
  readonly envelope: EventEnvelope;
}

/** A plan with one item and one indicator, and what is recorded of them, written to the log itself. */
export class RecordedStory {
  readonly planId = newId();
  readonly itemId = newId();
  readonly #subject = { itemId: this.itemId, planId: this.planId };
  readonly item = streamName(tenant, 'item', this.itemId);
  readonly #indicatorId = newId();
  readonly indicator = streamName(tenant, 'indicator', this.#indicatorId);
  /** What is said from now on is said in this round. */
  roundId = roundId;
  /** The stories whose items may succeed its own. */
  others: readonly RecordedStory[] = [];
  /** The links that stand, by the revisions that recorded them. */
  readonly #links: { readonly revision: number; readonly successor: object; readonly effectiveOn: string }[] = [];
  /** How many events of the item were told. */
  #ofItem = 0;
  readonly #standing: { readonly assessmentId: string; readonly bodyId: string }[] = [];
  readonly #revisions = new Map<string, number>();
  #second = 0;
  #value = 0;

  /** @param owner of the plan: left out, whoever judges does so as its owner */
  constructor(
    private readonly system: RunningSystem,
    private readonly owner?: string,
  ) {}

  async adopt(): Promise<void> {
    const lists = { parents: [], responsible: [], documents: [], expectedEffects: [] };
    const adopted = { ...this.#subject, kind: 'uppdrag', number: '7', title: 'Noll', ...lists };
    await this.#append([this.#tell(this.item, 'ItemAdopted', adopted, days[0]!)]);
  }

  /** The plan itself, which a story of one item does without. */
  async adoptPlan(): Promise<void> {
    const kinds = [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }];
    const lists = { kinds, documents: [], calendar: [] };
    const owner = { bodyId: this.owner ?? bodies[0], role: 'Controller' };
    const plan = {
      planId: this.planId,
      title: 'Plan',
      owner,
      validity: { from: days[0] },
      scale: firstScale,
      ...lists,
    };
    await this.#append([this.#tell(streamName(tenant, 'plan', this.planId), 'PlanAdopted', plan, days[0]!)]);
  }

  #capacityOf(bodyId: string): 'owner' | 'contribution' {
    return this.owner === undefined || bodyId === this.owner ? 'owner' : 'contribution';
  }

  /** Records what happens, as much of it with one append as is of one stream. */
  async record(...happenings: readonly Happening[]): Promise<void> {
    let together: Told[] = [];
    for (const told of happenings.flatMap((happening) => this.#toldOf(happening) ?? [])) {
      if (together.length > 0 && told.stream !== together[0]!.stream) {
        await this.#append(together);
        together = [];
      }
      together.push(told);
    }
    if (together.length > 0) await this.#append(together);
  }

  /** Nothing where there is nothing that it could be about. */
  #toldOf({ effectiveOn, seconds, what }: Happening): Told | undefined {
    this.#second += seconds;
    const ofItem = (type: string, data: object): Told =>
      this.#tell(this.item, type, { ...this.#subject, ...data }, effectiveOn);
    const said = { motivation: 'Enligt plan', evidence: [] };
    switch (what.kind) {
      case 'assessed': {
        const made = { assessmentId: newId(), bodyId: what.bodyId };
        this.#standing.push(made);
        const scale = firstScale;
        return ofItem('ItemAssessed', {
          ...made,
          roundId: this.roundId,
          capacity: this.#capacityOf(what.bodyId),
          scale,
          level: what.level,
          ...said,
        });
      }
      case 'corrected':
      case 'withdrawn': {
        const at = what.which % this.#standing.length;
        const standing = this.#standing[at];
        if (!standing) return undefined;
        const about = {
          ...standing,
          roundId: this.roundId,
          capacity: this.#capacityOf(standing.bodyId),
          reason: 'Fel',
        };
        if (what.kind === 'corrected') return ofItem('AssessmentCorrected', { ...about, level: what.level, ...said });
        this.#standing.splice(at, 1);
        return ofItem('AssessmentWithdrawn', about);
      }
      case 'succeeded': {
        const other = this.others[what.by % this.others.length];
        if (!other) return undefined;
        const successor = { itemId: other.itemId, kind: what.how };
        this.#links.push({ revision: this.#ofItem, successor, effectiveOn });
        const to = { successorId: other.itemId, successorPlanId: other.planId };
        return ofItem('ItemSucceeded', { ...to, kind: what.how, inferred: false });
      }
      case 'released': {
        const [link] = this.#links.splice(what.which % this.#links.length, 1);
        if (!link) return undefined;
        const { effectiveOn: day, revision, successor } = link;
        const back = { retracted: 'ItemSucceeded', revisions: [revision], restores: {}, successor, reason: 'Fel' };
        return this.#tell(this.item, 'ItemRevisionRetracted', { ...this.#subject, ...back }, day);
      }
      case 'reworded':
        return ofItem('ItemReworded', { title: what.title });
      case 'renumbered':
        return ofItem('ItemRenumbered', { number: what.number });
      case 'unchanged':
        return this.#tell(this.item, 'CommandChangedNothing', { aggregateId: this.itemId, revision: 0 }, effectiveOn);
      case 'valued': {
        const value = { [what.column]: { value: String(this.#value++) } };
        const { planId } = this;
        const data = { indicatorId: this.#indicatorId, planId, period: what.period, ...value, reason: 'Ny uppgift' };
        return this.#tell(this.indicator, 'IndicatorValueCorrected', data, effectiveOn);
      }
    }
  }

  #tell(stream: string, type: string, data: object, effectiveOn: string): Told {
    const id = newId();
    if (stream === this.item) this.#ofItem++;
    const envelope: EventEnvelope = {
      ...{ id, type, data: data as never },
      metadata: {
        ...{ tenant, schema: 1, recordedAt: instantOf(this.#second), effectiveOn, commandId: id },
        ...{ actor: { id: 'a', role: 'controller' }, commandDigest: '0', correlationId: id, causationId: id },
      },
    };
    return { stream, envelope };
  }

  /** @param told of one stream */
  async #append(told: readonly Told[]): Promise<void> {
    const { stream } = told[0]!;
    const events = told.map(({ envelope }) => envelope);
    const known = this.#revisions.get(stream);
    const { revision } = await this.system.stores.eventStore.append(stream, events, known ?? 'no-stream');
    this.#revisions.set(stream, revision);
  }
}
