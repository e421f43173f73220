import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, DecisionRunner, decideWith, EVENT_STORE, isRefusal, RehearsalStore, Resting } from '#deciding';
import type { CommandContext, Readers, RestedOn } from '#deciding';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { EventCatalog, kindInWords, newId, say, streamName } from '#kernel';
import type { Clock, Json, Said, StoredEvent } from '#kernel';
import { notRecorded } from './load.decider.js';
import type { RecordedRange, TakingStep } from './load.events.js';
import { loadBegun } from './load.events.js';
import { cancelling, cancels, commandOf, takesBack, takingBack } from './taking-steps.js';

/** Something that a load recorded and that stays, and why. */
export interface Kept extends RestedOn {
  /** The event that says it; the type tells whether it is a whole thing or a change of one. */
  readonly eventId: string;
  readonly type: string;
  /** What rests on it, or what else stands in the way, in words. */
  readonly because: readonly Said[];
}

/** Something that would be taken back. */
export interface Taken extends RestedOn {
  readonly eventId: string;
  readonly type: string;
  readonly step: TakingStep;
}

/** What would come of taking a load back. */
export interface Examined {
  readonly taken: readonly Taken[];
  readonly kept: readonly Kept[];
  /** The commands that take it back, in order. */
  readonly steps: readonly TakingStep[];
  /** Up to where in the log it was looked for what rests on it. */
  readonly examined: string;
}

type Asked = CommandContext & { readonly reason: string };

/** An event of a load, with whose it is. */
interface Recorded extends RestedOn {
  readonly event: StoredEvent;
  /** That somebody else has corrected it since. */
  readonly isCorrected: boolean;
}

const pageSize = 500;
/** Finds out what of a load can be taken back, on all that the log holds. Nothing is recorded. */
@Injectable()
export class LoadExamination {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Resting) private readonly resting: Resting,
  ) {}

  /**
   * What something later rests on stays, with what that needs itself; so does what nothing takes back, such as a corrected value. Of the
   * rest, what was recorded last is taken back first.
   * @throws RuleViolation where there is no such load
   */
  async of(loadId: string, asked: Asked, readers: Readers): Promise<Examined> {
    const { begun, ranges } = await this.#listOf(loadId, asked.tenant);
    const recorded = await this.#recordedBy(loadId, asked.tenant, ranges);
    const made = recorded.filter(({ event }) => event.type in cancelling);
    const counts = ({ metadata, type }: StoredEvent) => metadata.correlationId !== loadId && !takesBack.includes(type);
    const { on, upTo: examined } = await this.resting.onEach(made, asked.tenant, { after: begun, counts });
    const kept = new Map<string, readonly Said[]>([...on]);
    for (;;) {
      keepWhatIsNeeded(recorded, made, kept);
      const sorted = sort(recorded, kept);
      const refused = await this.#rehearse(sorted.taken, { ...asked, examined }, readers);
      const whole = refused.filter(({ because, taken }) => because.length > 0 && taken.type in cancelling);
      if (whole.length === 0) return outcome(sorted, refused, examined);
      for (const { because, taken } of whole) kept.set(taken.id, because);
    }
  }

  /** @throws RuleViolation where there is no such load */
  async need(loadId: string, tenant: string): Promise<void> {
    const events = await this.eventStore.readStream(streamName(tenant, 'load', loadId), { limit: 1 });
    if (events.length === 0) throw notRecorded({ load: loadId });
  }

  async #listOf(loadId: string, tenant: string) {
    const ranges: RecordedRange[] = [];
    let begun: string | undefined;
    for await (const page of pagesOfStream(this.eventStore, streamName(tenant, 'load', loadId), { limit: pageSize })) {
      for (const { data, position, type } of page) {
        if (type === loadBegun.type) begun = position;
        ranges.push(...((data['recorded'] ?? []) as unknown as RecordedRange[]));
      }
    }
    if (begun === undefined) throw notRecorded({ load: loadId });
    return { begun, ranges };
  }

  /** What the load recorded, in the order of the log. */
  async #recordedBy(loadId: string, tenant: string, ranges: readonly RecordedRange[]): Promise<Recorded[]> {
    const recorded: Recorded[] = [];
    for (const { category, from, id, to } of ranges) {
      const events = await this.eventStore.readStream(streamName(tenant, category, id), {
        after: from - 1,
        limit: to - from + 1,
      });
      // Another file may have said the same at the same time.
      const own = events.filter(({ metadata }) => metadata.correlationId === loadId);
      const { cancelledAt, corrected } = await this.#since(own, loadId);
      const standing = own.filter(({ revision }) => revision > cancelledAt);
      recorded.push(...standing.map((event) => ({ category, id, event, isCorrected: corrected.has(event) })));
    }
    return recorded.sort(({ event: one }, { event: other }) =>
      one.position === other.position ? one.revision - other.revision : one.position < other.position ? -1 : 1,
    );
  }

  /**
   * Up to which revision all that a stream says is cancelled, and which assessments and values others have corrected since. Of anything
   * else, the rules tell.
   */
  async #since(own: readonly StoredEvent[], loadId: string) {
    const made = new Map(own.flatMap((one) => (one.type in subjectIn ? [[subjectIn[one.type]!(one), one]] : [])));
    const corrected = new Set<StoredEvent>();
    let cancelledAt = -1;
    if (!own[0]) return { cancelledAt, corrected };
    const after = { after: own[0].revision, limit: pageSize };
    for await (const page of pagesOfStream(this.eventStore, own[0].stream, after)) {
      for (const { data, metadata, revision, type } of page) {
        if (cancels.includes(type)) cancelledAt = revision;
        const about = type in correctedIn ? made.get(correctedIn[type]!({ data })) : undefined;
        if (metadata.correlationId !== loadId && about) corrected.add(about);
      }
    }
    return { cancelledAt, corrected };
  }

  /** Of what is to be taken back, what a rule stands in the way of. What is taken back already, leads to nothing. */
  async #rehearse(taken: readonly Taken[], { reason, ...asked }: Asked, readers: Readers): Promise<Refused[]> {
    const runner = new DecisionRunner(new RehearsalStore(this.eventStore), this.catalog, this.clock);
    const refused: Refused[] = [];
    for (const one of taken) {
      const { decision: _decision, effectiveOn: _day, expectedRevision: _seen, ...context } = asked;
      try {
        const command = commandOf(one.step, reason, {
          ...context,
          commandId: newId(),
          repeatable: false,
          settled: true,
        });
        const { recorded } = await decideWith(runner, command, readers);
        if (recorded.length === 0) refused.push({ taken: one, because: [] });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused.push({ taken: one, because: [error.said] });
      }
    }
    return refused;
  }
}

