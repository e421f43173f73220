import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import type { ExternalReference, PlanFile, PlanFileIndicator, PlanFileStep } from './plan-file.js';
import { readCell } from './printed/read-cell.js';
import { readPlanFile } from './read-plan-file.js';

const read = (name: string): PlanFile =>
  readPlanFile(readFileSync(new URL(`../../../data/${name}`, import.meta.url), 'utf8'), name);

const organisation = read('uppsala-organisation.yaml');
const fokusmal4 = read('uppsala-fokusmal-4.yaml');
const amn = read('amn-verksamhetsplan-2025.yaml');
const year = read('amn-scenario-2025.yaml');
const council = read('uppsala-mal-och-budget-2025.yaml');
const before = read('amn-verksamhetsplan-2024.yaml');
const thousand = read('amn-plan-1000-fler.yaml');
const safety = read('uppsala-program-trygghet-2022.yaml');
const county = read('uppsala-lan-social-hallbarhet.yaml');
const umea = read('umea-social-hallbarhet-2024.yaml');

const items = amn.items ?? [];
const indicators = amn.indicators ?? [];
const steps = year.scenario?.steps ?? [];
const ofKind = (kind: string) => items.filter((item) => item.kind === kind);
const indicator = (key: string): PlanFileIndicator => {
  const found = indicators.find((one) => one.key === key);
  if (!found) throw new Error(`no indicator ${key}`);
  return found;
};

describe('the data files', () => {
  it.each([
    ['Uppsala', [organisation, fokusmal4, amn, year, council, before, thousand, safety]],
    ['the county of Uppsala', [county]],
    ['Umeå', [umea]],
  ])('of %s refer to nothing that none of them holds', (_, files) => {
    const holds = (reference: ExternalReference): boolean =>
      files.some(({ bodies, groups, scales, plan, items: theirs, indicators: measures }) => {
        const inPlan = plan?.key === reference.plan;
        return {
          body: bodies?.some(({ key }) => key === reference.key),
          group: groups?.some(({ key }) => key === reference.key),
          scale: scales?.some(({ key, version }) => key === reference.key && version === reference.version),
          plan: plan?.key === reference.key,
          item: inPlan && theirs?.some(({ key }) => key === reference.key),
          indicator: inPlan && measures?.some(({ key }) => key === reference.key),
          round: false,
        }[reference.kind];
      });
    const references = files.flatMap(({ externalReferences }) => externalReferences);
    expect(references.filter((reference) => !holds(reference))).toEqual([]);
  });

  it('give no reason for a blank, and claim no words of their own to be those of a document', () => {
    const files = [organisation, fokusmal4, amn, council, before, thousand, safety, county, umea];
    const gaps = files.flatMap(({ indicators: measures = [] }) =>
      measures.flatMap(({ values = [] }) =>
        values.flatMap(({ men, total, women }) => [total, women, men].filter((cell) => typeof cell === 'object')),
      ),
    );
    expect(new Set(gaps.map(({ gap }) => gap))).toEqual(new Set(['no-reason']));
    expect(gaps).toHaveLength(329);
    const described = files.flatMap(({ items: theirs = [] }) => theirs.filter(({ text }) => text !== undefined));
    expect(described.filter(({ retold = [] }) => !retold.includes('text'))).toEqual([]);
    expect(files.every(({ sparbar }) => sparbar === 2)).toBe(true);
  });
});

describe('the organisation', () => {
  const bodyOf = (name: string) =>
    organisation.bodies?.find((body) => body.name === name || body.aliases?.some((alias) => alias.name === name))?.key;

  it('knows a body by every name that the documents use', () => {
    expect(bodyOf('OSN')).toBe(bodyOf('OMN'));
    expect(bodyOf('OMN')).toBe(bodyOf('Omsorgsnämnden'));
    for (const name of ['UKAF', 'Arenor och fastigheter', 'Uppsala arenor och fastigheter']) {
      expect(bodyOf(name)).toBe(bodyOf('Uppsala kommun Arenor och Fastigheter AB'));
    }
  });

  it('says where a full name is inferred', () => {
    const inferred = organisation.bodies?.filter(({ inferred: facts }) => facts).map(({ key }) => key);
    expect(inferred).toEqual(['vln', 'ofn', 'mhn', 'ran']);
  });

  it('holds a scale of four levels in three colours', () => {
    const levels = organisation.scales?.[0]?.levels ?? [];
    expect(levels.map(({ code, label }) => [code, label])).toEqual([
      ['completed', 'Grön slutfört'],
      ['on-track', 'Grön'],
      ['delayed', 'Gul'],
      ['not-carried-out', 'Röd'],
    ]);
    expect(new Set(levels.map(({ colour }) => colour)).size).toBe(3);
    expect(new Set(levels.map(({ icon }) => icon)).size).toBe(4);
  });
});

