import type { PlanFileContent } from '../plan-file.js';

/** A small file that uses every part of the format. */
export const wholeFile = (): PlanFileContent => ({
  sparbar: 1,
  bodies: [
    { key: 'kf', name: 'Kommunfullmäktige', kind: 'council' },
    {
      key: 'ks',
      name: 'Kommunstyrelsen',
      kind: 'board',
      aliases: [{ name: 'KS', from: '2023-01-01', to: '2026-12-31' }],
    },
  ],
  groups: [{ key: 'alla', name: 'Alla', members: [{ from: '2023-01-01', bodies: ['ks'] }] }],
  scales: [
    {
      key: 'enkel',
      name: 'Enkel',
      version: 1,
      levels: [
        { code: 'on-track', label: 'Grön', meaning: 'Enligt plan', colour: 'green', icon: 'check', rank: 1 },
        { code: 'delayed', label: 'Gul', meaning: 'Försenat', colour: 'yellow', icon: 'clock', rank: 2 },
      ],
    },
  ],
  plan: {
    key: 'plan-2025',
    title: 'Plan 2025',
    owner: { body: 'ks', role: 'Planerare' },
    decision: { body: 'kf', date: '2024-12-20', diarienummer: 'KSN-2024-1', paragraph: '7' },
    validity: { from: '2025-01-01', to: '2025-12-31' },
    scale: { key: 'enkel', version: 1 },
    kinds: [
      { code: 'mal', label: 'Mål', plural: 'Mål', order: 1, parents: [] },
      { code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 2, parents: ['mal', 'uppdrag'] },
    ],
    documents: [{ key: 'policy', title: 'Policy', printedTitle: 'Policyn', validity: { to: '2023-12-31' } }],
    calendar: [
      {
        kind: 'april',
        label: 'April',
        year: 2025,
        referenceDate: '2025-03-31',
        deadline: '2025-04-30',
        meeting: 'April',
        scope: ['uppdrag'],
      },
    ],
  },
  items: [
    { key: 'mal-1', kind: 'mal', number: '1', title: 'Ett mål', concerned: { group: 'alla' }, responsible: [] },
    {
      key: 'uppdrag-1',
      kind: 'uppdrag',
      number: '1.1',
      title: 'Ett uppdrag',
      text: 'I korthet',
      parents: ['mal-1'],
      concerned: { bodies: ['ks'] },
      concernedAsPrinted: 'KS',
      responsible: ['ks'],
      documents: ['policy'],
      expectedEffects: ['Bättre'],
      note: 'Anmärkning',
    },
  ],
  indicators: [
    {
      key: 'andel',
      name: 'Andel',
      owner: 'ks',
      measure: { unit: 'procent', kind: 'share' },
      direction: 'decrease',
      source: 'Kolada',
      sexes: true,
      comparison: '3,1',
      items: ['mal-1', 'uppdrag-1'],
      values: [
        { period: '2023', total: '5,0', women: { gap: 'not-split-by-sex' }, men: { gap: 'not-split-by-sex' } },
        { period: '2024', total: '4,8 (okt)', women: '4,7', men: '4,9' },
      ],
      target: { atMost: '1', by: '2026-12-31', note: 'Tröskel' },
    },
    {
      key: 'antal',
      name: 'Antal',
      owner: 'ks',
      measure: { unit: 'besök', kind: 'count' },
      direction: 'increase',
      source: 'Egen uppföljning',
      sexes: false,
      items: ['mal-1'],
      values: [{ period: '2024', total: '5 787' }],
      target: { direction: 'increase' },
    },
  ],
  successions: [
    {
      from: { plan: 'plan-2024', item: 'uppdrag-9' },
      to: { plan: 'plan-2025', item: 'uppdrag-1' },
      kind: 'renumbered',
      inferred: true,
    },
  ],
  rounds: [
    {
      key: 'april-2025',
      plan: 'plan-2025',
      kind: 'april',
      year: 2025,
      label: 'April 2025',
      referenceDate: '2025-03-31',
      deadline: '2025-04-30',
      scope: ['uppdrag'],
      othersMayContribute: false,
    },
  ],
  scenario: {
    key: 'ett-ar',
    invented: true,
    plan: 'plan-2025',
    steps: [
      {
        key: 'oppna',
        on: '2025-08-31',
        openRound: {
          key: 'augusti-2025',
          kind: 'augusti',
          year: 2025,
          label: 'Augusti 2025',
          referenceDate: '2025-08-31',
          deadline: '2025-09-30',
          scope: ['mal', 'uppdrag'],
        },
      },
      {
        key: 'bedom',
        on: '2025-09-01',
        assess: {
          round: 'augusti-2025',
          item: 'uppdrag-1',
          body: 'ks',
          level: 'on-track',
          motivation: 'Enligt plan',
          evidence: [{ item: 'mal-1' }, { indicator: 'andel' }, { note: 'Möte' }],
        },
      },
      { key: 'ratta', on: '2025-09-02', correctAssessment: { assess: 'bedom', level: 'delayed', reason: 'Fel nivå' } },
      { key: 'ta-bort', on: '2025-09-03', withdrawAssessment: { assess: 'bedom', reason: 'Dubblett' } },
      {
        key: 'formulera',
        on: '2025-09-04',
        reword: { item: 'uppdrag-1', title: 'Nytt', printedLabel: 'Ny formulering' },
      },
      { key: 'numrera', on: '2025-09-04', renumber: { item: 'uppdrag-1', number: 'Uppdrag: 2.' } },
      { key: 'behall', on: '2025-09-04', retain: { item: 'mal-1', comment: 'Kvar' } },
      { key: 'varde', on: '2025-09-05', recordValue: { indicator: 'antal', period: '2025', total: '6 000 (aug)' } },
      {
        key: 'ratt',
        on: '2025-09-06',
        correctValue: { indicator: 'antal', period: '2025', total: '6 001', reason: 'Fel' },
      },
      { key: 'klart', on: '2025-09-07', complete: { item: 'uppdrag-1' } },
      { key: 'utgar', on: '2025-09-08', discontinue: { item: 'mal-1', reason: 'merged', comment: 'Slås ihop' } },
    ],
  },
});

