import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '#event-store';
import { dayInSweden, factOf } from '#kernel';
import type { EventCatalog, RecordedEvent } from '#kernel';
import { Replay } from '#projecting';
import type { Moment } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { retractableTypes } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import type { Assessment } from '../../item.js';
import { isRevisedAfter, newer } from '../../item.js';
import { DocumentsInMemory } from '../../testing/documents-in-memory.js';
import { ids, levels } from '../../testing/item.examples.js';
import { replayedItem } from '../item-record/replayed-items.js';
import type { ItemRecord } from '../item-record/item-record.js';
import { dayNumber } from '../item-sheets/day-number.js';
import { itemOn } from '../item-sheets/sheet-item.js';
import type { SheetItem } from '../item-sheets/sheet-item.js';
import { SheetReader } from '../item-sheets/sheet.reader.js';
import type { RoundJudgements } from '../item-sheets/round-judgements.js';
import { ItemReader } from './item.reader.js';
import type { CountedItem } from './item-documents.js';
import type { ItemFilter } from './item-filter.js';
import type { StandingItem } from './standing-item.js';
import { datedProperties, isJudgement } from '../../item.properties.js';
import { retractionIn } from '../../retract/retraction.told.js';
import type { RevisionFact } from '../../revision.told.js';
import { standingRecord } from './standing-items.js';

const tenant = 'uppsala';
const items = [ids.item, ids.goal, ids.successor];
const bodies = [ids.owner, ids.body, ids.otherBody];
const rounds = [ids.april, ids.august, ids.indicator, ids.group];
const days = ['2025-01-01', '2025-03-31', '2025-04-10', '2025-08-31', '2026-03-31', '2027-01-01'];
/** A place in the middle of a log. */
const middle = String(40).padStart(20, '0');
const plan = {
  _id: ids.plan,
  tenant,
  kinds: [
    { code: 'fokusmal', order: 1 },
    { code: 'uppdrag', order: 2 },
    { code: 'aktivitet', order: 2 },
  ],
} as unknown as PlanDocument;

type Told = readonly [type: ItemEvent['type'], data: object];
const say =
  <Type extends ItemEvent['type']>(type: Type) =>
  (data: object): Told => [type, data];
const text = fc.constantFrom('Fler i arbete', 'Färre utanför', 'Ökad trygghet');
const evidence = fc.array(fc.record({ note: text }), { maxLength: 1 });
const concerned = fc.oneof(fc.record({ bodies: fc.subarray(bodies) }), fc.record({ groupId: fc.constant(ids.group) }));

const revision = fc.oneof(
  fc
    .record(
      { title: text, text, documents: fc.subarray(['a', 'b']), expectedEffects: fc.array(text), reason: text },
      { requiredKeys: [] },
    )
    .map(say('ItemReworded')),
  fc
    .record({ number: fc.constantFrom('7', '10'), printedLabel: text }, { requiredKeys: [] })
    .map(say('ItemRenumbered')),
  fc.record({ parents: fc.subarray(items) }).map(say('ItemMoved')),
  fc.record({ concerned, reason: text }, { requiredKeys: [] }).map(say('ItemConcernedChanged')),
  fc.record({ responsible: fc.subarray(bodies) }).map(say('ItemResponsibleChanged')),
  fc.record({ comment: text }, { requiredKeys: [] }).map(say('ItemRetained')),
  fc.record({ comment: text }, { requiredKeys: [] }).map(say('ItemCompleted')),
  fc.record({ reason: fc.constant('other'), comment: text }).map(say('ItemDiscontinued')),
  fc.record({ until: fc.constantFrom(...days), reason: text }).map(say('ItemHeld')),
  fc.constant({}).map(say('ItemResumed')),
  fc
    .record(
      { successorId: fc.constantFrom(...items), successorPlanId: fc.constant(ids.plan), comment: text },
      { requiredKeys: ['successorId', 'successorPlanId'] },
    )
    .map((link) => say('ItemSucceeded')({ ...link, kind: 'replaced', inferred: false })),
);
const level = fc.constantFrom(levels[0]!, levels[0]!, levels[1]!);
const judgement = fc
  .record({
    bodyId: fc.constantFrom(...bodies, ids.owner),
    roundId: fc.constantFrom(...rounds),
    scale: fc.constantFrom(1, 1, 2).map((version) => ({ scaleId: ids.scale, version })),
    level,
    motivation: text,
    evidence,
  })
  .map(say('ItemAssessed'));