describe('fokusmål 4', () => {
  it('has eight uppdrag, of which the four that concern all print no one responsible', () => {
    const responsible = fokusmal4.items?.filter(({ kind }) => kind === 'uppdrag');
    expect(responsible?.map((item) => [item.number, item.responsible?.length])).toEqual([
      ['20', 0],
      ['21', 6],
      ['22', 14],
      ['23', 0],
      ['24', 0],
      ['25', 3],
      ['26', 8],
      ['27', 0],
    ]);
    for (const { concerned, responsible: bodies } of responsible ?? []) {
      if (concerned && 'bodies' in concerned) expect([...(bodies ?? [])].sort()).toEqual([...concerned.bodies].sort());
      else expect(concerned).toEqual({ group: 'alla-namnder-och-bolag' });
    }
  });
});

describe('the plan of 2025', () => {
  it('has 4 fokusmål, 22 uppdrag, 3 nämndmål and 43 åtgärder, one of them without a number', () => {
    expect(['fokusmal', 'uppdrag', 'namndmal', 'atgard'].map((kind) => ofKind(kind).length)).toEqual([4, 22, 3, 43]);
    const numbers = ofKind('atgard').flatMap(({ number }) => number ?? []);
    expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
    expect(ofKind('namndmal').map(({ number }) => number)).toEqual(['N1.1', '2.1', '2.2']);
  });

  it('places every uppdrag under its fokusmål', () => {
    expect(childrenByNumber('fokusmal', 'uppdrag')).toEqual({
      1: '1 2 3 4 7 10 11',
      2: '12 14 15 16',
      3: '27 28',
      4: '34 35 36 38 39 40 42 43 46',
    });
  });

  it('places every åtgärd under its uppdrag or nämndmål', () => {
    expect(childrenByNumber('uppdrag', 'atgard')).toEqual({
      ...{ 1: '1', 2: '2', 3: '3 4', 4: '5', 7: '6', 10: '7', 11: '8', 12: '10' },
      ...{ 14: '11 12 13 14 15 16 17 18', 15: '19', 16: '20', 27: '21 22', 28: '23', 34: '24 25', 35: '26 27 28 29' },
      ...{ 36: '30 31 32 33 34', 38: '35 36', 39: '37', 40: '38', 42: '39', 43: '40 41', 46: '42' },
    });
    expect(childrenByNumber('namndmal', 'atgard')).toEqual({ 'N1.1': '9', 2.1: '–', 2.2: '–' });
  });

  it('links the åtgärder to governing documents and effects as the plan does', () => {
    const numbersWhere = (documents: number) =>
      ofKind('atgard')
        .filter((item) => (item.documents ?? []).length === documents)
        .map(({ number }) => Number(number));
    expect(numbersWhere(0)).toEqual([4, 5, 8, 18, 19, 34, 37]);
    expect(numbersWhere(2).sort((a, b) => a - b)).toEqual([3, 7, 9, 10, 30, 31, 32]);
    expect(
      ofKind('atgard')
        .filter(({ expectedEffects }) => !expectedEffects)
        .map(({ number }) => number),
    ).toEqual(['22']);
  });

  it('lists the 23 rows of the appendix, two of them of expired documents, and five documents from outside it', () => {
    const documents = amn.plan!.documents ?? [];
    const outside = documents.filter(({ note }) => note?.includes('bilagan tar inte upp'));
    const rows = documents.filter((one) => !outside.includes(one)).map((one) => one.printedTitle ?? one.title);
    expect([documents.length, outside.length, new Set(rows).size]).toEqual([40, 5, 23]);
    expect(documents.filter(({ validity }) => validity?.to && validity.to < '2024-12-20')).toHaveLength(2);
  });

  it('assesses fewer kinds of item in April than in the annual report', () => {
    expect(amn.plan?.calendar?.map(({ kind, referenceDate, scope }) => [kind, referenceDate, scope.length])).toEqual([
      ['april', '2025-03-31', 2],
      ['augusti', '2025-08-31', 3],
      ['bokslut', '2025-12-31', 4],
    ]);
  });

  it('succeeds five uppdrag of fokusmål 4, by inference', () => {
    expect(amn.successions?.map(({ from, to, kind, inferred }) => [from.item, to.item, kind, inferred])).toEqual([
      ['uppdrag-20', 'uppdrag-34', 'renumbered', true],
      ['uppdrag-22', 'uppdrag-36', 'reworded', true],
      ['uppdrag-23', 'uppdrag-38', 'renumbered', true],
      ['uppdrag-24', 'uppdrag-43', 'renumbered', true],
      ['uppdrag-27', 'uppdrag-46', 'renumbered', true],
    ]);
  });
});