type Subject = (event: Pick<StoredEvent, 'data'>) => string;
const assessment: Subject = ({ data }) => `assessment ${data['assessmentId'] as string}`;
const value: Subject = ({ data }) => `value ${data['period'] as string}`;

/** What is corrected under a name of its own, by the types of the events that record it and of those that correct it. */
const subjectIn: Readonly<Record<string, Subject>> = { ItemAssessed: assessment, IndicatorValueRecorded: value };
const correctedIn: Readonly<Record<string, Subject>> = {
  AssessmentCorrected: assessment,
  IndicatorValueCorrected: value,
};

/** What cannot be taken back; without a reason, it is already. */
interface Refused {
  readonly taken: Taken;
  readonly because: readonly Said[];
}

/** What a load tells of things that stay needs the other things of the load that it names. */
function keepWhatIsNeeded(
  recorded: readonly Recorded[],
  made: readonly Recorded[],
  kept: Map<string, readonly Said[]>,
): void {
  const makes = new Set(made.map(({ id }) => id));
  for (let more = true; more;) {
    more = false;
    for (const { category, event, id } of recorded) {
      const stays = kept.has(id) || (!makes.has(id) && !(event.type in takingBack));
      if (!stays || (kept.has(id) && event.type in takingBack)) continue;
      for (const named of textsIn(event.data)) {
        if (!makes.has(named) || kept.has(named)) continue;
        kept.set(named, [thingIs({ kind: kindInWords(category), id })]);
        more = true;
      }
    }
  }
}

interface Sorted {
  readonly taken: readonly Taken[];
  readonly kept: readonly Kept[];
}

/** What is taken back, what was recorded last first; what belongs to a thing that is taken back whole, goes with it. */
function sort(recorded: readonly Recorded[], kept: ReadonlyMap<string, readonly Said[]>): Sorted {
  const whole = new Set(recorded.flatMap(({ event, id }) => (event.type in cancelling && !kept.has(id) ? [id] : [])));
  const [taken, stays]: [Taken[], Kept[]] = [[], []];
  const values = new Set(
    recorded.flatMap(({ event, id, isCorrected }) =>
      event.type === 'IndicatorValueRecorded' && !isCorrected ? [`${id} ${value(event)}`] : [],
    ),
  );
  for (const { category, event, id, isCorrected } of recorded.toReversed()) {
    const thing = { category, id, eventId: event.id, type: event.type };
    const cancels = cancelling[event.type];
    const changes = takingBack[event.type];
    const isAssessment = event.type === 'ItemAssessed';
    if (cancels !== undefined && !kept.has(id)) taken.push({ ...thing, step: { command: cancels, id } });
    else if (whole.has(id) && !isAssessment) continue;
    // It goes with the value that it corrects.
    else if (event.type === 'IndicatorValueCorrected' && values.has(`${id} ${value(event)}`)) continue;
    else if (isCorrected) stays.push({ ...thing, because: [correctedSince()] });
    else if (changes !== undefined) {
      const about = isAssessment ? (event.data['assessmentId'] as string) : event.id;
      taken.push({ ...thing, step: { command: changes, id, about } });
    } else stays.push({ ...thing, because: cancels === undefined ? [] : (kept.get(id) ?? []) });
  }
  return { taken, kept: stays };
}

function outcome({ kept, taken }: Sorted, refused: readonly Refused[], examined: string): Examined {
  const away = new Set(refused.map(({ taken: one }) => one));
  const left = taken.filter((one) => !away.has(one));
  const stays = refused.flatMap(({ because, taken: { step: _, ...one } }) =>
    because.length === 0 ? [] : [{ ...one, because }],
  );
  return { taken: left, kept: [...kept, ...stays], steps: left.map(({ step }) => step), examined };
}

function textsIn(value: Json, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) textsIn(inner as Json, found);
  return found;
}

const thingIs = say('{kind}: {id}', '{kind}: {id}');
const correctedSince = say('somebody has corrected it since', 'någon har rättat den sedan dess');