/** About one that was made before, counted from the last. */
const correction = fc
  .record({ back: fc.nat(30), level, motivation: text, evidence, reason: text })
  .map(say('AssessmentCorrected'));
const withdrawal = fc.record({ back: fc.nat(30), reason: text }).map(say('AssessmentWithdrawn'));
const reinstatement = fc.record({ back: fc.nat(5), reason: text }).map(say('AssessmentReinstated'));
/** Of a revision that stands, counted from the last. */
const retraction = fc.record({ back: fc.nat(12), reason: text }).map(say('ItemRevisionRetracted'));
/** With the withdrawal of all that stands before it; of what is cancelled already, its adoption anew. */
const cancellation = fc.record({ reason: text }).map(say('ItemCancelled'));

const step = fc.record({
  item: fc.constantFrom(items[0]!, items[0]!, items[0]!, ...items),
  told: fc.oneof(
    { arbitrary: revision, weight: 6 },
    { arbitrary: retraction, weight: 3 },
    { arbitrary: judgement, weight: 12 },
    { arbitrary: correction, weight: 2 },
    { arbitrary: withdrawal, weight: 3 },
    { arbitrary: reinstatement, weight: 1 },
    { arbitrary: cancellation, weight: 1 },
  ),
  day: fc.constantFrom(...days),
  /** Whether what was recorded of an assessment speaks of another day than it, as it could. */
  astray: fc.integer({ min: 0, max: 2 }).map((number) => number === 0),
  /** How many days before it was recorded it was said, where that is attested. */
  before: fc.oneof(fc.constant(undefined), fc.nat(60)),
});
const history = fc.array(step, { minLength: 20, maxLength: 120, size: 'max' }).map(recordOf);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const instantOf = (number: number) => new Date(Date.UTC(2025, 0, 1) + number * 86_400_000).toISOString();

/** An assessment, and what it says as it stands or stood last. */
interface Made {
  readonly about: object;
  readonly day: string;
  readonly scale: object;
  said: object;
  isWithdrawn: boolean;
}

/** What takes back one of the revisions of an item that stand; undefined where there is none so far back. */
function retractionOf(record: readonly RecordedEvent<ItemEvent>[], item: string, back: number) {
  const facts = record.filter(({ data }) => data.itemId === item).map((event) => factOf<ItemEvent>(event));
  const story = facts.filter((fact): fact is RevisionFact => !isJudgement(fact));
  const gone = story.flatMap(({ data }) => ('revisions' in data ? data.revisions : []));
  const types: readonly string[] = retractableTypes;
  const one = story.filter(({ revision, type }) => types.includes(type) && !gone.includes(revision)).at(-1 - back);
  return one && retractionIn(story, one.id);
}