const attested = (on: string) => ({
  on,
  role: 'Ordförande',
  body: 'ks',
  evidence: [{ kind: 'protocol' as const, title: `Protokoll ${on}`, reference: 'KSN-2025-00101 § 4' }],
});
const decision = { body: 'kf', date: '2025-05-05', paragraph: '§ 12' };

/** The same with what only version 2 has words for. */
export const wholeFileOfTwo = (): PlanFileContent => {
  const { bodies = [], indicators = [], items = [], plan, successions = [], ...file } = wholeFile();
  const inferred = [{ fact: 'validity.from', ground: 'Omslaget anger året.' }];
  const [first, second] = items;
  const [renumbered] = successions;
  return {
    ...file,
    sparbar: 2,
    bodies: bodies.map((body) => ({ ...body, inferred: [{ ground: 'Bara förkortningen är tryckt.' }] })),
    plan: { ...plan!, inferred, note: 'Omslaget anger 2025.' },
    items: [
      { ...first!, retold: ['title'], inferred: [{ fact: 'number', ground: 'Ordningen i texten.' }] },
      second!,
      {
        key: 'uppdrag-2',
        kind: 'uppdrag',
        title: 'Ett senare uppdrag',
        from: '2025-05-06',
        decision,
        parents: ['mal-1'],
        concernedAsPrinted: 'Alla som berörs',
      },
      { key: 'dubblett', kind: 'uppdrag', title: 'Ett senare uppdrag', from: '2025-05-06', decision },
    ],
    indicators: indicators.map((indicator) => ({ ...indicator, inferred: [{ fact: 'measure', ground: 'Namnet.' }] })),
    successions: [
      { ...renumbered!, on: '2025-01-01', decision, note: 'Samma lydelse.' },
      { ...renumbered!, kind: 'reworded', printedLabel: 'Kvar, viss omformulering', note: 'Delvis ny lydelse.' },
    ],
    answers: [
      {
        from: { plan: 'plan-2025', item: 'uppdrag-1' },
        to: { plan: 'plan-2024', item: 'uppdrag-9' },
        inferred: true,
        note: 'Samma lydelse.',
      },
    ],
    history: {
      key: 'det-som-hant',
      invented: false,
      plan: 'plan-2025',
      steps: [
        {
          key: 'ny-lydelse',
          on: '2025-05-06',
          decision,
          attested: attested('2025-05-05'),
          note: 'Paragrafen är justerad.',
          reword: { item: 'uppdrag-1', expectedEffects: ['Bättre', 'Snabbare'], documents: [], reason: 'Klarspråk' },
        },
        { key: 'flytta', on: '2025-05-06', decision, move: { item: 'uppdrag-1', parents: ['uppdrag-2'] } },
        {
          key: 'berorda',
          on: '2025-05-06',
          decision,
          changeConcerned: { item: 'mal-1', concerned: { bodies: ['ks'] } },
        },
        { key: 'ansvariga', on: '2025-05-06', decision, changeResponsible: { item: 'mal-1', responsible: ['ks'] } },
        {
          key: 'efterfoljare',
          on: '2025-05-06',
          inferred: [{ ground: 'Lydelsen.' }],
          succeed: {
            item: 'uppdrag-1',
            successor: { item: 'uppdrag-2' },
            kind: 'continues',
            inferred: true,
            comment: 'Samma sak.',
          },
        },
        {
          key: 'per-besokare',
          on: '2025-07-01',
          decision: { body: 'ks', date: '2025-06-10', paragraph: '§ 12' },
          redefine: {
            indicator: 'antal',
            name: 'Antal besökare',
            owner: 'ks',
            measure: { unit: 'besökare', kind: 'count' },
            direction: 'increase',
            source: '”Egen räkning”',
            sexes: true,
            comparison: null,
            derived: null,
            items: ['mal-1'],
            breaksSeries: true,
            reason: 'Räknas per besökare',
          },
        },
        {
          key: 'nytt-mal',
          on: '2025-07-01',
          decision: { body: 'ks', date: '2025-06-10', paragraph: '§ 12' },
          setTarget: { indicator: 'antal', target: { atLeast: '7000', by: '2026-12-31', note: 'Ett tak' } },
        },
        { key: 'fel-mal', on: '2025-07-02', decision, takeBack: { step: 'nytt-mal', reason: 'Beslutet upphävdes' } },
        { key: 'dubblett', on: '2025-07-02', decision, cancelItem: { item: 'dubblett', reason: 'Fanns redan' } },
      ],
    },
  };
};
