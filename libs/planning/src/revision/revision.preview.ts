import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { CommandContext, Readers } from '#deciding';
import { AnyTextField, DayField, IdField, IntegerField, ObjectsField, ProblemDoubt, RecordField } from '#http-api';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { doubtIn, EventCatalog, NotFound, streamName } from '#kernel';
import type { Language, RecordedEvent, StoredEvent } from '#kernel';
import { itemEvents } from '../item/item.events.js';
import type { ItemEvent } from '../item/item.events.js';
import { changeOf } from '../item/item.story.js';
import type { Values } from '../item/item.story.js';
import { faultOf } from './revision-refused.js';
import { stepIdOf } from './revision.steps.js';
import { RevisionRehearsal } from './revision-rehearsal.js';
import type { AskedRevision } from './revision-rehearsal.js';

class RehearsedChange {
  @IntegerField({ min: 0, example: 0, description: 'The place of the step that leads to it' })
  step!: number;
  @IdField({ description: 'The item' })
  itemId!: string;
  @AnyTextField({ example: 'ItemRenumbered', description: 'The event that would be recorded' })
  type!: string;
  @DayField({ description: 'The day that it would speak of' })
  effectiveOn!: string;
  @RecordField({ example: { reason: 'Byter plats' }, description: 'What it would speak of' })
  about!: object;
  @RecordField({ example: { number: '7' }, description: 'What holds on that day until then' })
  before!: object;
  @RecordField({ example: { number: '8' }, description: 'What would hold from that day on' })
  after!: object;
}

class StepFault {
  @AnyTextField({ example: 'steps[3]', description: 'The step' })
  field!: string;
  @AnyTextField({ example: 'The item is not adopted', description: 'Why it cannot be carried out' })
  message!: string;
  @AnyTextField({ example: 'item-adopted', description: 'The rule that stands in the way, or the code of the problem' })
  code!: string;
  @RecordField({ example: {}, description: 'What the message is made of' })
  params!: object;
}

/** What would come of a revision. */
export class RevisionPreview {
  @DayField({ description: 'The day that it speaks of' })
  effectiveOn!: string;
  @ObjectsField(() => RehearsedChange, {
    description: 'What would be recorded of each item, in the order of the steps',
  })
  changes!: readonly RehearsedChange[];
  @ObjectsField(() => StepFault, {
    description: 'Every step that cannot be carried out; with one of them it is refused',
  })
  faults!: readonly StepFault[];
  @ObjectsField(() => ProblemDoubt, {
    description: 'Everything that looks like a mistake: with one of them that is not confirmed, it is refused',
  })
  doubts!: readonly ProblemDoubt[];
}

/** Sets what a revision would lead to against what holds. */
@Injectable()
export class RevisionPreviews {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(RevisionRehearsal) private readonly rehearsal: RevisionRehearsal,
  ) {}

  /** @throws NotFound where there is no such plan */
  async of(
    asked: AskedRevision,
    context: CommandContext,
    readers: Readers,
    language: Language,
  ): Promise<RevisionPreview> {
    const plan = await this.eventStore.readStream(streamName(context.tenant, 'plan', asked.planId), { limit: 1 });
    if (plan.length === 0) throw new NotFound('plan', asked.planId);
    const { day, doubts, events, refused } = await this.rehearsal.of(asked, context, readers);
    const places = new Map([...asked.steps.keys()].map((step) => [stepIdOf(asked.revisionId, step), step]));
    const changes: RehearsedChange[] = [];
    for (const [stream, rehearsed] of events) {
      const told = await this.#eventsOf(stream);
      for (const event of this.#read(rehearsed)) {
        changes.push(changeBy(event, told, places.get(event.metadata.commandId)!));
        told.push(event);
      }
    }
    changes.sort((one, other) => one.step - other.step);
    const faults = refused.map((one) => faultOf(one, language));
    return { effectiveOn: day, changes, faults, doubts: doubts.map((one) => doubtIn(one, language)) };
  }

  async #eventsOf(stream: string): Promise<RecordedEvent<ItemEvent>[]> {
    const told: RecordedEvent<ItemEvent>[] = [];
    for await (const page of pagesOfStream(this.eventStore, stream, { limit: pageSize }))
      told.push(...this.#read(page));
    return told;
  }

  #read(events: readonly StoredEvent[]): RecordedEvent<ItemEvent>[] {
    const ofItems = events.filter(({ type }) => types.has(type));
    return ofItems.map((event) => this.catalog.decode(event) as unknown as RecordedEvent<ItemEvent>);
  }
}

/** @param told all that was said of the item before */
function changeBy(
  event: RecordedEvent<ItemEvent>,
  told: readonly RecordedEvent<ItemEvent>[],
  step: number,
): RehearsedChange {
  const { about, after } = changeOf(event);
  const { effectiveOn } = event.metadata;
  const known = valuesOn(told, effectiveOn);
  const before = Object.fromEntries(Object.keys(after).map((name) => [name, known[name] ?? null]));
  return { step, itemId: event.data.itemId, type: event.type, effectiveOn, about, before, after };
}

const pageSize = 500;
const types: ReadonlySet<string> = new Set(itemEvents.map(({ type }) => type));

/** What the events of an item say of its properties on a day. */
function valuesOn(events: readonly RecordedEvent<ItemEvent>[], day: string): Values {
  const since = new Map<string, string>();
  const values: Record<string, unknown> = {};
  for (const event of events) {
    const { after, assessment } = changeOf(event);
    const { effectiveOn } = event.metadata;
    if (assessment || effectiveOn > day) continue;
    for (const [name, value] of Object.entries(after)) {
      if (effectiveOn < (since.get(name) ?? '')) continue;
      since.set(name, effectiveOn);
      values[name] = value;
    }
  }
  return values;
}