/** Steps as a log keeps them. Each item was adopted first. */
function recordOf(
  steps: readonly (Omit<Step, 'before'> & Partial<Pick<Step, 'before'>>)[],
): RecordedEvent<ItemEvent>[] {
  const revisions = new Map<string, number>();
  const made = new Map<string, Made[]>(items.map((item) => [item, []]));
  const record: RecordedEvent<ItemEvent>[] = [];
  const add = (item: string, [type, data]: Told, effectiveOn: string, corrects?: string, before?: number) => {
    const number = record.length + 1;
    const on = before !== undefined && dayInSweden(new Date(instantOf(number - before)));
    const attested = on !== false && { attested: { on, role: 'Ordförande', evidence: [] } };
    const at = revisions.get(item) ?? 0;
    revisions.set(item, at + 1);
    const actor = { id: 'somebody', role: number % 2 === 0 ? 'reporter' : 'controller', body: ids.body };
    record.push({
      ...{ id: String(number), type, stream: `${tenant}.item-${item}`, revision: at },
      position: String(number).padStart(20, '0'),
      data: { itemId: item, planId: ids.plan, ...data },
      metadata: {
        tenant,
        effectiveOn,
        recordedAt: instantOf(number),
        actor,
        ...(corrects && { corrects }),
        ...attested,
      },
    } as unknown as RecordedEvent<ItemEvent>);
  };
  const adoptedOn = new Map<string, string>();
  const adopt = (item: string, day: string, before?: number) => {
    const index = items.indexOf(item);
    const words = index === 0 ? { text: 'Så här', number: '7' } : {};
    const data = { kind: ['uppdrag', 'fokusmal', 'aktivitet'][index], title: 'Fler i arbete', ...words };
    add(
      item,
      ['ItemAdopted', { ...data, parents: [], responsible: [], documents: ['a'], expectedEffects: [] }],
      day,
      undefined,
      before,
    );
    adoptedOn.set(item, day);
  };
  items.forEach((item) => adopt(item, days[0]!));
  for (const { astray, before, day, item, told } of steps) {
    const [type, data] = told;
    const known = made.get(item)!;
    const since = adoptedOn.get(item);
    if (type === 'ItemCancelled' && astray && since !== undefined) {
      for (const one of known.splice(0)) {
        if (!one.isWithdrawn)
          add(item, ['AssessmentWithdrawn', { ...one.about, reason: 'Fel' }], one.day, 'its making');
      }
      add(item, told, since, 'its adoption');
      adoptedOn.delete(item);
    } else if (since === undefined) {
      if (astray) adopt(item, day, before);
    } else if (type === 'ItemCancelled' || day < since) {
      continue;
    } else if (type === 'ItemAssessed') {
      const { bodyId, roundId } = data as { bodyId: string; roundId: string };
      const capacity = bodyId === ids.owner ? 'owner' : 'contribution';
      const about = { assessmentId: `assessment-${record.length}`, bodyId, roundId, capacity };
      const { scale, ...said } = data as { scale: object };
      known.push({ about, day, scale, said, isWithdrawn: false });
      add(item, [type, { ...data, ...about }], day, undefined, before);
    } else if (type === 'ItemRevisionRetracted') {
      const { back, reason } = data as { back: number; reason: string };
      const one = retractionOf(record, item, back);
      if (!one) continue;
      const { effectiveOn, id, restores, revisions, successor, type: retracted } = one;
      const content = { retracted, revisions, restores, ...(successor && { successor }), reason };
      add(item, [type, content], effectiveOn, id, before);
    } else if (type === 'AssessmentReinstated') {
      const { back, reason } = data as { back: number; reason: string };
      const one = known.filter(({ isWithdrawn }) => isWithdrawn).at(-1 - back);
      if (!one) continue;
      one.isWithdrawn = false;
      add(item, [type, { ...one.about, scale: one.scale, ...one.said, reason }], one.day, 'its withdrawal');
    } else if ('back' in data) {
      const { back, ...said } = data as { back: number };
      const one = known.at(-1 - back);
      // Since it names what it corrects, it speaks of the day of that.
      const names = record.length % 2 === 0 && !astray ? 'whatever it corrects' : undefined;
      if (!one) continue;
      add(item, [type, { ...one.about, ...said }], astray ? day : one.day, names);
      if (type === 'AssessmentWithdrawn') one.isWithdrawn = true;
      else if (!one.isWithdrawn) one.said = said;
    } else add(item, told, day, undefined, before);
  }
  return record;
}

const filter = fc.record({
  kind: fc.constantFrom('fokusmal', 'uppdrag', 'aktivitet', 'none'),
  number: fc.constantFrom('7', '10'),
  level: fc.constantFrom(...levels, 'not-assessed'),
  lifecycle: fc.constantFrom('active', 'completed', 'retained', 'discontinued'),
  parentId: fc.constantFrom(...items),
  bodies: fc.subarray([...bodies, ids.group], { minLength: 1 }),
  text: fc.constantFrom('fler', 'ÖK', 'r', 'a.b', 'okad', 'flerI-ar'),
  match: fc.constantFrom('letters', 'forgiving'),
}) satisfies fc.Arbitrary<ItemFilter>;
const ways = ['kind', 'number', 'level', 'lifecycle', 'parentId', 'bodies', 'text', 'match'] as const;
/** What a list is narrowed by: one way or two, or all of them. */
const asked = fc
  .tuple(filter, fc.oneof(fc.subarray([...ways], { minLength: 1, maxLength: 2 }), fc.constant(ways)))
  .map(([whole, some]): ItemFilter => Object.fromEntries(some.map((way) => [way, whole[way]])));
const questions = fc.array(asked, { minLength: 5, maxLength: 20 });