describe('the indicators of 2025', () => {
  const listings = indicators.flatMap((one) =>
    one.items.filter((item) => item.startsWith('fokusmal')).map((item) => ({ item, indicator: one })),
  );
  const cells = indicators.flatMap((one) =>
    (one.values ?? []).flatMap(({ period, total, women, men }) =>
      Object.entries({ total, women, men }).map(([column, cell]) => ({
        key: one.key,
        period,
        column,
        value: readCell(cell ?? '', period),
      })),
    ),
  );

  it('are 46, listed 47 times: one of them under two fokusmål', () => {
    expect([indicators.length, listings.length]).toEqual([46, 47]);
    const per = ['fokusmal-1', 'fokusmal-2', 'fokusmal-3', 'fokusmal-4'].map(
      (goal) => listings.filter(({ item }) => item === goal).length,
    );
    expect(per).toEqual([13, 19, 2, 13]);
    const twice = indicators.filter(
      ({ key }) => listings.filter(({ indicator: { key: of } }) => of === key).length > 1,
    );
    expect(twice.map(({ key }) => key)).toEqual(['barn-i-familjer-med-bistand']);
    expect(indicator('andel-vuxna-bistandsmottagare').items).toEqual(['fokusmal-2', 'namndmal-2-2']);
  });

  it('are to increase in 24 listings, decrease in 11 and be maintained in 12', () => {
    const wanted = (direction: string) => listings.filter((one) => one.indicator.direction === direction).length;
    expect(['increase', 'decrease', 'maintain'].map(wanted)).toEqual([24, 11, 12]);
  });

  it('have a cell for every year and sex, and a reason wherever the cell is blank', () => {
    expect(indicators.every(({ sexes, values, comparison }) => sexes && values?.length === 3 && !comparison)).toBe(
      true,
    );
    expect(cells).toHaveLength(46 * 3 * 3);
    const count = (test: (value: object) => boolean) => cells.filter(({ value }) => test(value)).length;
    expect(count((value) => 'asPrinted' in value)).toBe(85);
    expect(count((value) => 'provisionalAsOf' in value)).toBe(20);
    expect(count((value) => 'unit' in value)).toBe(2);
  });

  it('have no value at all in 24 of the 47 rows', () => {
    const measured = new Set(cells.filter(({ value }) => 'asPrinted' in value).map(({ key }) => key));
    const without = listings.filter((one) => !measured.has(one.indicator.key));
    // The indicator that is listed twice has its value in one table and is blank in the other.
    expect(without.length + 1).toBe(24);
    const wholly = without.every(({ indicator: { values } }) =>
      values?.every(({ total }) => typeof total === 'object' && total.gap === 'no-reason'),
    );
    expect(wholly).toBe(true);
  });

  it('keep the decimals as printed', () => {
    expect(indicator('arbetsloshet').values?.[1]?.men).toBe('5,0');
    expect(indicator('langvarigt-ekonomiskt-bistand').values?.[1]).toEqual({
      period: '2023',
      total: '1,24',
      women: '1,3',
      men: '1,17',
    });
    expect(indicator('ekologiska-livsmedel').values?.[1]?.total).toBe('33%');
    expect(indicator('barn-i-familjer-med-bistand').values?.[0]?.total).toBe('6,2');
  });

  it('add up over the sexes where they count, and only there', () => {
    const odd = indicators.flatMap((one) =>
      (one.values ?? []).flatMap(({ period, total, women, men }) => {
        const [sum, ...parts] = [total, women, men].map((cell) => readCell(cell ?? '', period));
        const numbers = parts.flatMap((part) => ('value' in part ? [Big(part.value)] : []));
        if (!sum || !('value' in sum) || numbers.length < 2) return [];
        const adds = numbers.reduce((a, b) => a.plus(b)).eq(sum.value);
        return adds === (one.measure.kind === 'count') ? [] : [`${one.key} ${period}`];
      }),
    );
    expect(odd).toEqual([]);
  });

  it('hold the shares that follow from the counts', () => {
    const value = (key: string, period: string, column: 'total' | 'women' | 'men') => {
      const cell = cells.find((one) => one.key === key && one.period === period && one.column === column)?.value;
      return Big(cell && 'value' in cell ? cell.value : NaN);
    };
    for (const [period, column] of [
      ['2023', 'total'],
      ['2024', 'total'],
      ['2024', 'women'],
      ['2024', 'men'],
    ] as const) {
      const share = value('genomforda-ungdomssamtal', period, column)
        .div(value('erbjudna-ungdomssamtal', period, column))
        .times(100);
      expect(share.round(1).toFixed(1)).toBe(value('andel-genomforda-ungdomssamtal', period, column).toFixed(1));
    }
  });

  it('have one threshold: at most one percent on ekonomiskt bistånd by the end of the term', () => {
    const thresholds = indicators.filter(({ target }) => target && !('direction' in target));
    expect(thresholds.map(({ key, target }) => [key, target])).toEqual([
      ['andel-vuxna-bistandsmottagare', expect.objectContaining({ atMost: '1', by: '2026-12-31' })],
    ]);
  });
});

