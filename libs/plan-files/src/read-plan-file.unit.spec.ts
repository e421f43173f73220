import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { inLanguage, verbatim } from '#kernel';
import type { ToldFault } from './plan-file-faults.js';
import { PlanFileFaults } from './plan-file-faults.js';
import { readPlanFile } from './read-plan-file.js';
import { wholeFile, wholeFileOfTwo } from './testing/whole-file.js';

type Loose = ReturnType<typeof JSON.parse>;

/** The faults of the whole file after it has been harmed. */
const faultsAfter = (harm: (file: Loose) => void): ToldFault[] => {
  const file: Loose = wholeFile();
  harm(file);
  return faultsOf(stringify(file, { aliasDuplicateObjects: false }));
};

const faultsOf = (text: string): ToldFault[] => {
  try {
    readPlanFile(text, 'plan.yaml');
  } catch (error) {
    if (error instanceof PlanFileFaults) return [...error.faults];
    throw error;
  }
  return [];
};

/** One fault, as its path and its message. */
const only = (faults: ToldFault[]): [string, string] => {
  expect(faults).toHaveLength(1);
  return [faults[0]?.path ?? '', faults[0]?.message ?? ''];
};

const attested = {
  on: '2025-09-01',
  role: 'Ordförande',
  body: 'ks',
  evidence: [{ kind: 'protocol', title: 'Protokoll', reference: 'KSN-2025-00101 § 4' }],
};

