import { describe, expect, it } from '@jest/globals';
import { idOf, newId } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { Replay } from '#projecting';
import type { Moment } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { ItemEvent } from '../../item.events.js';
import { bytesOf, DocumentsInMemory } from '../../testing/documents-in-memory.js';
import { ids } from '../../testing/item.examples.js';
import { SheetReader } from '../item-sheets/sheet.reader.js';
import type { RoundJudgements } from '../item-sheets/round-judgements.js';
import type { ItemFilter } from './item-filter.js';
import { ItemReader } from './item.reader.js';

const tenant = 'uppsala';
const plan = { _id: ids.plan, tenant, kinds: [{ code: 'uppdrag', order: 1 }] } as unknown as PlanDocument;
/** The same in every run: over which documents they are spread follows from their ids. */
const bodies = Array.from({ length: 20 }, (_, index) => idOf('body', String(index)));
const motivation = 'Upphandlingen är överklagad, och avtal kan tecknas först när domstolen har sagt sitt. '.repeat(5);

const judgementOf = (round: number, body: number) => ({
  ...{ assessmentId: newId(), roundId: `018f0000-0000-7000-8000-1${String(round).padStart(11, '0')}` },
  ...{ bodyId: bodies[body], capacity: body === 0 ? 'owner' : 'contribution', evidence: [{ note: 'Protokoll' }] },
  ...{ scale: { scaleId: ids.scale, version: 1 }, level: round % 2 ? 'on-track' : 'delayed', motivation },
});

type Question = (reader: ItemReader, sheets: SheetReader) => Promise<unknown>;

/** An item of 20 bodies, of which the first is the owner: each judges it once a round, and rounds follow one another. */
class Story {
  readonly documents = new DocumentsInMemory();
  #events = 0;

  constructor() {
    const title = 'Fler i arbete';
    const lists = { parents: [], responsible: bodies.slice(0, 3), documents: ['a'], expectedEffects: [motivation] };
    this.#take('ItemAdopted', { kind: 'uppdrag', title, text: motivation, ...lists }, '2025-01-01');
  }

  /** @returns what the last of the judgements wrote */
  judge(times: number) {
    let written = this.#judge();
    for (let time = 1; time < times; time++) written = this.#judge();
    return written;
  }

  #judge() {
    const number = this.#events - 1;
    const round = Math.floor(number / bodies.length);
    const day = new Date(Date.UTC(2025, 3 + 4 * round, 0)).toISOString().slice(0, 10);
    return this.#take('ItemAssessed', judgementOf(round, number % bodies.length), day);
  }

  #take(type: ItemEvent['type'], data: object, effectiveOn: string) {
    return this.take(type, { itemId: ids.item, ...data }, effectiveOn, this.#events++);
  }

  take(type: ItemEvent['type'], data: Readonly<Record<string, unknown>>, effectiveOn: string, revision: number) {
    const recordedAt = new Date(Date.UTC(2025, 0, 1) + revision * 3_600_000).toISOString();
    return this.documents.take({
      ...{
        type,
        revision,
        position: String(revision + 1).padStart(20, '0'),
        stream: `${tenant}.item-${String(data['itemId'])}`,
      },
      data: { planId: ids.plan, ...data },
      metadata: { tenant, effectiveOn, recordedAt, actor: { id: 'somebody', role: 'reporter', body: bodies[1] } },
    } as unknown as RecordedEvent<ItemEvent>);
  }

  /** What a year's judgements write, one by one: they fill and begin every document that takes in several. */
  year() {
    const written = Array.from({ length: 3 * bodies.length }, () => this.#judge());
    const bytes = written.map(bytesOf);
    return {
      documents: written.reduce((sum, { length }) => sum + length, 0),
      average: bytes.reduce((sum, one) => sum + one, 0) / bytes.length,
      most: Math.max(...bytes),
    };
  }

  /** How many documents a question reads, and how many bytes. */
  async costOf(question: Question): Promise<{ documents: number; bytes: number }> {
    this.documents.read = { documents: 0, bytes: 0 };
    const log = { readStream: () => Promise.reject(new Error('The log was read')) };
    const replay = new Replay(log as never, {} as never);
    await question(new ItemReader(this.documents, replay), new SheetReader(this.documents, replay));
    return this.documents.read;
  }
}