describe('åtgärder that would be easy to retell wrongly', () => {
  it.each([
    ['18', 'i hushåll med ekonomiskt bistånd'],
    ['19', 'effektiv'],
    ['23', 'kan bistå'],
    ['34', 'i mån av ekonomiskt utrymme'],
    ['38', 'bidrar till utredningen'],
    ['39', 'misstankar om felaktiga utbetalningar'],
  ])('say of %s: %s', (number, words) => {
    const item = ofKind('atgard').find((one) => one.number === number);
    expect(item?.title).toContain(words);
    expect(item?.retold).toContain('title');
  });
});

describe('the other documents', () => {
  const countsOf = ({ items: theirs = [] }: PlanFile) =>
    Object.fromEntries(
      [...new Set(theirs.map(({ kind }) => kind))].map((kind) => [
        kind,
        theirs.filter((one) => one.kind === kind).length,
      ]),
    );

  it('hold what the council decided, with five uppdrag of the page of fokusmål 4 under other numbers', () => {
    expect([council.plan?.decision?.date, countsOf(council)]).toEqual(['2024-11-04', { fokusmal: 4, uppdrag: 22 }]);
    const theirs = council.items?.filter(({ kind }) => kind === 'uppdrag').map(({ number, title }) => [number, title]);
    expect(theirs).toEqual(ofKind('uppdrag').map(({ number, title }) => [number, title]));
    expect(council.successions?.map(({ from, kind, to }) => [from.item, to.item, kind])).toEqual([
      ['uppdrag-20', 'uppdrag-34', 'renumbered'],
      ['uppdrag-22', 'uppdrag-36', 'reworded'],
      ['uppdrag-23', 'uppdrag-38', 'renumbered'],
      ['uppdrag-24', 'uppdrag-43', 'renumbered'],
      ['uppdrag-27', 'uppdrag-46', 'renumbered'],
    ]);
  });

  it('link each fokusmål and uppdrag of the council to what the board does about it', () => {
    const wording = (file: typeof council) => new Map(file.items?.map(({ key, title }) => [key, title]));
    const [asked, done] = [wording(council), wording(amn)];
    expect(council.answers).toHaveLength(council.items!.length);
    for (const { from, to } of council.answers!)
      expect([from.item, done.get(from.item)]).toEqual([to.item, asked.get(to.item)]);
  });

  it('hold the 23 åtgärder of the plan for 1000 more, with their numbers in the plan of 2024', () => {
    expect(countsOf(thousand)).toEqual({ malomrade: 4, atgard: 23 });
    const numbers = thousand.items?.flatMap(({ otherNumbers = [] }) =>
      otherNumbers.map(({ number }) => Number(number)),
    );
    expect(numbers).toEqual([
      34, 38, 59, 58, 41, 49, 28, 27, 31, 32, 12, 33, 67, 21, 24, 25, 26, 35, 63, 36, 60, 62, 37,
    ]);
    expect(thousand.plan?.calendar?.map(({ month }) => month)).toEqual(['2025-02', '2025-04', '2025-09']);
  });

  it('sum up what became of the 23 as the document does: 8, 4, 2, 4, 2 and 3', () => {
    const became = (what: (step: PlanFileStep) => boolean) => (thousand.history?.steps ?? []).filter(what).length;
    const ended = (reason: string) => became(({ discontinue }) => discontinue?.reason === reason);
    const kept = became(({ retain }) => retain !== undefined) + ended('replaced');
    const completed = became(({ complete }) => complete !== undefined);
    const ends = [ended('became-activity'), ended('core-work'), ended('merged'), ended('outside-control')];
    expect([kept, completed, ...ends]).toEqual([8, 4, 2, 4, 2, 3]);
  });

  it('lead from the 23, and two from outside, to the åtgärder of 2025', () => {
    const links = [...(thousand.successions ?? []), ...(before.successions ?? [])].map(({ from, to }) => {
      const numbered = (item: string) => Number(item.replace('atgard-', ''));
      return [
        from.plan === 'amn-plan-1000-fler' ? numbered(from.item) : `${numbered(from.item)} of 2024`,
        numbered(to.item),
      ];
    });
    const each = [...new Map(links.map((link) => [JSON.stringify(link), link])).values()];
    expect(each).toEqual([
      ...[
        [1, 17],
        [2, 17],
        [3, 35],
        [5, 20],
        [7, 12],
        [14, 10],
        [15, 35],
        [18, 13],
        [20, 16],
        [21, 15],
        [22, 36],
      ],
      ...[
        ['22 of 2024', 10],
        ['42 of 2024', 20],
      ],
    ]);
  });

  it('hold the programme for safety: 6 areas, a goal in each, 30 points, 13 documents, each year', () => {
    expect(countsOf(safety)).toEqual({ inriktning: 4, utvecklingsomrade: 6, mal: 6, punkt: 30 });
    for (const goal of safety.items?.filter(({ kind }) => kind === 'mal') ?? []) {
      expect(safety.items?.filter(({ parents }) => parents?.includes(goal.key))).toHaveLength(5);
      expect(goal.parents).toHaveLength(1);
    }
    expect(safety.plan?.documents).toHaveLength(13);
    expect(safety.plan?.calendar).toEqual([expect.objectContaining({ recurs: { each: 'year' } })]);
    expect(safety.plan).not.toHaveProperty('scale');
  });

  it('hold the council of the county: 19 without order among them, two areas until further notice, four in the first', () => {
    const members = county.groups?.[0]?.members[0]?.bodies ?? [];
    expect(members).toHaveLength(19);
    expect(countsOf(county)).toEqual({ samverkansomrade: 2, insatsomrade: 4 });
    expect(new Set(county.items?.flatMap(({ parents = [] }) => parents))).toEqual(new Set(['utsatta-omraden']));
    expect(county.plan?.validity).toEqual({});
    expect(county.plan?.owner).not.toHaveProperty('role');
  });

  it('hold the programme of Umeå: 5 areas, 14 points each with who answers, one through others, and 2021:8', () => {
    expect(countsOf(umea)).toEqual({ inriktningsmal: 2, fokusomrade: 5, punkt: 14, tillaggsuppdrag: 1 });
    const points = umea.items?.filter(({ kind }) => kind === 'punkt') ?? [];
    expect(points.map(({ number }) => number)).toEqual([
      ...['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3', '4.1', '4.2', '4.3', '5.1', '5.2'],
    ]);
    expect(points.every(({ responsible = [] }) => responsible.length > 0)).toBe(true);
    const through = points
      .filter(({ acting }) => acting)
      .map(({ acting, number }) => [number, acting?.[0]?.through.length]);
    expect(through).toEqual([
      ['1.1', 2],
      ['1.2', 2],
      ['1.3', 2],
      ['4.1', 2],
      ['4.2', 2],
      ['4.3', 1],
      ['5.1', 1],
    ]);
    const given = umea.items?.find(({ number }) => number === '2021:8')?.given;
    expect(given).toEqual({ by: 'kf', on: '2021', reference: '2021:8' });
    const nameOf = ({ bodies = [] }: PlanFile) => bodies.find(({ key }) => key === 'ifn')?.name;
    expect(nameOf(umea)).not.toBe(nameOf(organisation));
  });
});