describe('reading a plan file', () => {
  it('gives back what the file says', () => {
    const { externalReferences, locate, ...content } = readPlanFile(stringify(wholeFile()), 'plan.yaml');
    const expected: Loose = wholeFile();
    expected.scenario.steps[5].renumber.number = '2';
    expect(content).toEqual(expected);
    expect(externalReferences.map(({ kind, key, path }) => [kind, key, path])).toEqual([
      ['plan', 'plan-2024', 'successions[0].from.plan'],
      ['item', 'uppdrag-9', 'successions[0].from.item'],
    ]);
    expect(locate('plan.title').line).toBeGreaterThan(1);
  });

  it('gives back what only version 2 has words for', () => {
    const {
      externalReferences,
      locate: _,
      ...content
    } = readPlanFile(stringify(wholeFileOfTwo(), { aliasDuplicateObjects: false }), 'plan.yaml');
    const expected: Loose = wholeFileOfTwo();
    expected.scenario.steps[5].renumber.number = '2';
    expected.history.steps[5].redefine.source = 'Egen räkning';
    expect(content).toEqual(expected);
    expect(externalReferences).toHaveLength(6);
  });

  it('says of each word of version 2 in a file of version 1 that it is one', () => {
    const file: Loose = { ...wholeFileOfTwo(), sparbar: 1 };
    const faults = faultsOf(stringify(file, { aliasDuplicateObjects: false }));
    const ofTwo = faults.filter(({ said }) => said.code === 'of-version-2').map(({ path }) => path);
    expect(faults).toHaveLength(ofTwo.length);
    expect(ofTwo).toEqual(
      expect.arrayContaining([
        'bodies[0].inferred',
        'plan.inferred',
        'items[0].retold',
        'items[2].from',
        'items[2].decision',
        'indicators[0].inferred',
        'successions[0].on',
        'successions[0].decision',
        'successions[1].printedLabel',
        'answers',
        'history',
      ]),
    );
    const scenario: Loose = wholeFile();
    Object.assign(scenario.scenario.steps[4], { decision: { body: 'kf', date: '2025-05-05' }, note: 'Justerad' });
    scenario.scenario.steps[4].reword.expectedEffects = ['Bättre'];
    scenario.successions[0].kind = 'kept';
    scenario.items.push({ key: 'dubblett', kind: 'mal', title: 'Ett mål till' });
    const [redefine, setTarget, takeBack, cancelItem] = wholeFileOfTwo().history!.steps.slice(-4);
    scenario.scenario.steps.push(
      { key: 'ny-definition', on: '2025-09-09', redefine: redefine!.redefine },
      { key: 'nytt-mal', on: '2025-09-09', setTarget: setTarget!.setTarget },
      { key: 'fel-mal', on: '2025-09-09', takeBack: takeBack!.takeBack },
      { key: 'dubblett', on: '2025-09-09', cancelItem: cancelItem!.cancelItem },
    );
    const told = faultsOf(stringify(scenario)).map(({ path }) => path);
    expect(told.sort()).toEqual([
      'scenario.steps[11].redefine',
      'scenario.steps[12].setTarget',
      'scenario.steps[13].takeBack',
      'scenario.steps[14].cancelItem',
      'scenario.steps[4].decision',
      'scenario.steps[4].note',
      'scenario.steps[4].reword.expectedEffects',
      'successions[0].kind',
    ]);
    const noPlan: Loose = wholeFile();
    noPlan.scenario.steps = [{ key: 'ingen-plan', on: '2025-09-09', cancelPlan: { reason: 'Fanns redan' } }];
    expect(faultsOf(stringify(noPlan)).map(({ path }) => path)).toContain('scenario.steps[0].cancelPlan');
  });

  it('takes every period that events take', () => {
    for (const period of ['2025', '2025-03', '2025-Q1', '2025-T1', '2025-H1', '2025/26']) {
      const file: Loose = wholeFile();
      file.indicators[1].values = [{ period, total: '5 787' }];
      file.scenario.steps[7].recordValue.period = period;
      file.scenario.steps[8].correctValue.period = period;
      expect(readPlanFile(stringify(file), 'plan.yaml').indicators?.[1]?.values?.[0]?.period).toBe(period);
    }
  });

  it.each<[string, (file: Loose) => void, string, string]>([
    ['a step that nothing proves', (f) => delete f.history.steps[1].decision, 'history.steps[1]', 'says neither what'],
    ['an invention', (f) => (f.history.invented = true), 'history.invented', 'must be false'],
    ['a decider that is not there', (f) => (f.items[2].decision.body = 'kff'), 'items[2].decision.body', '"kff"'],
    [
      'a parent that is not there',
      (f) => (f.history.steps[1].move.parents = ['x']),
      'history.steps[1].move.parents[0]',
      '"x"',
    ],
    [
      'a successor that is not there',
      (f) => (f.history.steps[4].succeed.successor.item = 'uppdrag-3'),
      'history.steps[4].succeed.successor.item',
      'no item "uppdrag-3"',
    ],
    ...(
      [
        ['an indicator', 'indicator', (f) => (f.indicator = 'antall'), '"antal" is near'],
        ['an owner', 'owner', (f) => (f.owner = 'ksx'), 'no body "ksx"'],
        ['an item', 'items[0]', (f) => (f.items = ['mal-x']), 'no item "mal-x"'],
        [
          'a numerator',
          'derived.numerator',
          (f) => (f.derived = { numerator: 'x', denominator: 'andel', factor: 1, decimals: 0 }),
          'no indicator "x"',
        ],
      ] as [string, string, (redefine: Loose) => void, string][]
    ).map(([what, place, harm, message]): [string, (file: Loose) => void, string, string] => [
      `a redefinition by ${what} that is not there`,
      (f) => harm(f.history.steps[5].redefine),
      `history.steps[5].redefine.${place}`,
      message,
    ]),
    [
      'a redefinition that does not say what it is compared with',
      (f) => delete f.history.steps[5].redefine.comparison,
      'history.steps[5].redefine.comparison',
      'is missing',
    ],
    [
      'a comparison that is no text',
      (f) => (f.history.steps[5].redefine.comparison = 3.1),
      'history.steps[5].redefine.comparison',
      'in quotes as printed, or null',
    ],
    [
      'a derivation that is half told',
      (f) => (f.history.steps[5].redefine.derived = { numerator: 'andel' }),
      'history.steps[5].redefine.derived',
      'or null where it is derived from nothing',
    ],
    [
      'a target with two limits',
      (f) => (f.history.steps[6].setTarget.target.atMost = '1'),
      'history.steps[6].setTarget.target.atLeast',
      'is not a property here',
    ],
    [
      'the key of the history again',
      (f) => (f.scenario.key = 'det-som-hant'),
      'scenario.key',
      'the key of the history',
    ],
    ['a link without its ground', (f) => delete f.successions[1].note, 'successions[1].note', 'what it was read from'],
    ['an answer without its ground', (f) => delete f.answers[0].note, 'answers[0].note', 'what it was read from'],
    ['the same answer twice', (f) => f.answers.push({ ...f.answers[0] }), 'answers[1]', 'repeats a link'],
    ['an answer to nothing', (f) => (f.answers[0].from.item = 'uppdrag-7'), 'answers[0].from.item', 'no item'],
    ['the same link twice', (f) => (f.successions[1].kind = 'renumbered'), 'successions[1]', 'a link of the same kind'],
    ['days out of order', (f) => (f.history.steps[4].on = '2025-05-01'), 'history.steps[4].on', 'in the order of days'],
  ])('finds in a file of version 2 %s', (_, harm, path, message) => {
    const file: Loose = structuredClone(wholeFileOfTwo());
    harm(file);
    const faults = faultsOf(stringify(file, { aliasDuplicateObjects: false }));
    expect(faults).toContainEqual(expect.objectContaining({ path, message: expect.stringContaining(message) }));
  });

  it('splits a value by sex as the version of the definition says that holds on its day', () => {
    const faultsOn = (on: string, ...parts: string[]): string[] => {
      const file: Loose = structuredClone(wholeFileOfTwo());
      file.scenario.steps = [
        { key: 'varde', on, recordValue: { indicator: 'antal', period: '2025', ...partsOf(parts) } },
        { key: 'ratt', on, correctValue: { indicator: 'antal', period: '2025', ...partsOf(parts), reason: 'Fel' } },
      ];
      return faultsOf(stringify(file, { aliasDuplicateObjects: false })).map(({ path }) => path);
    };
    const partsOf = (parts: string[]) => Object.fromEntries(parts.map((part) => [part, '3 000']));
    expect(faultsOn('2025-07-01', 'total', 'women', 'men')).toEqual([]);
    expect(faultsOn('2025-06-30', 'total')).toEqual([]);
    expect(faultsOn('2025-06-30', 'total', 'women')).toEqual(['scenario.steps[0].recordValue.women']);
  });

  it('puts numbers and sources in their one form and text in NFC', () => {
    const file: Loose = wholeFile();
    file.items[1].number = 'N.1.1.';
    file.indicators[0].source = "'Egen uppföljning'";
    file.bodies[0].name = 'Kommunfullma\u0308ktige';
    const read = readPlanFile(stringify(file), 'plan.yaml');
    expect(read.items?.[1]?.number).toBe('N1.1');
    expect(read.indicators?.[0]?.source).toBe('Egen uppföljning');
    expect(read.bodies?.[0]?.name).toBe('Kommunfullmäktige');
  });

  it('takes what is attested instead of invented: by the file, by its scenario or by each step', () => {
    for (const attest of [
      (file: Loose) => (file.attested = attested),
      (file: Loose) => (file.scenario.attested = attested),
      (file: Loose) => file.scenario.steps.forEach((step: Loose) => (step.attested = structuredClone(attested))),
    ]) {
      const file: Loose = wholeFile();
      delete file.scenario.invented;
      attest(file);
      expect(readPlanFile(stringify(file), 'plan.yaml').scenario?.steps).toHaveLength(file.scenario.steps.length);
    }
  });

  it('leaves what the file does not list to the importer', () => {
    const text = [
      'sparbar: 1',
      'plan:',
      '  key: p',
      '  title: P',
      '  owner: { body: amn, role: R }',
      '  validity: { from: 2025-01-01 }',
      '  scale: { key: uppsala, version: 1 }',
      '  kinds: [{ code: mal, label: Mål, plural: Mål, order: 1, parents: [] }]',
      '  documents: []',
      '  calendar: []',
      'items:',
      '  - { key: mal-1, kind: mal, title: M, concerned: { group: alla } }',
    ].join('\n');
    expect(readPlanFile(text, 'p.yaml').externalReferences).toEqual([
      { kind: 'body', key: 'amn', path: 'plan.owner.body', line: 5 },
      { kind: 'scale', key: 'uppsala', version: 1, path: 'plan.scale', line: 7 },
      { kind: 'group', key: 'alla', path: 'items[0].concerned.group', line: 12 },
    ]);
  });

  it('leaves the items of another plan to the importer, with the plan they belong to', () => {
    const text = stringify({
      sparbar: 1,
      scenario: {
        key: 's',
        invented: true,
        plan: 'other',
        steps: [
          {
            key: 'a',
            on: '2025-05-01',
            assess: { round: 'april', item: 'uppdrag-1', body: 'ks', level: 'on-track', motivation: 'Ja' },
          },
        ],
      },
    });
    expect(readPlanFile(text, 's.yaml').externalReferences.map(({ kind, key, plan }) => [kind, key, plan])).toEqual([
      ['plan', 'other', undefined],
      ['item', 'uppdrag-1', 'other'],
      ['body', 'ks', undefined],
      ['round', 'april', 'other'],
    ]);
  });
});