describe('However many items a plan has', () => {
  /** Every third is delayed, every second is completed, each lies under a goal, and all concern the same bodies or group. */
  function planOf(count: number): Story {
    const story = new Story();
    for (let number = 1; number < count; number++) {
      const itemId = newId();
      const concerned = number % 2 ? { groupId: ids.group } : { bodies: bodies.slice(0, 2) };
      const about = { parents: [ids.goal], responsible: [bodies[5]], documents: [], expectedEffects: [] };
      story.take(
        'ItemAdopted',
        { itemId, kind: 'uppdrag', title: `Fler i arbete ${number}`, concerned, ...about },
        '2025-01-01',
        0,
      );
      if (number % 2) story.take('ItemCompleted', { itemId }, '2025-02-01', 1);
      if (number % 3 === 0) story.take('ItemAssessed', { ...judgementOf(0, 0), itemId }, '2025-03-31', 2);
    }
    return story;
  }
  const [few, many] = [planOf(300), planOf(1_500)];

  it.each<[what: string, asked: ItemFilter]>([
    ['all', {}],
    ['those of a kind', { kind: 'uppdrag' }],
    ['those of a level', { level: 'delayed' }],
    ['those without a level', { level: 'not-assessed' }],
    ['those in a state', { lifecycle: 'completed' }],
    ['those under another', { parentId: ids.goal }],
    ['those of a body', { bodies: [bodies[1]!] }],
    ['those of a body or its groups', { bodies: [bodies[1]!, ids.group] }],
    ['those whose title holds a text', { text: 'ARBETE' }],
    [
      'those of all that',
      { lifecycle: 'completed', level: 'delayed', parentId: ids.goal, bodies: [ids.group], text: 'fler' },
    ],
  ])('a page of %s reads as many documents as it shows', async (_, asked) => {
    const cost = async (story: Story) =>
      story.costOf(async (reader) => {
        const { items, total } = await reader.page(plan, asked, { limit: 20, offset: 20 });
        expect(items).toHaveLength(20);
        expect(total).toBeGreaterThan(40);
      });
    expect((await cost(few)).documents).toBe(20);
    expect((await cost(many)).documents).toBe(20);
  });
});

describe('However many items and judgements a plan has', () => {
  it('a page as of a day reads its sheets, and what it shows', async () => {
    const itemIds = Array.from({ length: 600 }, () => newId());
    const cost = async (count: number, judgements: number) => {
      const story = new Story();
      for (const itemId of itemIds.slice(0, count)) {
        const about = { parents: [], responsible: [], documents: [], expectedEffects: [] };
        story.take('ItemAdopted', { itemId, kind: 'uppdrag', title: 'Fler i arbete', ...about }, '2025-01-01', 0);
        for (let made = 1; made <= judgements; made++) {
          const day = new Date(Date.UTC(2025, 3, made)).toISOString().slice(0, 10);
          story.take('ItemAssessed', { ...judgementOf(made, made % 2), itemId }, day, made);
        }
      }
      return story.costOf(async (reader) => {
        const moment = { asOf: '2025-04-05' };
        const { items, total } = await reader.page(plan, {}, { limit: 20, offset: 20 }, moment);
        expect([items.length, total]).toEqual([20, count + 1]);
        expect(items.every(({ level }) => level !== null)).toBe(true);
      });
    };
    const [short, long] = [await cost(40, 10), await cost(40, 100)];
    expect(long.documents).toBe(short.documents);
    const many = await cost(600, 10);
    // A sheet at the most 256 times; each that is shown as it is now, and what tells of it then.
    expect(many.documents).toBeLessThanOrEqual(256 + 3 * 20);
  });
});

