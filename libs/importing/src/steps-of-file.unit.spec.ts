import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { DefineIndicatorCommand } from '#indicators';
import { newId } from '#kernel';
import type { AdoptItemCommand, DeclareAnswerCommand, SucceedItemCommand } from '#planning';
import { readPlanFile } from '#plan-files';
import { KeyedIds } from './keyed-ids.js';
import { stepsOfFile } from './steps-of-file.js';

const name = 'amn-scenario-2025.yaml';
const actor = { id: 'loader', role: 'controller' } as const;

describe('The steps of a scenario', () => {
  const file = readPlanFile(readFileSync(join(process.cwd(), 'data', name), 'utf8'), name);
  const batches = stepsOfFile(file, { tenant: 'test', actor, correlationId: newId() });

  it('come in its order, and together where each rests on its own item or indicator alone', () => {
    const places = batches.flat().map(({ path }) => Number(/^scenario\.steps\[(\d+)\]/.exec(path)![1]));
    expect(places).toEqual(file.scenario!.steps.map((_, place) => place));
    const together = new Set(
      batches.filter(({ length }) => length > 1).flatMap((batch) => batch.map(({ command }) => command.type)),
    );
    expect([...together].sort()).toEqual([
      'AssessItem',
      'CorrectAssessment',
      'CorrectValue',
      'RecordValue',
      'WithdrawAssessment',
    ]);
    // Each costs a group that is written to the disk together.
    expect(batches.length).toBeLessThan(file.scenario!.steps.length / 4);
  });
});

const planOf = (items: number): string => `sparbar: 1
bodies:
  - { key: ks, name: Kommunstyrelsen, kind: board }
scales:
  - key: skala
    name: Skala
    version: 1
    levels:
      - { code: ja, label: Ja, meaning: Bra, colour: green, icon: check, rank: 1 }
      - { code: nej, label: Nej, meaning: Inte bra, colour: red, icon: cross, rank: 2 }
plan:
  key: plan
  title: En plan
  owner: { body: ks, role: direktör }
  validity: { from: '2025-01-01' }
  scale: { key: skala, version: 1 }
  kinds: [{ code: uppdrag, label: Uppdrag, plural: Uppdrag, order: 1, parents: [] }]
  documents: []
  calendar: []
items:
${Array.from({ length: items }, (_, n) => `  - { key: u${n}, kind: uppdrag, title: Uppdrag ${n} }`).join('\n')}
scenario:
  key: tal
  invented: true
  plan: plan
  steps:
${Array.from({ length: items }, (_, n) => `    - { key: s${n}, on: '2025-02-01', reword: { item: u${n}, title: Nytt ${n} } }`).join('\n')}
`;

describe('The steps of a large file', () => {
  it('are made one by one as they are asked for, and not while others wait', () => {
    let named = 0;
    class CountedIds extends KeyedIds {
      override item = (plan: string, key: string): string => {
        named++;
        return new KeyedIds(this.tenant).item(plan, key);
      };
    }
    const text = planOf(500);
    const steps = stepsOfFile(
      readPlanFile(text, 'plan.yaml'),
      { tenant: 'test', actor, correlationId: newId() },
      new CountedIds('test'),
    ).flat();
    expect(steps.length).toBeGreaterThan(1_000);
    expect(named).toBe(0);
    const last = steps.at(-1)!;
    expect(last.command).toBe(last.command);
    expect(named).toBe(1);
  });
});

describe('The steps of indicators', () => {
  const ofPlan = { from: '2025-01-01', to: '2025-12-31' };
  const others = {
    ...{ name: 'Samtal', owner: 'amn', direction: 'increase', source: 'Egen', sexes: false, items: ['u1'] },
    measure: { unit: 'samtal', kind: 'count' },
  };
  const derived = (numerator: string, denominator: string) => ({ numerator, denominator, factor: 100, decimals: 1 });
  const file = {
    plan: {
      key: 'vp',
      validity: ofPlan,
      documents: [],
      kinds: [],
      calendar: [],
      owner: { body: 'amn' },
      scale: { key: 'skala', version: 1 },
    },
    indicators: [
      { ...others, key: 'mot', derived: derived('andel', 'antal') },
      { ...others, key: 'andel', derived: derived('antal', 'alla') },
      { ...others, key: 'antal' },
      { ...others, key: 'alla' },
    ],
  } as unknown as Parameters<typeof stepsOfFile>[0];

  it('define what others are derived from before them', () => {
    const commands = stepsOfFile(file, { tenant: 'test', actor, correlationId: newId() })
      .map((batch) => batch.map(({ command }) => command).filter(({ type }) => type === 'DefineIndicator'))
      .filter((batch) => batch.length > 0) as DefineIndicatorCommand[][];
    expect(commands.map((batch) => batch.map(({ data }) => data.key))).toEqual([['antal', 'alla'], ['andel'], ['mot']]);
    const idOf = new Map(commands.flat().map(({ data, id }) => [data.key, id]));
    const share = commands[1]![0]!.data.derived;
    expect(share).toEqual(derived(idOf.get('antal')!, idOf.get('alla')!));
  });
});