describe('the invented year', () => {
  const assessments = steps.flatMap((step) => (step.assess ? [{ ...step.assess, on: step.on, step: step.key }] : []));
  const rounds = new Map(steps.flatMap(({ openRound }) => (openRound ? [[openRound.key, openRound] as const] : [])));
  const count = (action: keyof PlanFileStep) => steps.filter((step) => action in step).length;

  it('opens the rounds of the plan', () => {
    const opened = [...rounds.values()].map(({ key: _, label: __, ...round }) => round);
    const planned = amn.plan?.calendar?.map(({ kind, year: of, referenceDate, deadline, scope }) => ({
      ...{ kind, year: of, referenceDate, deadline, scope },
    }));
    expect(opened).toEqual(planned);
  });

  it('has every sort of step', () => {
    expect({
      rewordings: count('reword'),
      renumberings: count('renumber'),
      discontinued: count('discontinue'),
      completed: count('complete'),
      retained: count('retain'),
      withdrawn: count('withdrawAssessment'),
      corrected: count('correctAssessment'),
      values: count('recordValue'),
      correctedValues: count('correctValue'),
    }).toEqual({
      ...{ rewordings: 2, renumberings: 1, discontinued: 1, completed: 2, retained: 1, withdrawn: 1, corrected: 4 },
      ...{ values: 3, correctedValues: 4 },
    });
    expect(new Set(assessments.map(({ level }) => level)).size).toBe(4);
  });

  it('lets AMN assess every uppdrag and most åtgärder, and other boards a few', () => {
    const assessed = (body: string, kind: string) => {
      const keys = new Set(assessments.filter((one) => one.body === body).map(({ item }) => item));
      return ofKind(kind).filter(({ key }) => keys.has(key)).length;
    };
    expect(assessed('amn', 'uppdrag')).toBe(22);
    expect(assessed('amn', 'atgard')).toBeGreaterThan(43 / 2);
    for (const body of ['ks', 'ubn', 'gsn']) expect(assessed(body, 'uppdrag')).toBeGreaterThan(0);
  });

  it('leaves some uppdrag without an assessment in April', () => {
    const inApril = new Set(assessments.filter(({ round }) => round === 'april-2025').map(({ item }) => item));
    const left = ofKind('uppdrag').filter(({ key }) => !inApril.has(key));
    expect(left.map(({ number }) => number)).toEqual(['16', '28', '40']);
  });

  it('assesses within the scope of each round, from its reference date on, each body and item once', () => {
    const kindOf = new Map(items.map(({ key, kind }) => [key, kind]));
    const seen = new Set<string>();
    for (const { round: key, item, body, on } of assessments) {
      const round = rounds.get(key);
      expect(round?.scope).toContain(kindOf.get(item));
      expect(on >= (round?.referenceDate ?? '9999') && on <= (round?.deadline ?? '')).toBe(true);
      expect(seen.has(`${key} ${item} ${body}`)).toBe(false);
      seen.add(`${key} ${item} ${body}`);
    }
  });

  it('lets only concerned boards speak of an uppdrag', () => {
    const all = new Set(organisation.groups?.[0]?.members[0]?.bodies);
    for (const { item: key, body } of assessments.filter(({ body: by }) => by !== 'amn')) {
      const concerned = items.find((item) => item.key === key)?.concerned;
      expect(concerned && 'bodies' in concerned ? concerned.bodies : [...all]).toContain(body);
    }
  });

  it('assesses nothing that has ended', () => {
    for (const { on, complete, discontinue } of steps) {
      const ended = complete?.item ?? discontinue?.item;
      if (ended === undefined) continue;
      const later = assessments.filter((one) => one.item === ended && one.on > on);
      expect(later).toEqual([]);
    }
  });
});

/** For each item of a kind, the numbers of its children: `–` for a child without one. */
function childrenByNumber(parentKind: string, childKind: string): Record<string, string> {
  return Object.fromEntries(
    ofKind(parentKind).map((parent) => [
      parent.number ?? '–',
      ofKind(childKind)
        .filter(({ parents }) => parents?.includes(parent.key))
        .map(({ number }) => number ?? '–')
        .join(' '),
    ]),
  );
}