describe('However far ahead something is said of the items of a plan', () => {
  it('a question for today reads of each that is shown what stood, its times since, and no other', async () => {
    const today = '2025-12-31';
    const itemIds = Array.from({ length: 70 }, () => newId());
    const cost = async (ahead: readonly string[]) => {
      const story = new Story();
      for (const itemId of itemIds) {
        const about = { parents: [], responsible: [], documents: [], expectedEffects: [] };
        story.take('ItemAdopted', { itemId, kind: 'uppdrag', title: 'Fler i arbete', ...about }, '2025-01-01', 0);
        for (let made = 1; made < 8; made++) {
          story.take('ItemAssessed', { ...judgementOf(made, 0), itemId }, '2025-03-31', made);
        }
        for (const [index, day] of ahead.entries())
          story.take('ItemResponsibleChanged', { itemId, responsible: [bodies[index % 20]!] }, day, 8 + index);
      }
      return story.costOf(async (reader) => {
        const moment = { asOf: today };
        const { items, total } = await reader.page(plan, {}, { limit: 20, offset: 0 }, moment);
        expect([items.length, total]).toEqual([20, 71]);
        expect(items.every(({ _id, responsible }) => _id === ids.item || responsible.value.length === 0)).toBe(true);
        await reader.standing(items, moment);
      });
    };
    const [nothing, soon, far] = [await cost([]), await cost(['2026-01-15']), await cost(['2045-01-01'])];
    // The sheets, by which the page is found; then what stood and its times for each of twenty.
    expect(soon.documents).toBeLessThanOrEqual(nothing.documents + 256 + 4 * 20);
    expect(far.documents).toBe(soon.documents);
    const many = await cost(
      Array.from({ length: 40 }, (_, index) => `20${30 + Math.floor(index / 4)}-0${1 + (index % 4)}-01`),
    );
    // Eight of them to a document.
    expect(many.documents).toBeLessThanOrEqual(far.documents + (40 / 8) * 20);
  });
});

describe('However much is said of an item after what was said of a day far ahead', () => {
  const dayOf = (made: number) => new Date(Date.UTC(2025, 0, 1) + made * 3_600_000).toISOString().slice(0, 10);
  const storyOf = (judgements: number) => {
    const story = new Story();
    story.take('ItemResponsibleChanged', { itemId: ids.item, responsible: [bodies[7]] }, '2045-01-01', 1);
    for (let made = 2; made < 2 + judgements; made++) {
      story.take('ItemAssessed', { ...judgementOf(made, 0), itemId: ids.item }, dayOf(made), made);
    }
    return story;
  };
  // Each fills its last document.
  const [short, long] = [storyOf(46), storyOf(1_006)];
  const count: Question = (reader) => reader.items(plan, { asOf: '2030-01-01' });

  it.each<[what: string, question: (made: number) => Question]>([
    ['an overview before that day', () => count],
    ['an overview in the middle', (made) => (reader) => reader.items(plan, { asOf: dayOf(made / 2) })],
    [
      'the item, with what is to come of it',
      () => async (reader) => {
        const moment = { asOf: '2030-01-01' };
        const [item] = await reader.items(plan, moment);
        await reader.standing([item!], moment);
        const coming = await reader.coming([item!], moment);
        expect(coming.get(ids.item)).toMatchObject([{ on: '2045-01-01', property: 'responsible' }]);
      },
    ],
  ])('%s reads as few documents, and as few bytes', async (_, question) => {
    const [few, many] = [await short.costOf(question(46)), await long.costOf(question(1_006))];
    expect(few.documents).toBeGreaterThan(0);
    expect(many.documents).toBe(few.documents);
    expect(many.bytes).toBeLessThan(few.bytes * 1.1 + 200);
  });

  it('and what is told is what is said up to that day, and of it', async () => {
    const told = async (asOf: string) => {
      const items: { readonly responsible: { readonly value: readonly string[] } }[] = [];
      await long.costOf(async (reader) => void items.push(...(await reader.items(plan, { asOf }))));
      return items[0]!.responsible.value;
    };
    expect(await told('2044-12-31')).toEqual(bodies.slice(0, 3));
    expect(await told('2045-01-01')).toEqual([bodies[7]]);
  });

  it('where a little more is said of days far ahead than is kept apart, it is told right all the same', async () => {
    const story = storyOf(20);
    for (let nth = 0; nth < 9; nth++) {
      const responsible = [bodies[nth]];
      story.take('ItemResponsibleChanged', { itemId: ids.item, responsible }, `${2046 + nth}-01-01`, 22 + nth);
    }
    const read = await story.costOf(async (reader) => {
      const [item] = await reader.items(plan, { asOf: '2050-06-01' });
      expect(item!.responsible.value).toEqual([bodies[4]]);
    });
    expect(read.documents).toBeGreaterThan(1);
  });
});