describe('The steps of a file of version 2', () => {
  const context = { tenant: 'test', actor, correlationId: newId() };
  const level = (code: string, rank: number) =>
    `{ code: ${code}, label: ${code}, meaning: ${code}, colour: green, icon: check, rank: ${rank} }`;
  const text = `sparbar: 2
bodies:
  - { key: amn, name: Arbetsmarknadsnämnden, kind: board, note: Namnet är tryckt., aliases: [{ name: AMN, note: På omslaget. }] }
groups:
  - { key: alla, name: Alla, note: Räknas inte upp., members: [{ from: 2024-01-01, bodies: [amn] }] }
scales:
  - { key: skala, name: Skala, version: 1, levels: [${level('ja', 1)}, ${level('nej', 2)}] }
plan:
  key: vp
  title: Plan 2025
  owner: { body: amn, role: Direktör }
  decision: { body: amn, date: 2024-12-16 }
  validity: { from: 2025-01-01 }
  scale: { key: skala, version: 1 }
  kinds: [{ code: mal, label: Mål, plural: Mål, order: 1, parents: [] }]
  documents: []
  calendar: []
  inferred: [{ fact: validity.from, ground: Omslaget. }]
  note: Om planen.
items:
  - { key: a, kind: mal, title: Första, retold: [title], concernedAsPrinted: Alla, note: Utan nummer. }
  - { key: b, kind: mal, title: Andra, from: 2025-06-01, decision: { body: amn, date: 2025-05-20, paragraph: § 3 } }
  - { key: c, kind: mal, title: Tredje, from: 2025-07-01 }
indicators:
  - { key: i, name: I, owner: amn, measure: { unit: st, kind: count }, direction: increase, source: Egen, sexes: false, items: [a], note: Om I. }
successions:
  - { from: { plan: vp, item: a }, to: { plan: vp, item: b }, kind: merged }
  - { from: { plan: vp, item: a }, to: { plan: vp, item: b }, kind: reworded, printedLabel: Ny formulering, on: 2025-06-15, decision: { body: amn, date: 2025-06-10 } }
answers:
  - { from: { plan: vp, item: b }, to: { plan: mal, item: x } }
  - { from: { plan: mal, item: x }, to: { plan: vp, item: c }, on: 2025-08-01, inferred: true, note: Samma. }
history:
  key: hant
  plan: vp
  steps:
    - key: lydelse
      on: 2025-08-01
      decision: { body: amn, date: 2025-07-20 }
      attested: { on: 2025-07-21, role: Ordförande, evidence: [{ kind: protocol, title: Protokoll }] }
      note: Justerad.
      reword: { item: b, title: Andra igen }
`;
  const told = (of: string) =>
    stepsOfFile(readPlanFile(of, 'plan'), context)
      .flat()
      .map(({ command }) => command);
  const commands = told(text);
  const named = (type: string) => commands.filter((command) => command.type === type);

  it('keep every note, and say what is inferred and what is retold', () => {
    const remarks = (named('DeclareAnswer') as DeclareAnswerCommand[]).flatMap(({ data }) => data.comment ?? []);
    const notes = [...commands.flatMap(({ context: { note } }) => note ?? []), ...remarks];
    expect(notes.sort()).toEqual([...text.matchAll(/\bnote: ([^,}\n]+?)(?= }|,|\n)/g)].map(([, note]) => note).sort());
    expect(named('AdoptPlan')[0]!.context.inferred).toEqual([{ fact: 'validity.from', ground: 'Omslaget.' }]);
    expect(named('AdoptItem')[0]!.context.retold).toEqual(['title']);
  });

  it('give each item and link its own day and decision, or those of the plan', () => {
    const grounds = (type: string) =>
      named(type).map(({ context: { decision, effectiveOn } }) => [effectiveOn, decision?.date]);
    expect(grounds('AdoptItem')).toEqual([
      ['2025-01-01', '2024-12-16'],
      ['2025-06-01', '2025-05-20'],
      ['2025-07-01', undefined],
    ]);
    expect(grounds('SucceedItem')).toEqual([
      ['2025-06-01', undefined],
      ['2025-06-15', '2025-06-10'],
    ]);
    expect((named('SucceedItem') as SucceedItemCommand[]).map(({ data }) => [data.kind, data.printedLabel])).toEqual([
      ['merged', undefined],
      ['reworded', 'Ny formulering'],
    ]);
    expect(grounds('DeclareAnswer')).toEqual([
      ['2025-06-01', undefined],
      ['2025-08-01', undefined],
    ]);
    expect((named('DeclareAnswer') as DeclareAnswerCommand[]).map(({ data }) => [data.inferred, data.comment])).toEqual(
      [
        [false, undefined],
        [true, 'Samma.'],
      ],
    );
    expect(grounds('DefineIndicator')).toEqual([['2025-01-01', '2024-12-16']]);
  });

  it('keep whom an item concerns also where only the words of the document say it', () => {
    const [first] = named('AdoptItem') as AdoptItemCommand[];
    expect(first!.data.concerned).toEqual({ bodies: [], asPrinted: 'Alla' });
  });

  it('tell what has happened with its day, its decision and who said it when, and as no invention', () => {
    const { decision, effectiveOn, ...given } = named('RewordItem')[0]!.context;
    expect([effectiveOn, decision?.date, given.attested?.on, given.note]).toEqual([
      '2025-08-01',
      '2025-07-20',
      '2025-07-21',
      'Justerad.',
    ]);
    expect(given).not.toHaveProperty('invented');
  });

  it('redefine indicators whole, and set their targets anew, each on its day and by its decision', () => {
    const decision = 'decision: { body: amn, date: 2025-08-20, paragraph: § 9 }';
    const whole = `indicator: i, name: I, owner: amn, measure: { unit: personer, kind: count }, direction: increase, source: "'Egen'", sexes: true, items: [a, b]`;
    const derived = 'derived: { numerator: j, denominator: k, factor: 100, decimals: 1 }';
    const more = text.replace(
      /^ {2}- { key: i, .*\n/m,
      (i) => `${i}${['j', 'k'].map((key) => i.replace('key: i', `key: ${key}`)).join('')}`,
    )
      .concat(`    - { key: r1, on: 2025-09-01, ${decision}, redefine: { ${whole}, comparison: null, breaksSeries: true, reason: Per person } }
    - { key: t, on: 2025-09-01, ${decision}, setTarget: { indicator: i, target: { atLeast: '40', by: 2026-12-31, note: Nytt } } }
    - { key: v, on: 2025-09-02, ${decision}, recordValue: { indicator: i, period: '2025-09', total: '7', women: '4', men: '3' } }
    - { key: r2, on: 2025-10-01, ${decision}, redefine: { ${whole}, comparison: '3,1', ${derived}, reason: Kvot } }
    - { key: r3, on: 2025-11-01, ${decision}, redefine: { ${whole}, comparison: '3,1', derived: null, reason: Igen } }
`);
    const course = told(more).slice(-5);
    const [id, j, k] = (told(more).filter(({ type }) => type === 'DefineIndicator') as DefineIndicatorCommand[]).map(
      (command) => command.id,
    );
    expect(course.map((one) => [one.type, one.id, one.context.effectiveOn, one.context.decision?.date])).toEqual(
      ['RedefineIndicator', 'SetTarget', 'RecordValue', 'RedefineIndicator', 'RedefineIndicator'].map((type, nth) => [
        ...[type, id],
        ...[['2025-09-01', '2025-09-01', '2025-09-02', '2025-10-01', '2025-11-01'][nth], '2025-08-20'],
      ]),
    );
    const [itemA, itemB] = (named('AdoptItem') as AdoptItemCommand[]).map((command) => command.id);
    expect(course.map(({ data }) => data)).toEqual([
      {
        ...{ name: 'I', ownerId: (named('DefineIndicator')[0] as DefineIndicatorCommand).data.ownerId },
        ...{ measure: { unit: 'personer', kind: 'count' }, direction: 'increase', source: 'Egen', splitBySex: true },
        ...{ itemIds: [itemA, itemB], comparison: null, reason: 'Per person', breaksSeries: true },
      },
      { target: { atLeast: '40', by: '2026-12-31' }, comment: 'Nytt' },
      { period: '2025-09', total: { value: '7' }, women: { value: '4' }, men: { value: '3' } },
      expect.objectContaining({
        comparison: '3,1',
        derived: { numerator: j, denominator: k, factor: 100, decimals: 1 },
      }),
      expect.objectContaining({ comparison: '3,1', derived: null }),
    ]);
    expect(course[3]!.data).not.toHaveProperty('breaksSeries');
    expect(new Set(course.map(({ context: { commandId } }) => commandId)).size).toBe(5);
  });

  it('ask of version 1 what they always asked, whatever is remarked beside it', () => {
    const one = text
      .replace('sparbar: 2', 'sparbar: 1')
      .replace(/(answers|history):[^]*$/, '')
      .replace(
        /, retold: \[title\]|, printedLabel: Ny formulering|, from: 2025-0[67]-01|, on: 2025-06-15| {2}inferred: .*\n/g,
        '',
      )
      .replace(/, decision: \{[^}]*\}/g, '');
    const asked = (of: string) =>
      told(of).map(({ context: { decision, effectiveOn }, data }) => ({ data, decision, effectiveOn }));
    const without = one.replace(/, note: [^,}]+(?= }|,)| {2}note: .*\n/g, '');
    expect(without).not.toContain('note');
    expect(asked(one)).toEqual(asked(without));
    const links = told(one).filter(({ type }) => type === 'SucceedItem');
    expect(links.map(({ context: { effectiveOn } }) => effectiveOn)).toEqual([undefined, undefined]);
    expect(told(one).find(({ type }) => type === 'AdoptItem')!.data).not.toHaveProperty('concerned');
  });
});
