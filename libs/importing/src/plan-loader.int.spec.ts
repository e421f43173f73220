import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decideWith, DecisionRunner, Resting } from '#deciding';
import type { Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { indicatorEvents, indicatorIdOf } from '#indicators';
import { Doubtful, EventCatalog, StoreUnavailable, streamName, systemClock } from '#kernel';
import { bodyEvents, bodyIdOf } from '#organisation';
import { PlanFileFaults } from '#plan-files';
import { itemEvents, itemIdOf, planEvents, planIdOf, scaleEvents } from '#planning';
import { loadEvents } from './loads/load.events.js';
import { PlanLoader } from './plan-loader.js';

const tenant = 'test';
const names = Array.from({ length: 12 }, (_, index) => `Alias ${index + 1}`);
const file = `sparbar: 1
bodies:
  - key: amn
    name: Arbetsmarknadsnämnden
    kind: board
    aliases: [${names.map((name) => `{ name: ${name} }`).join(', ')}]
`;

describe('A load of a plan file', () => {
  let folder: string;
  let store: EventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-load-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('records what a file says of one thing in the order of the file, also where the log answers out of turn', async () => {
    const catalog = new EventCatalog([...loadEvents, ...bodyEvents]);
    let asked = 0;
    // A server's answers overtake each other.
    const outOfTurn: Pick<EventStore, 'append' | 'connection' | 'readStream'> = {
      connection: store.connection,
      append: (...parameters) => store.append(...parameters),
      readStream: async (...parameters) => {
        await pause((asked++ * 7) % 5);
        return store.readStream(...parameters);
      },
    };
    const runner = new DecisionRunner(outOfTurn, catalog, systemClock);
    // A double of the body directory, which knows no body.
    const nobody = (() => ({ called: () => Promise.resolve([]) })) as unknown as Readers;
    const loader = new PlanLoader(
      store,
      catalog,
      systemClock,
      (command) => decideWith(runner, command, nobody),
      nobody,
    );
    const report = await loader.load(file, 'the file', { tenant, actor: { id: 'loader', role: 'controller' } });
    expect(report).toMatchObject({ commands: 13, recorded: 13 });
    const events = await store.readStream(streamName(tenant, 'body', bodyIdOf(tenant, 'amn')));
    expect(events.slice(1).map(({ data }) => data['alias'])).toEqual(names);
  });

  it('leaves others their turn: no more than a few commands of it begin in one', async () => {
    const catalog = new EventCatalog([...loadEvents, ...bodyEvents]);
    const bodies = Array.from({ length: 300 }, (_, n) => `  - { key: b-${n}, name: Nämnd ${n}, kind: board }`);
    const read = new Map<number, number>();
    const begun = new Map<number, number>();
    let turn = 0;
    let isLoading = true;
    const nextTurn = () => {
      turn++;
      if (isLoading) setImmediate(nextTurn);
    };
    const inThisTurn = (counted: Map<number, number>) => counted.set(turn, (counted.get(turn) ?? 0) + 1);
    const allIn = (counted: Map<number, number>) => [...counted.values()].reduce((sum, each) => sum + each, 0);
    const counting = Object.assign(Object.create(store, { connection: { value: store.connection } }) as EventStore, {
      readStream: (...given: Parameters<EventStore['readStream']>) => {
        inThisTurn(read);
        return store.readStream(...given);
      },
      head: () => store.head(),
    });
    const runner = new DecisionRunner(store, catalog, systemClock);
    const nobody = (() => ({ called: () => Promise.resolve([]) })) as unknown as Readers;
    const execute: ConstructorParameters<typeof PlanLoader>[3] = (command) => {
      inThisTurn(begun);
      return decideWith(runner, command, nobody);
    };
    const loader = new PlanLoader(counting, catalog, systemClock, execute, nobody);
    setImmediate(nextTurn);
    const text = `sparbar: 1\nbodies:\n${bodies.join('\n')}\n`;
    const loading = loader.load(text, 'the file', { tenant, actor: { id: 'l', role: 'controller' } });
    const { recorded } = await loading.finally(() => (isLoading = false));
    expect(recorded).toBe(300);
    // The load itself is begun and recorded.
    expect(allIn(begun)).toBe(302);
    expect(Math.max(...begun.values())).toBeLessThanOrEqual(16);
    // The rehearsal reads the stream of each when it begins, and of those that wait for an answer.
    expect(allIn(read)).toBeGreaterThanOrEqual(300);
    expect(Math.max(...read.values())).toBeLessThanOrEqual(48);
  });

  it('does not take a store that fails for a fault of the file', async () => {
    const failing = Object.assign(Object.create(store, { connection: { value: store.connection } }) as EventStore, {
      readStream: () => Promise.reject(new StoreUnavailable('event store', new Error('gone'))),
    });
    const nothing = () => undefined as never;
    const loader = new PlanLoader(
      failing,
      new EventCatalog([...loadEvents, ...bodyEvents]),
      systemClock,
      nothing,
      nothing,
    );
    const loading = loader.load(file, 'the file', { tenant, actor: { id: 'loader', role: 'controller' } });
    await expect(loading).rejects.toThrow(StoreUnavailable);
  });

  it('names what a file lacks once for each kind of thing, and says to load what defines it first', async () => {
    const nothing = () => undefined as never;
    const loader = new PlanLoader(
      store,
      new EventCatalog([...loadEvents, ...bodyEvents]),
      systemClock,
      nothing,
      nothing,
    );
    const faultsOf = async (name: string): Promise<string[]> => {
      const text = await readFile(join(process.cwd(), 'data', name), 'utf8');
      const loading = loader.load(text, name, { tenant, actor: { id: 'loader', role: 'controller' } });
      const error: unknown = await loading.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(PlanFileFaults);
      return (error as PlanFileFaults).faults.map(({ message }) => message);
    };
    for (const name of ['uppsala-fokusmal-4.yaml', 'amn-verksamhetsplan-2025.yaml', 'amn-scenario-2025.yaml']) {
      const faults = await faultsOf(name);
      expect([name, faults.length < 7]).toEqual([name, true]);
      for (const fault of faults)
        expect(fault).toMatch(/^there is no \w+ .*; load the file that defines (it|them) first$/);
    }
    expect(await faultsOf('amn-scenario-2025.yaml')).toContainEqual(expect.stringContaining('there is no plan'));
  });

  describe('that looks like a mistake', () => {
    const level = (code: string, rank: number) =>
      `{ code: ${code}, label: ${code}, meaning: ${code}, colour: green, icon: check, rank: ${rank} }`;
    const plan = `sparbar: 1
bodies:
  - { key: amn, name: Arbetsmarknadsnämnden, kind: board }
scales:
  - { key: skala, name: Skala, version: 1, levels: [${level('ja', 1)}, ${level('nej', 2)}] }
plan:
  key: plan-2025
  title: Verksamhetsplan 2024
  owner: { body: amn, role: Direktör }
  validity: { from: 2025-01-01, to: 2127-12-31 }
  scale: { key: skala, version: 1 }
  kinds: [{ code: mal, label: Mål, plural: Mål, order: 1, parents: [] }]
  documents: []
  calendar: []
`;
    const load = (text: string, confirm?: readonly string[]) => {
      const catalog = new EventCatalog([
        ...loadEvents,
        ...bodyEvents,
        ...scaleEvents,
        ...planEvents,
        ...itemEvents,
        ...indicatorEvents,
      ]);
      const resting = new Resting(store);
      const nobody = ((reader: unknown) =>
        reader === Resting ? resting : { called: () => Promise.resolve([]) }) as unknown as Readers;
      const runner = new DecisionRunner(store, catalog, systemClock);
      const loader = new PlanLoader(store, catalog, systemClock, (one) => decideWith(runner, one, nobody), nobody);
      return loader.load(text, 'the file', {
        tenant,
        actor: { id: 'l', role: 'controller' },
        ...(confirm && { confirm }),
      });
    };
    const adopted = async () =>
      (await store.readStream(streamName(tenant, 'plan', planIdOf(tenant, 'plan-2025')))).map(
        ({ metadata }) => metadata.confirmed,
      );

    it('is refused with every doubt and its line, and leaves no trace', async () => {
      const refusal = await load(plan).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Doubtful);
      expect((refusal as Doubtful).particularsIn('en')).toMatchObject({
        file: 'the file',
        confirm: ['plan-term', 'year-of-title'],
        doubts: [
          { field: 'plan.validity.to', rule: 'plan-term', line: 10 },
          { field: 'plan.title', rule: 'year-of-title', line: 8 },
        ],
      });
      expect(await store.readStream(streamName(tenant, 'body', bodyIdOf(tenant, 'amn')))).toEqual([]);
    });

    it('is recorded where the file confirms some of it, and who loads it the rest', async () => {
      const text = plan.replace('bodies:', 'confirm: [year-of-title]\nbodies:');
      await expect(load(text)).rejects.toMatchObject({ doubts: [{ rule: 'plan-term' }] });
      await load(text, ['plan-term']);
      expect(await adopted()).toEqual([['plan-term', 'year-of-title']]);
      expect(await load(text)).toMatchObject({ recorded: 0 });
    });

    it('is of the plan that it tells the history of, where it holds no other', async () => {
      const text = plan.replace('sparbar: 1', 'sparbar: 2');
      const confirm = ['plan-term', 'year-of-title'];
      await load(`${text}items:\n  - { key: a, kind: mal, title: Fler i arbete }\n`, confirm);
      const told = await load(`sparbar: 2
history:
  key: hant
  plan: plan-2025
  steps:
    - { key: s, on: 2025-06-01, decision: { body: amn, date: 2025-05-20, paragraph: § 3 }, reword: { item: a, title: Ännu fler i arbete } }
`);
      expect(told.recorded).toBe(1);
      const begun = (await store.readAll({ tenant, limit: 1_000 })).filter(({ type }) => type === 'LoadBegun');
      const planId = planIdOf(tenant, 'plan-2025');
      expect(begun.map(({ data }) => data['planId'])).toEqual([planId, planId]);
    });

    it('tells that a plan was no plan, on which nothing in the file may rest', async () => {
      const history = `history:
  key: hant
  plan: plan-2025
  steps:
    - { key: fel, on: 2025-06-01, decision: { body: amn, date: 2025-05-20, paragraph: § 3 }, cancelPlan: { reason: Fanns redan } }
`;
      const text = plan.replace('sparbar: 1', 'sparbar: 2') + history;
      const confirm = ['plan-term', 'year-of-title'];
      const resting = text.replace('history:', 'items:\n  - { key: a, kind: mal, title: Fler i arbete }\nhistory:');
      await expect(load(resting, confirm)).rejects.toThrow('the plan is cancelled in this file');
      await load(text, confirm);
      const told = await store.readStream(streamName(tenant, 'plan', planIdOf(tenant, 'plan-2025')));
      const [adopted, cancelled] = told.filter(({ type }) => type.startsWith('Plan'));
      expect(cancelled).toMatchObject({
        type: 'PlanCancelled',
        data: { reason: 'Fanns redan' },
        metadata: { corrects: adopted!.id, effectiveOn: adopted!.metadata.effectiveOn, decision: { paragraph: '§ 3' } },
      });
      expect(await load(text, confirm)).toMatchObject({ recorded: 0 });
    });

    it('tells a mistake of a history, and that it was set right, and the same file again nothing', async () => {
      const decision = 'decision: { body: amn, date: 2025-05-20, paragraph: § 3 }';
      const definition =
        'name: Besök, owner: amn, measure: { unit: besök, kind: count }, direction: increase, source: Egen, sexes: false, items: [a]';
      const text = `${plan.replace('sparbar: 1', 'sparbar: 2')}items:
  - { key: a, kind: mal, title: Fler i arbete }
  - { key: b, kind: mal, title: Fler i arbete }
indicators:
  - { key: i, ${definition} }
history:
  key: hant
  plan: plan-2025
  steps:
    - { key: s, on: 2025-06-01, ${decision}, complete: { item: a } }
    - { key: v, on: 2025-06-01, ${decision}, recordValue: { indicator: i, period: '2024', total: '7' } }
    - { key: ts, on: 2025-06-02, ${decision}, takeBack: { step: s, reason: Avsåg ett annat } }
    - { key: tv, on: 2025-06-02, ${decision}, takeBack: { step: v, reason: Fel period } }
    - { key: d, on: 2025-06-02, ${decision}, cancelItem: { item: b, reason: Dubblett } }
`;
      const confirm = ['plan-term', 'year-of-title'];
      await load(text, confirm);
      const planId = planIdOf(tenant, 'plan-2025');
      const typesOf = async (category: string, id: string) =>
        (await store.readStream(streamName(tenant, category, id))).map(
          ({ metadata, type }) => `${metadata.effectiveOn} ${type}`,
        );
      expect(await typesOf('item', itemIdOf(tenant, planId, 'a'))).toEqual([
        '2025-01-01 ItemAdopted',
        '2025-06-01 ItemCompleted',
        '2025-06-01 ItemRevisionRetracted',
      ]);
      expect(await typesOf('item', itemIdOf(tenant, planId, 'b'))).toEqual([
        '2025-01-01 ItemAdopted',
        '2025-01-01 ItemCancelled',
      ]);
      expect(await typesOf('indicator', indicatorIdOf(tenant, planId, 'i'))).toEqual([
        '2025-01-01 IndicatorDefined',
        '2025-06-01 IndicatorValueRecorded',
        '2025-06-01 IndicatorChangeCancelled',
      ]);
      expect(await load(text, confirm)).toMatchObject({ recorded: 0 });
      const twice = text.replace('takeBack: { step: v,', 'takeBack: { step: s,');
      await expect(load(twice, confirm)).rejects.toThrow('"s" is taken back already');
      const resting = text.replace('items: [a] }\nhistory', 'items: [a, b] }\nhistory');
      await expect(load(resting, confirm)).rejects.toThrow('"b" is cancelled in this file');
    });

    it('doubts a target that a step sets anew, and keeps each version of what is redefined once it is confirmed', async () => {
      const definition = (unit: string) =>
        `name: Besök, owner: amn, measure: { unit: ${unit}, kind: count }, direction: increase, source: Egen, sexes: false, items: [a]`;
      const decision = 'decision: { body: amn, date: 2025-05-20, paragraph: § 3 }';
      const text = `${plan.replace('sparbar: 1', 'sparbar: 2\nconfirm: [plan-term, year-of-title]')}items:
  - { key: a, kind: mal, title: Fler i arbete }
indicators:
  - { key: i, ${definition('besök')}, target: { direction: increase } }
history:
  key: hant
  plan: plan-2025
  steps:
    - { key: r, on: 2025-06-01, ${decision}, redefine: { indicator: i, ${definition('besökare')}, comparison: null, reason: Per person } }
    - key: t
      on: 2025-06-01
      ${decision}
      setTarget:
        indicator: i
        target: { atLeast: '40', by: 2025-05-31 }
`;
      await expect(load(text)).rejects.toMatchObject({
        doubts: [{ rule: 'target-to-come', field: 'history.steps[1].setTarget.target.by', place: { line: 30 } }],
      });
      await load(text, ['target-to-come']);
      const id = indicatorIdOf(tenant, planIdOf(tenant, 'plan-2025'), 'i');
      const events = await store.readStream(streamName(tenant, 'indicator', id));
      expect(events.map(({ data, metadata, type }) => [type, metadata.effectiveOn, data['version']])).toEqual([
        ['IndicatorDefined', '2025-01-01', undefined],
        ['IndicatorTargetSet', '2025-01-01', undefined],
        ['IndicatorRedefined', '2025-06-01', 2],
        ['IndicatorTargetSet', '2025-06-01', undefined],
      ]);
      expect(events[2]!.metadata.decision).toMatchObject({ date: '2025-05-20', paragraph: '§ 3' });
      expect(events.map(({ data }) => data['definition'])).toEqual([undefined, 1, undefined, 2]);
      expect(await load(text)).toMatchObject({ recorded: 0 });
    });

    it('is told of a step of another file that derives an indicator from what is derived from it, before anything is recorded', async () => {
      const decision = 'decision: { body: amn, date: 2025-05-20, paragraph: § 3 }';
      const definition =
        'name: Besök, owner: amn, measure: { unit: st, kind: count }, direction: increase, source: Egen, sexes: false, items: [a]';
      const derived = (numerator: string) =>
        `derived: { numerator: ${numerator}, denominator: k, factor: 1, decimals: 0 }`;
      const text = `${plan.replace('sparbar: 1', 'sparbar: 2')}items:
  - { key: a, kind: mal, title: Fler i arbete }
indicators:
  - { key: i, ${definition}, ${derived('j')} }
  - { key: j, ${definition} }
  - { key: k, ${definition} }
`;
      await load(text, ['plan-term', 'year-of-title']);
      const head = await store.head();
      const later = load(`sparbar: 2
history:
  key: hant
  plan: plan-2025
  steps:
    - { key: s, on: 2025-06-01, ${decision}, reword: { item: a, title: Ännu fler i arbete } }
    - { key: r, on: 2025-06-01, ${decision}, redefine: { indicator: j, ${definition}, comparison: null, ${derived('i')}, reason: Kvot } }
`);
      await expect(later).rejects.toThrow(
        /7:\d+ history\.steps\[1\]\.redefine: .* is itself derived from this indicator/,
      );
      expect(await store.head()).toBe(head);
    });
  });
});