describe('However many items a round asks for', () => {
  it('a question for who owes and who has judged reads some 300 bytes for each of them', async () => {
    const itemIds = Array.from({ length: 1_000 }, () => newId());
    const cost = async (count: number) => {
      const story = new Story();
      for (const itemId of itemIds.slice(0, count)) {
        const about = { parents: [], responsible: bodies.slice(0, 3), documents: [], expectedEffects: [] };
        story.take('ItemAdopted', { itemId, kind: 'uppdrag', title: 'Fler i arbete', ...about }, '2025-01-01', 0);
        for (const body of [0, 1, 2]) {
          story.take('ItemAssessed', { ...judgementOf(0, body), itemId }, '2025-03-31', body + 1);
        }
      }
      return story.costOf(async (_, sheets) => {
        expect(await sheets.itemsOn('2025-03-31', plan)).toHaveLength(count + 1);
        expect([...(await sheets.judgementsIn(plan, judgementOf(0, 0).roundId)).keys()]).toHaveLength(count);
      });
    };
    const [few, many] = [await cost(10), await cost(1_000)];
    expect(few.documents).toBeLessThanOrEqual(21);
    expect(many.documents).toBeLessThanOrEqual(256 + 128);
    // Beside what each sheet says once, the names of the bodies with it.
    expect(many.bytes - many.documents * 300).toBeLessThan(300 * 1_000);
  });
});

describe('However long an item’s history is', () => {
  const young = new Story();
  const old = new Story();
  // Each 400 revisions both fill the same documents.
  young.judge(200);
  old.judge(3_400);

  it('an event writes as few documents, and as few bytes', () => {
    const [first, last] = [young.year(), old.year()];
    expect(last.documents).toBe(first.documents);
    expect(last.average).toBeLessThan(first.average * 1.1);
    expect(last.most).toBeLessThan(first.most * 1.1);
    // Twenty bodies have each contributed.
    expect(last.average).toBeLessThan(9_000);
  });

  it('no document is larger than one that a year has made', () => {
    let largest = 0;
    const story = new Story();
    for (let time = 0; time < 1_500; time++)
      for (const one of story.judge(1)) largest = Math.max(largest, bytesOf([one]));
    expect(largest).toBeLessThan(5_100);
  });

  const round = '018f0000-0000-7000-8000-100000000000';
  const page: Question = async (reader) =>
    reader.standing((await reader.page(plan, {}, { limit: 20, offset: 0 })).items, {});
  const judgementsIn: Question = async (_, sheets) => {
    const [[itemId, given]] = [...(await sheets.judgementsIn(plan, round))] as [[string, RoundJudgements]];
    await sheets.assessments(
      tenant,
      round,
      [...given].flatMap((one) => ('place' in one ? [{ itemId, ...one }] : [])),
    );
  };

  it.each<[what: string, question: Question]>([
    ['the item', (reader) => reader.item(tenant, ids.item, {})],
    ['a page of items', page],
    ['all items of a plan, as an overview counts them', (reader) => reader.items(plan, {})],
    ['what bodies say in a round', judgementsIn],
    ['what they owe', (_, sheets) => sheets.itemsOn('2025-03-31', plan)],
  ])('%s now reads as few documents, and as few bytes', async (_, question) => {
    const [short, long] = [await young.costOf(question), await old.costOf(question)];
    expect(short.documents).toBeGreaterThan(0);
    expect(long.documents).toBe(short.documents);
    expect(long.bytes).toBeLessThan(short.bytes * 1.5);
  });

  it.each<[moment: string, moment: Moment]>([
    ['a day', { asOf: '2026-01-01' }],
    ['an instant', { knownAt: '2025-01-05T00:00:00.000Z' }],
    ['a day, as was known at an instant', { asOf: '2026-01-01', knownAt: '2025-01-05T00:00:00.000Z' }],
  ])('the items of a plan as of %s cost at most twice as much as now', async (_, moment) => {
    const overview: Question = (reader) => reader.items(plan, moment);
    const shown: Question = async (reader) => reader.standing(await reader.items(plan, moment), moment);
    const now = [(reader: ItemReader) => reader.items(plan, {}), page];
    for (const [index, then] of [overview, shown].entries()) {
      const [cost, costNow] = [await old.costOf(then), await old.costOf(now[index]!)];
      expect(cost.documents).toBeGreaterThan(0);
      expect(cost.documents).toBeLessThanOrEqual(2 * costNow.documents);
      expect(cost.bytes).toBeLessThanOrEqual(2 * costNow.bytes);
    }
  });
});