describe('what the documents print oddly is still read', () => {
  it('an item without a number', () => {
    expect(faultsAfter((file) => delete file.items[1].number)).toEqual([]);
  });
  it('the same number for two things', () => {
    expect(faultsAfter((file) => (file.items[0].number = file.items[1].number))).toEqual([]);
  });
  it('an expired document that is still listed', () => {
    expect(faultsAfter((file) => (file.plan.documents[0].validity = { from: '2018-01-01', to: '2023-12-31' }))).toEqual(
      [],
    );
  });
  it('an abbreviation that passes from one body to another', () => {
    const passed = (from: string) =>
      faultsAfter((file) => (file.bodies[0].aliases = [{ name: 'KS', from, to: '2030-12-31' }]));
    expect(passed('2027-01-01')).toEqual([]);
    expect(only(passed('2026-12-31'))).toEqual([
      'bodies[1].aliases[0].name',
      '"KS" is already a name of "kf" at that time',
    ]);
  });
});

describe('the faults of a plan file', () => {
  it('are all given at once, each on its line', () => {
    const text = [
      'sparbar: 1',
      'bodies:',
      '  - { key: ks, name: Kommunstyrelsen, kind: board }',
      '  - { key: KF, name: Kommunfullmäktige, kind: council, colour: red }',
      'groups:',
      '  - key: alla',
      '    name: Alla',
      '    members:',
      '      - { from: 2025-02-30, bodies: [ks] }',
      '  - { key: nagra, name: Några, members: [{ from: 2025-01-01, bodies: [ks, kss] }] }',
    ].join('\n');
    expect(faultsOf(text)).toMatchObject([
      { line: 4, column: 12, path: 'bodies[1].key', message: expect.stringContaining('"KF" does not fit') },
      { line: 4, column: 56, path: 'bodies[1].colour', message: expect.stringContaining('there are key, name, kind') },
      {
        line: 9,
        column: 17,
        path: 'groups[0].members[0].from',
        message: '"2025-02-30" is not a day; write one as YYYY-MM-DD',
      },
      {
        line: 10,
        column: 75,
        path: 'groups[1].members[0].bodies[1]',
        message: 'there is no body "kss" in this file',
      },
    ]);
  });

  it('are one error, which names the file and prints every line', () => {
    expect(() => readPlanFile('sparbar: 3', 'p.yaml')).toThrow(
      new PlanFileFaults('p.yaml', [{ line: 1, column: 10, path: 'sparbar', said: verbatim('must be one of 1, 2') }])
        .message,
    );
  });

  it.each([
    ['a: [1', 1],
    ['sparbar: 1\nsparbar: 1', 2],
    ['sparbar: 1\n---\nsparbar: 1', 2],
    ['sparbar: !!js/function 1', 1],
    ['sparbar: &one 1\nrounds: *one', 2],
    ['', 1],
    ['- 1', 1],
    ['sparbar: 1\n__proto__: { a: 1 }', 2],
  ])('in the YAML itself are given with their line: %j', (text, line) => {
    expect(faultsOf(text)[0]?.line).toBe(line);
  });

  it('name a text that YAML takes for a number', () => {
    expect(only(faultsAfter((file) => (file.indicators[1].values[0].period = 2024)))).toEqual([
      'indicators[1].values[0].period',
      'must be text: put it in quotes as it stands',
    ]);
  });

  it('name a missing property where the object stands', () => {
    const [path, message] = only(faultsAfter((file) => delete file.plan.owner.body));
    expect([path, message]).toEqual(['plan.owner.body', expect.stringMatching(/^is missing: The body/)]);
  });

  it.each<[string, (file: Loose) => void, string, string]>([
    ['a repeated key', (f) => (f.items[1].key = 'mal-1'), 'items[1].key', '"mal-1" is the key of [0] already'],
    ['a repeated kind', (f) => f.plan.kinds.push(f.plan.kinds[0]), 'plan.kinds[2].code', 'is the code of [0]'],
    ['a repeated scale', (f) => f.scales.push(f.scales[0]), 'scales[1].key', 'repeats a scale and version'],
    ['a repeated rank', (f) => (f.scales[0].levels[1].rank = 1), 'scales[0].levels[1].rank', 'is the rank of [0]'],
    [
      'a repeated year',
      (f) => (f.indicators[0].values[1].period = '2023'),
      'indicators[0].values[1].period',
      'already',
    ],
    ['a repeated step', (f) => (f.scenario.steps[9].key = 'varde'), 'scenario.steps[9].key', 'is the key of [7]'],
    ['a repeated link', (f) => f.successions.push(f.successions[0]), 'successions[1]', 'repeats a link'],
    [
      'a round opened twice',
      (f) => f.rounds.push({ ...f.rounds[0], key: 'augusti-2025' }),
      'scenario.steps[0].openRound.key',
      'exists already',
    ],
    ['an unknown body', (f) => (f.plan.owner.body = 'kx'), 'plan.owner.body', 'there is no body "kx"'],
    ['an unknown group', (f) => (f.items[0].concerned.group = 'ingen'), 'items[0].concerned.group', 'no group "ingen"'],
    ['an unknown scale', (f) => (f.plan.scale.key = 'enkelt'), 'plan.scale.key', '"enkel" is near'],
    ['an unknown version', (f) => (f.plan.scale.version = 2), 'plan.scale.version', 'has no version 2; there is 1'],
    ['an unknown kind', (f) => (f.items[0].kind = 'dröm'.replace('ö', 'o')), 'items[0].kind', 'no kind "drom"'],
    ['an unknown document', (f) => (f.items[1].documents = ['polic']), 'items[1].documents[0]', '"policy" is near'],
    [
      'an unknown level',
      (f) => (f.scenario.steps[1].assess.level = 'x'),
      'scenario.steps[1].assess.level',
      'no level "x"',
    ],
    [
      'an unknown round',
      (f) => (f.scenario.steps[1].assess.round = 'x'),
      'scenario.steps[1].assess.round',
      'no round "x"',
    ],
    [
      'an unknown indicator',
      (f) => (f.scenario.steps[7].recordValue.indicator = 'x'),
      'scenario.steps[7].recordValue.indicator',
      'no indicator "x"',
    ],
    [
      'evidence that points nowhere',
      (f) => (f.scenario.steps[1].assess.evidence[0].item = 'x'),
      'scenario.steps[1].assess.evidence[0].item',
      'no item "x"',
    ],
    [
      'a parent of a kind that is not allowed',
      (f) => (f.plan.kinds[1].parents = ['uppdrag']),
      'items[1].parents[0]',
      'cannot lie under a mal; its parents are of kind uppdrag',
    ],
    [
      'an unreadable cell',
      (f) => (f.indicators[1].values[0].total = '5.787'),
      'indicators[1].values[0].total',
      'comma',
    ],
    [
      'a blank cell',
      (f) => (f.indicators[1].values[0].total = ''),
      'indicators[1].values[0].total',
      '{ gap: not-measured',
    ],
    [
      'a cell left out',
      (f) => delete f.indicators[0].values[0].women,
      'indicators[0].values[0].women',
      'is missing: give the value as printed, or a gap',
    ],
    [
      'a split that is not there',
      (f) => (f.indicators[1].values[0].men = '7'),
      'indicators[1].values[0].men',
      'not split by sex',
    ],
    ['an unreadable item number', (f) => (f.items[0].number = 'ett'), 'items[0].number', 'is not a number of an item'],
    ['a period backwards', (f) => (f.plan.validity.to = '2024-12-31'), 'plan.validity.to', 'is before 2025-01-01'],
    [
      'a deadline too soon',
      (f) => (f.rounds[0].deadline = '2025-03-01'),
      'rounds[0].deadline',
      'before the reference date',
    ],
    [
      'years in disorder',
      (f) => f.indicators[0].values.reverse(),
      'indicators[0].values[1].period',
      '2023 comes after 2024; put the older one first',
    ],
    [
      'steps in disorder',
      (f) => (f.scenario.steps[2].on = '2025-08-01'),
      'scenario.steps[2].on',
      'in the order of days',
    ],
    ['a step that does nothing', (f) => delete f.scenario.steps[8].correctValue, 'scenario.steps[8]', 'exactly one of'],
    [
      'a step that does two things',
      (f) => (f.scenario.steps[6].complete = { item: 'mal-1' }),
      'scenario.steps[6]',
      'exactly one of',
    ],
    [
      'a correction of what is not assessed',
      (f) => (f.scenario.steps[2].correctAssessment.assess = 'oppna'),
      'scenario.steps[2].correctAssessment.assess',
      'is not an assessment that stands further up',
    ],
    [
      'a correction that corrects nothing',
      (f) => delete f.scenario.steps[2].correctAssessment.level,
      'scenario.steps[2].correctAssessment',
      'corrects nothing',
    ],
    [
      'an invented year that is not said to be',
      (f) => (f.scenario.invented = false),
      'scenario.invented',
      'must be true',
    ],
    [
      'a step that neither is invented nor has anything to attest it',
      (f) => delete f.scenario.invented,
      'scenario.steps[0]',
      'says neither what attests it nor',
    ],
    [
      'a file in evidence that cannot be known again',
      (f) => (f.scenario.steps[1].attested = { ...attested, evidence: [{ kind: 'file', title: 'bilaga.pdf' }] }),
      'scenario.steps[1].attested.evidence[0]',
      'gives no sha256',
    ],
    [
      'a body that attests and is not there',
      (f) => (f.scenario.steps[1].attested = { ...attested, body: 'kss' }),
      'scenario.steps[1].attested.body',
      'there is no body "kss"',
    ],
    [
      'a step that only says what attests it',
      (f) => (f.scenario.steps[1] = { key: 'bedom', on: '2025-09-01', attested }),
      'scenario.steps[1]',
      'exactly one of',
    ],
    [
      'a target of two sorts',
      (f) => (f.indicators[0].target.atLeast = '1'),
      'indicators[0].target.atLeast',
      'not a property',
    ],
    ['items without a plan', (f) => delete f.plan, 'items', 'belong to the plan of the same file'],
  ])('say what is wrong with %s', (_, harm, path, message) => {
    const faults = faultsAfter(harm);
    expect(faults).toContainEqual(expect.objectContaining({ path, message: expect.stringContaining(message) }));
    for (const { said } of faults) {
      expect(said.code).toMatch(/^[a-z0-9-]+$/);
      expect(inLanguage('sv', said)).not.toMatch(/\b(must|is|the|has|there|give|write)\b/);
    }
  });

  it('find items that go round in a circle, once', () => {
    const faults = faultsAfter((file) => {
      file.items.push({ ...file.items[1], key: 'uppdrag-2', parents: ['uppdrag-1'] });
      file.items[1].parents = ['uppdrag-2'];
    });
    expect(only(faults)).toEqual(['items[1].parents', 'goes round in a circle: uppdrag-1 → uppdrag-2 → uppdrag-1']);
  });

  it('find indicators that are derived from themselves, from one alone, or from none that there is', () => {
    const derived = (numerator: string, denominator: string) => ({ numerator, denominator, factor: 100, decimals: 1 });
    const pathsAfter = (harm: (file: Loose) => void) => faultsAfter(harm).map(({ path }) => path);
    expect(
      pathsAfter((file) => {
        file.indicators[0].derived = derived('antal', 'antal');
      }),
    ).toEqual(['indicators[0].derived.denominator']);
    expect(
      pathsAfter((file) => {
        file.indicators.push({ ...file.indicators[1], key: 'tredje' });
        file.indicators[0].derived = derived('antal', 'tredje');
        file.indicators[1].derived = derived('tredje', 'andel');
      }),
    ).toEqual(['indicators[0].derived', 'indicators[1].derived']);
    expect(
      pathsAfter((file) => {
        file.indicators[0].derived = derived('antal', 'tredje');
      }),
    ).toEqual(['indicators[0].derived.denominator']);
  });

  it('find indicators that a step derives from what is derived from them, and none where a step before it has ended that', () => {
    const derived = (numerator: string, denominator: string) => ({ numerator, denominator, factor: 100, decimals: 1 });
    const after = (...steps: [indicator: string, derived: object | null][]) => {
      const file = wholeFileOfTwo() as Loose;
      file.indicators.push({ ...file.indicators[1], key: 'tredje' }, { ...file.indicators[1], key: 'fjarde' });
      const redefine = file.history.steps.find((step: Loose) => step.redefine);
      file.history.steps = steps.map(([indicator, of], nth) => ({
        ...{ ...redefine, key: `r${nth}` },
        redefine: { ...redefine.redefine, indicator, derived: of },
      }));
      return faultsOf(stringify(file, { aliasDuplicateObjects: false })).map(({ path }) => path);
    };
    const share = derived('tredje', 'fjarde');
    expect(after(['antal', share])).toEqual([]);
    expect(after(['antal', share], ['tredje', derived('antal', 'fjarde')])).toEqual([
      'history.steps[1].redefine.derived',
    ]);
    expect(after(['antal', share], ['antal', null], ['tredje', derived('antal', 'fjarde')])).toEqual([]);
    expect(after(['antal', derived('antal', 'fjarde')])).toEqual(['history.steps[0].redefine.derived']);
    expect(after(['antal', derived('tredje', 'tredje')])).toEqual(['history.steps[0].redefine.derived.denominator']);
  });

  it('find a child that stands before its parent', () => {
    expect(only(faultsAfter((file) => file.items.reverse()))).toEqual([
      'items[0].parents[0]',
      '"mal-1" stands further down; an item stands after its parents',
    ]);
  });

  it('do not spread from a faulty part to those who refer to it', () => {
    expect(faultsAfter((file) => (file.bodies[1].kind = 'bord')).map(({ path }) => path)).toEqual(['bodies[1].kind']);
  });
});