function isMeant(
  item: CountedItem,
  { bodies, kind, level, lifecycle, match, number, parentId, text }: ItemFilter,
): boolean {
  const { value: concerned } = item.concerned;
  const named = concerned === null ? [] : 'groupId' in concerned ? [concerned.groupId] : concerned.bodies;
  const plain = (one: string) =>
    one
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z.]/g, '');
  const wording = (one: string) => (match === 'forgiving' ? plain(one) : one.toLowerCase());
  const told: readonly (readonly [asked: unknown, holds: boolean])[] = [
    [kind, item.kind === kind],
    [number, item.number.value === number],
    [level, (item.level ?? 'not-assessed') === level],
    [lifecycle, item.lifecycle.value.state === lifecycle],
    [parentId, item.parents.value.includes(parentId ?? '')],
    [bodies, [...named, ...item.responsible.value].some((id) => bodies?.includes(id))],
    [text, wording(item.title.value).includes(wording(text ?? ''))],
  ];
  return told.every(([asked, holds]) => asked === undefined || holds);
}

const idsOf = (shown: readonly CountedItem[]): string[] => shown.map(({ _id }) => _id);

/** Items as they are told where so many were said something of since that a plan is looked through. */
class WholePlans extends ItemReader {
  protected override readonly mostApart = 0;
}

function readersOf(record: readonly RecordedEvent<ItemEvent>[]) {
  const log = {
    readStream: async (stream: string) => record.filter((event) => event.stream === stream),
  } as unknown as EventStore;
  const replay = new Replay(log, { decode: (event: unknown) => event } as unknown as EventCatalog);
  const documents = documentsOf(record);
  const silent = new Replay({ readStream: () => Promise.reject(new Error('The log was read')) } as never, {} as never);
  return {
    replay,
    /** Asks the log for what was said by a day, where documents hold more. */
    asking: new ItemReader(documents, replay),
    reader: new ItemReader(documents, silent),
    whole: new WholePlans(documents, silent),
    sheets: new SheetReader(documents, silent),
  };
}

function documentsOf(record: readonly RecordedEvent<ItemEvent>[]): DocumentsInMemory {
  const documents = new DocumentsInMemory();
  for (const event of record) documents.take(event);
  return documents;
}

/** Undefined where it was not there, also by a mistake that was taken back. */
async function replayed(replay: Replay, item: string, moment: Moment): Promise<ItemRecord | undefined> {
  const record = await replayedItem(replay, `${tenant}.item-${item}`, moment);
  return record?.cancelled ? undefined : record;
}

/** Who acted is in the log alone. */
const nameless = ({ by, ...assessment }: Assessment) => ({ ...assessment, by: { role: by.role } });

/** What of an item is counted, narrowed and sorted by. */
const asCounted = ({ adoptedOn, concerned, hold, kind, level, lifecycle, number, parents, ...item }: CountedItem) => {
  const { responsible, scale, sortKey, title } = item;
  const properties = { concerned, hold, lifecycle, number, parents, responsible, title };
  return JSON.parse(JSON.stringify({ adoptedOn, kind, level, scale, sortKey, ...properties })) as object;
};

/** What of an item is shown; what the owner said before, as far as it is known. */
function shown({ contributions, status, ...item }: StandingItem, known = Infinity) {
  const levelsGiven =
    status?.levels.map(({ level: given, roundId, scale }) => ({ level: given, roundId, scale })) ?? [];
  return JSON.parse(
    JSON.stringify({
      ...item,
      contributions: contributions.map(nameless),
      newest: status && nameless(status.newest),
      since: status?.since,
      levels: known === Infinity ? levelsGiven : levelsGiven.slice(-known),
    }),
  ) as object;
}

/** What is told of an item for a round, but for how a document prints whom it concerns, and for its place in lists of now. */
const sameDay = ({ concerned, sortKey: _, ...item }: SheetItem) => ({
  ...item,
  concerned: concerned && ('groupId' in concerned ? concerned.groupId : concerned.bodies),
});

const moments: Moment[] = [
  {},
  ...days.map((asOf) => ({ asOf })),
  ...[4, 15, 40, 90].map((number) => ({ knownAt: instantOf(number) })),
  ...days.flatMap((asOf) => [8, 30, 70].map((number) => ({ asOf, knownAt: instantOf(number) }))),
];
/** Now and some other moments: others for each history. */
const nowAndThen = (least: number, most: number) =>
  fc.subarray(moments.slice(1), { minLength: least, maxLength: most }).map((then): Moment[] => [{}, ...then]);

describe('For every history of items, what documents tell without the log is what a replay of the streams tells', () => {
  it('of every item, now and at any moment', async () => {
    let short = 0;
    await fc.assert(
      fc.asyncProperty(history, nowAndThen(8, 14), async (record, then) => {
        const { reader, replay } = readersOf(record);
        for (const moment of then) {
          const listed = await reader.items(plan, moment);
          const told = await reader.standing(listed, moment);
          const records = await Promise.all(items.map((item) => replayed(replay, item, moment)));
          const wanted = records.flatMap((one) => (one ? [standingRecord(one)] : []));
          expect(told.map(({ _id }) => _id).sort()).toEqual(wanted.map(({ _id }) => _id).sort());
          for (const want of wanted) {
            const item = told.find(({ _id }) => _id === want._id)!;
            const known = item.status?.hasEarlier ? item.status.levels.length : Infinity;
            if (known < Infinity) short++;
            expect(shown(item)).toEqual(shown(want, known));
            const counted = listed.find(({ _id }) => _id === want._id)!;
            expect(asCounted(counted)).toEqual(asCounted(want));
          }
          const [by, all] = [await reader.standingByAll(listed, moment), wanted];
          expect(by.map((item) => shown(item))).toEqual(
            by.map(({ _id }) => shown(all.find((one) => one._id === _id)!)),
          );
        }
      }),
      { numRuns: 18 },
    );
    // Short histories would say nothing of what is no longer kept.
    expect(short).toBeGreaterThan(0);
  }, 120_000);

  it('of what had been said by a day, whenever it was recorded', async () => {
    const saying = fc.constantFrom(...[4, 20, 45, 90].map((number) => dayInSweden(new Date(instantOf(number)))));
    await fc.assert(
      fc.asyncProperty(history, saying, fc.constantFrom(...days), async (record, saidBy, asOf) => {
        const { asking, replay } = readersOf(record);
        for (const moment of [{ saidBy }, { saidBy, asOf }]) {
          const told = await asking.standing(await asking.items(plan, moment), moment);
          const records = await Promise.all(items.map((item) => replayed(replay, item, moment)));
          const wanted = records.flatMap((one) => (one ? [standingRecord(one)] : []));
          expect(told.map((item) => shown(item))).toEqual(
            told.map(({ _id, status }) =>
              shown(
                wanted.find((one) => one._id === _id)!,
                status?.hasEarlier ? status.levels.length : Infinity,
              ),
            ),
          );
          expect(told).toHaveLength(wanted.length);
        }
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  it('of one day by when it was said, though the record learnt it the other way round', async () => {
    const of = { item: ids.item, astray: false, day: '2025-03-31' };
    const titled = (title: string) => ({ ...of, told: say('ItemReworded')({ title }) });
    const judged = (given: string | undefined) => {
      const said = {
        level: given,
        motivation: 'Fler i arbete',
        evidence: [],
        scale: { scaleId: ids.scale, version: 1 },
      };
      return { ...of, told: say('ItemAssessed')({ ...said, bodyId: ids.owner, roundId: ids.april }) };
    };
    const learnt = [titled('Ökad trygghet'), judged(levels[1]), titled('Färre utanför'), judged(levels[0])];
    const record = recordOf(learnt.map((one, index) => ({ ...one, before: index * 2 })));
    const { reader, replay, sheets } = readersOf(record);
    const told = (await reader.items(plan, {})).find(({ _id }) => _id === ids.item)!;
    expect([told.title.value, told.level]).toEqual(['Ökad trygghet', levels[1]]);
    expect((await replayed(replay, ids.item, {}))!.title).toEqual(told.title);
    expect((await sheets.levelsIn(plan, ids.april)).get(ids.item)).toMatchObject([{ level: levels[1] }]);
  });

  it('of a correction that was said before what it corrects: it counts, and no other that was said since', async () => {
    const titled = (title: string, before?: number) => ({
      ...{ item: ids.item, astray: false, day: '2025-03-31', before },
      told: say('ItemReworded')({ title }),
    });
    const [a, b, c, wrong, right, newer] = recordOf([titled('Fel'), titled('Rätt', 3), titled('Nyare', 1)]);
    const corrects = { corrects: wrong!.id, saidAfter: dayInSweden(new Date(wrong!.metadata.recordedAt)) };
    const correction = { ...right!, metadata: { ...right!.metadata, ...corrects } } as RecordedEvent<ItemEvent>;
    const titleIn = async (record: RecordedEvent<ItemEvent>[]) => {
      const { asking, reader, replay } = readersOf(record);
      const { title } = (await replayed(replay, ids.item, {}))!;
      expect((await reader.items(plan, {})).find(({ _id }) => _id === ids.item)!.title).toEqual(title);
      const [then] = (await asking.items(plan, { asOf: '2025-03-31' })).filter(({ _id }) => _id === ids.item);
      expect(then!.title).toEqual(title);
      return title.value;
    };
    const story = [a!, b!, c!, wrong!, correction];
    expect(await titleIn(story)).toBe('Rätt');
    expect(await titleIn([...story, newer!])).toBe('Nyare');
  });

  it('of what is taken back, nothing that had not been said by a day', async () => {
    const of = { item: ids.item, astray: false };
    const titled = (title: string, day: string, before?: number) => ({
      ...{ ...of, day, before },
      told: say('ItemReworded')({ title }),
    });
    const record = recordOf([
      titled('Sagt sist', '2025-03-31'),
      titled('Fel', '2025-04-10', 4),
      { ...of, day: '2025-04-10', before: 4, told: say('ItemRevisionRetracted')({ back: 0, reason: 'Fel' }) },
    ]);
    const { asking, replay } = readersOf(record);
    const saidBy = dayInSweden(new Date(instantOf(3)));
    for (const moment of [{ saidBy }, { saidBy, asOf: '2025-04-10' }]) {
      const told = (await replayed(replay, ids.item, moment))!;
      expect(told.title.value).toBe('Fler i arbete');
      const [shownThen] = (await asking.items(plan, moment)).filter(({ _id }) => _id === ids.item);
      expect(shownThen!.title).toEqual(told.title);
    }
    expect((await replayed(replay, ids.item, {}))!.title.value).toBe('Sagt sist');
  });

  it('of an assessment as of its day: what it should have said, whichever day its correction was recorded with', async () => {
    const said = { level: levels[0], motivation: 'Fler i arbete', evidence: [] };
    const makes = { ...said, bodyId: ids.owner, roundId: ids.april, scale: { scaleId: ids.scale, version: 1 } };
    const of = { item: ids.item, astray: true };
    const made = { ...of, told: say('ItemAssessed')(makes), day: '2025-03-31' };
    const right = { ...said, level: levels[1], back: 0, reason: 'Fel' };
    const corrected = { ...of, told: say('AssessmentCorrected')(right), day: '2026-03-31' };
    const withdrawn = { ...of, told: say('AssessmentWithdrawn')({ back: 0, reason: 'Fel' }), day: '2025-01-01' };
    const levelsAt = async (record: RecordedEvent<ItemEvent>[], moment: Moment) => {
      const { reader, replay } = readersOf(record);
      const listed = await reader.items(plan, moment);
      const { status } = standingRecord((await replayed(replay, ids.item, moment))!);
      return [listed.find(({ _id }) => _id === ids.item)!.level, status?.newest.level ?? null];
    };
    const june = { asOf: '2025-06-01' };
    expect(await levelsAt(recordOf([made]), june)).toEqual([levels[0], levels[0]]);
    expect(await levelsAt(recordOf([made, corrected]), june)).toEqual([levels[1], levels[1]]);
    expect(await levelsAt(recordOf([made, corrected]), { ...june, knownAt: instantOf(4) })).toEqual([
      levels[0],
      levels[0],
    ]);
    expect(await levelsAt(recordOf([made, corrected]), { asOf: '2025-03-30' })).toEqual([null, null]);
    expect(await levelsAt(recordOf([made, corrected, withdrawn]), june)).toEqual([null, null]);
  });

  it('of what was said far ahead and taken back, before something was said of an earlier day', async () => {
    const of = { item: ids.item, astray: false };
    const discontinued = { ...of, told: say('ItemDiscontinued')({ reason: 'other' }) };
    const retracted = { ...of, told: say('ItemRevisionRetracted')({ back: 0, reason: 'Fel' }), day: '2027-01-01' };
    const since = { ...discontinued, day: '2025-03-31' };
    const later = { ...of, told: say('ItemRenumbered')({ number: '10' }), day: '2028-01-01' };
    const record = recordOf([{ ...discontinued, day: '2027-01-01' }, retracted, later, since]);
    const { reader, replay } = readersOf(record);
    for (const moment of [{}, ...days.map((asOf) => ({ asOf }))]) {
      const told = (await reader.items(plan, moment)).find(({ _id }) => _id === ids.item)!;
      expect(told.lifecycle).toEqual((await replayed(replay, ids.item, moment))!.lifecycle);
    }
  });

  it('of what is to come, day by day', async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.constantFrom(...days),
        fc.constantFrom(undefined, 30),
        async (record, asOf, known) => {
          const { reader, replay } = readersOf(record);
          const knownAt = known === undefined ? {} : { knownAt: instantOf(known) };
          const moment = { asOf, ...knownAt };
          const coming = await reader.coming(await reader.items(plan, moment), moment);
          for (const item of items) {
            const now = await replayed(replay, item, moment);
            if (!now) continue;
            for (const on of days.filter((later) => later > asOf)) {
              const then = (await replayed(replay, item, { asOf: on, ...knownAt }))!;
              for (const property of datedProperties) {
                const steps = (coming.get(item) ?? []).filter((one) => one.property === property && one.on <= on);
                expect(then[property].value).toEqual(steps.length > 0 ? steps.at(-1)!.value : now[property].value);
                told += steps.length;
              }
            }
          }
        },
      ),
      { numRuns: 12 },
    );
    expect(told).toBeGreaterThan(0);
  }, 120_000);

  it('in the order of kinds, numbers and titles, and page by page', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(3), fc.integer({ min: 1, max: 3 }), async (record, offset, limit) => {
        const { reader, replay } = readersOf(record);
        const all = await reader.items(plan, {});
        const page = await reader.page(plan, {}, { limit, offset });
        expect(page).toEqual({ items: all.slice(offset, offset + limit), total: all.length });
        for (const moment of moments) {
          const order = (await reader.items(plan, moment)).map(({ _id }) => _id);
          const ordered = [...items].sort();
          const then = await Promise.all(ordered.map((item) => replayed(replay, item, moment)));
          const wanted = then.flatMap((one) => (one ? [standingRecord(one)] : []));
          const placeOf = ({ kind }: StandingItem) => plan.kinds.find(({ code }) => code === kind)!.order;
          const byKey = (left: StandingItem, right: StandingItem) =>
            left.sortKey < right.sortKey ? -1 : Number(left.sortKey > right.sortKey);
          wanted.sort((left, right) => placeOf(left) - placeOf(right) || byKey(left, right));
          expect(order).toEqual(wanted.map(({ _id }) => _id));
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('of those alone that are asked for, as they stand and as they stood', async () => {
    let narrowed = 0;
    await fc.assert(
      fc.asyncProperty(history, nowAndThen(3, 6), questions, async (record, then, asked) => {
        const { reader, whole } = readersOf(record);
        for (const moment of then) {
          const all = await reader.items(plan, moment);
          for (const one of asked) {
            const wanted = all.filter((item) => isMeant(item, one)).map(({ _id }) => _id);
            if (wanted.length > 0 && wanted.length < all.length) narrowed++;
            const page = await reader.page(plan, one, { limit: 2, offset: 0 }, moment);
            const next = await reader.page(plan, one, { limit: 2, offset: 2 }, moment);
            const looked = await whole.page(plan, one, { limit: 2, offset: 0 }, moment);
            expect([looked.total, idsOf(looked.items)]).toEqual([page.total, idsOf(page.items)]);
            expect({ total: page.total, items: [...page.items, ...next.items].map(({ _id }) => _id) }).toEqual({
              total: wanted.length,
              items: wanted,
            });
          }
        }
      }),
      { numRuns: 10 },
    );
    expect(narrowed).toBeGreaterThan(0);
  }, 120_000);

  it('of what bodies said in a round, and of items as they were on its day', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (record) => {
        const { replay, sheets } = readersOf(record);
        const now = await Promise.all(items.map((item) => replayed(replay, item, {})));
        const records = now.filter((one) => one !== undefined);
        const slim = ({ attested, evidence: _e, motivation: _m, ...rest }: Assessment) => ({
          ...nameless(rest as Assessment),
          said: attested?.on,
        });
        const levelOf = ({ bodyId, level, scale }: Assessment) => ({ bodyId, level, scale });
        const byBody = (one: { bodyId: string }, other: { bodyId: string }) => (one.bodyId < other.bodyId ? -1 : 1);
        for (const [round, since] of rounds.flatMap((one) =>
          [undefined, middle].map((after) => [one, after] as const),
        )) {
          const told = await sheets.judgementsIn(plan, round, since);
          for (const { _id: itemId, assessments } of records) {
            const newest = new Map<string, Assessment>();
            for (const one of assessments) {
              if (one.roundId === round) newest.set(one.bodyId, newer(newest.get(one.bodyId), one));
            }
            const given = [...(told.get(itemId) ?? [])];
            expect(given.map(({ bodyId }) => told.get(itemId)!.of(bodyId))).toEqual(given);
            const counted: [string, unknown][] = [];
            told.get(itemId)?.forEach((bodyId, judgement) => counted.push([bodyId, judgement]));
            expect(counted).toEqual(given.map((one) => [one.bodyId, one.assessment ?? one.day]));
            for (const one of given) {
              if (one.assessment) continue;
              expect(one.day).toBe(dayNumber(dayInSweden(new Date(newest.get(one.bodyId)!.recordedAt))));
              const { correctionPosition = '', position } = newest.get(one.bodyId)!;
              if (since) expect([position, correctionPosition].every((place) => place <= since)).toBe(true);
            }
            const asked = given.flatMap((one) => (one.assessment ? [] : [{ itemId, ...one }]));
            const whole = [
              ...given.flatMap((one) => one.assessment ?? []),
              ...(await sheets.assessments(tenant, round, asked)).map((one) => one!),
            ];
            expect(whole.map(slim).sort(byBody)).toEqual([...newest.values()].map(slim).sort(byBody));
            const levels = [...newest.values()].map(levelOf).sort(byBody);
            expect([...((await sheets.levelsIn(plan, round)).get(itemId) ?? [])].sort(byBody)).toEqual(levels);
          }
        }
        for (const day of days) {
          const told = await sheets.itemsOn(day, plan);
          const then = await Promise.all(
            records.map(async (item) => (isRevisedAfter(item, day) ? replayed(replay, item._id, { asOf: day }) : item)),
          );
          const wanted = then.flatMap((one) => (one ? [standingRecord(one)] : []));
          const of = (_id: string) => wanted.find((one) => one._id === _id)!;
          expect(told.map(sameDay)).toEqual(told.map(({ _id }) => sameDay(itemOn(day, of(_id), ''))));
          expect(told).toHaveLength(wanted.length);
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('and what the log tells while the documents are not made', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (record) => {
        const { reader, replay, sheets } = readersOf(record);
        const documents = documentsOf(record);
        documents.made = false;
        const [ofLog, sheetsOfLog] = [new ItemReader(documents, replay), new SheetReader(documents, replay)];
        for (const moment of moments.slice(0, 12)) {
          const listed = await reader.items(plan, moment);
          expect((await ofLog.items(plan, moment)).map(({ _id, level }) => [_id, level])).toEqual(
            listed.map(({ _id, level }) => [_id, level]),
          );
          const [told, logged] = [await reader.standingByAll(listed, moment), await ofLog.standing(listed, moment)];
          expect(logged.map((item) => shown(item))).toEqual(told.map((item) => shown(item)));
        }
        for (const day of days) {
          const [told, logged] = [await sheets.itemsOn(day, plan), await sheetsOfLog.itemsOn(day, plan)];
          const byItem = (one: object, other: object) => ((one as SheetItem)._id < (other as SheetItem)._id ? -1 : 1);
          expect(logged.map(sameDay).sort(byItem)).toEqual(told.map(sameDay).sort(byItem));
        }
        for (const round of rounds) {
          const [told, logged] = [await sheets.judgementsIn(plan, round), await sheetsOfLog.judgementsIn(plan, round)];
          const givers = (given: ReadonlyMap<string, RoundJudgements>) =>
            items.map((item) => [...(given.get(item) ?? [])].map(({ bodyId }) => bodyId).sort());
          expect(givers(logged)).toEqual(givers(told));
        }
      }),
      { numRuns: 3 },
    );
  }, 120_000);
});
