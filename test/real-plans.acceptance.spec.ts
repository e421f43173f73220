import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { indicatorIdOf } from '#indicators';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const vp = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const fokusmal4 = planIdOf(tenant, 'uppsala-fokusmal-4');

describe('The real plans of Uppsala', () => {
  let system: RunningSystem;
  let auditor: string;
  const get = async (url: string) => (await system.request('GET', `/v1/${url}`, auditor)).body;

  beforeAll(async () => {
    system = await RunningSystem.start();
    auditor = await system.token('auditor');
    const reports = await system.load(...plans);
    const waited = await system.request('GET', `/v1/plans?waitFor=${reports.at(-1)!.position}`, auditor);
    expect(waited.status).toBe(200);
  });
  afterAll(() => system.stop());

  it('are loaded whole: 4 fokusmål, 22 uppdrag, 3 nämndmål, 43 åtgärder', async () => {
    const { byKind } = await get(`plans/${vp}/overview`);
    const counts = Object.fromEntries(byKind.map(({ id, items }: { id: string; items: number }) => [id, items]));
    expect(counts).toEqual({ fokusmal: 4, uppdrag: 22, namndmal: 3, atgard: 43 });
  });

  it('are loaded once: the same files again record nothing', async () => {
    const head = await system.stores.eventStore.head();
    const reports = await system.load(...plans);
    expect(reports.map(({ recorded }) => recorded)).toEqual([0, 0, 0, 0]);
    expect(await system.stores.eventStore.head()).toBe(head);
  });

  it('tell of one body in the order of the file, whichever of its names is recorded first', async () => {
    const { aliases } = await get(`bodies/${bodyIdOf(tenant, 'omn')}`);
    expect(aliases.map(({ alias }: { alias: string }) => alias)).toEqual(['OMN', 'OSN']);
  });

  it('hold 47 rows of indicators as 46, one of which two fokusmål list', async () => {
    const { items, total } = await get(`plans/${vp}/indicators?limit=100`);
    const measured = itemIdOf(tenant, vp, 'namndmal-2-2');
    expect(total).toBe(46);
    // One of them is what the text of a nämndmål measures too.
    const ofGoals = items
      .flatMap(({ itemIds }: { itemIds: string[] }) => itemIds)
      .filter((id: string) => id !== measured);
    expect(ofGoals).toHaveLength(47);
  });

  it('give “5 787 (okt)” and “5,0” back as they were printed', async () => {
    const besok = await get(`indicators/${indicatorIdOf(tenant, vp, 'besok-ekonomiskt-bistand')}`);
    const year2024 = besok.series.find(({ period }: { period: string }) => period === '2024');
    expect(year2024.total).toEqual({ value: '5787', shown: '5 787 (okt)', provisionalAsOf: '2024-10' });
    const { items } = await get(`plans/${vp}/indicators?limit=100`);
    interface Columns {
      readonly total?: { shown?: string };
      readonly women?: { shown?: string };
      readonly men?: { shown?: string };
    }
    const shown = items.flatMap(({ series }: { series: Columns[] }) =>
      series.flatMap(({ men, total, women }) => [total?.shown, women?.shown, men?.shown]),
    );
    expect(shown).toContain('5,0');
  });

  it('list uppdrag 7 before uppdrag 10', async () => {
    const { items } = await get(`plans/${vp}/items?kind=uppdrag&limit=100`);
    const numbers = items.map(({ number }: { number: string }) => Number(number));
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
    expect(numbers).toHaveLength(22);
  });

  it('expand the group of all bodies for an uppdrag that concerns them', async () => {
    const item = await get(`items/${itemIdOf(tenant, vp, 'uppdrag-1')}`);
    expect(item.concerned.group).toBe('Alla nämnder och bolag');
    expect(item.concerned.bodies).toHaveLength(21);
  });

  it('have no status before the first round, and the one of each round after it', async () => {
    const before = await get(`plans/${vp}/overview?asOf=2025-03-01`);
    expect(before.all).toMatchObject({ items: 72, notAssessed: 72 });
    const april = await get(`plans/${vp}/overview?asOf=2025-05-31`);
    const now = await get(`plans/${vp}/overview`);
    const assessed = (overview: { all: { items: number; notAssessed: number } }) =>
      overview.all.items - overview.all.notAssessed;
    expect(assessed(april)).toBeGreaterThan(0);
    expect(assessed(now)).toBeGreaterThan(assessed(april));
    const s0 = await get(`plans/${fokusmal4}/overview`);
    expect(s0.byKind.find(({ id }: { id: string }) => id === 'uppdrag')).toMatchObject({ items: 8, notAssessed: 8 });
  });

  it('were not known before they were recorded', async () => {
    const then = await get(`plans/${vp}/overview?knownAt=2025-05-31T12:00:00Z`);
    expect(then.all.items).toBe(0);
  });

  it('tell who changed what, from what to what', async () => {
    const { items, total } = await get(`plans/${vp}/changes?from=2026-01-01&to=2999-12-31&limit=500`);
    expect(total).toBeGreaterThan(100);
    const changed = items.find(
      ({ before, type }: { before: { level?: string }; type: string }) => type === 'ItemAssessed' && before.level,
    );
    expect(changed.summary).toMatch(/ändrade bedömningen från G.* till G|ändrade bedömningen från /);
    const history = await get(`items/${changed.subject.id}/history`);
    expect(history.items.map(({ type }: { type: string }) => type)).toContain('ItemAssessed');
    expect(history.items[0].type).toBe('ItemAdopted');
    const categories = new Set(items.map(({ subject }: { subject: { category: string } }) => subject.category));
    expect([...categories].sort()).toEqual(['indicator', 'item', 'load', 'plan', 'round']);
    const positions = items.map(({ position }: { position: string }) => position);
    expect([...positions].sort()).toEqual(positions);
    const provisional = items.find(({ summary }: { summary: string }) => summary.includes('5 787 (okt)'));
    expect(provisional).toMatchObject({ type: 'IndicatorValueRecorded', subject: { label: expect.any(String) } });
  });

  it('name Arbetsmarknadsnämnden by its abbreviation', async () => {
    const { items } = await get('bodies?alias=AMN');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: bodyIdOf(tenant, 'amn'), name: 'Arbetsmarknadsnämnden' });
  });

  it('tell what a reader is to know of where something comes from', async () => {
    const { items } = await get(`items/${itemIdOf(tenant, vp, 'atgard-34')}/history`);
    expect(items[0]).toMatchObject({
      type: 'ItemAdopted',
      attested: { on: '2024-12-20' },
      decision: { date: '2024-12-20', diarienummer: 'AMN-2024-00525' },
      inferred: [{ fact: 'decision.date' }],
      retold: ['title', 'expectedEffects'],
    });
    const unnumbered = await get(`items/${itemIdOf(tenant, vp, 'atgard-plan-1000-fler')}/history`);
    expect(unnumbered.items[0]).toMatchObject({ note: 'Tryckt utan nummer, under två nämndmål.' });
    expect(unnumbered.items[0].summary).toContain('(anmärkning: Tryckt utan nummer');
    const { items: register } = await get(`bodies/${bodyIdOf(tenant, 'kf')}/history`);
    expect(register.map(({ note }: { note?: string }) => note)).toContainEqual(expect.stringContaining('förkortning'));
    expect((await get(`bodies/${bodyIdOf(tenant, 'vln')}/history`)).items[0].inferred).toHaveLength(1);
  });

  it('have successors from the day on which the newer ones hold', async () => {
    const older = itemIdOf(tenant, fokusmal4, 'uppdrag-22');
    const linked = (day: string) => get(`items/${older}?asOf=${day}`);
    expect((await linked('2024-12-31')).successors).toEqual([]);
    expect((await linked('2025-06-01')).successors).toEqual([
      expect.objectContaining({ kind: 'reworded', on: '2025-01-01', inferred: true }),
    ]);
  });

  it('show the invented year as it had been said by a day, by whom', async () => {
    const then = await get(`plans/${vp}/overview?saidBy=2025-04-30`);
    expect(then.all.items).toBe(72);
    expect(then.all.notAssessed).toBeGreaterThan((await get(`plans/${vp}/overview`)).all.notAssessed);
    const item = await get(`items/${itemIdOf(tenant, vp, 'uppdrag-15')}?saidBy=2025-04-30`);
    const said = [item.status, ...item.contributions].map(({ attested, invented }) => [
      attested.on,
      attested.role,
      invented,
    ]);
    expect(said).toEqual([
      ['2025-04-15', 'Nämndens ordförande', true],
      ['2025-04-22', 'Sekreterare', true],
    ]);
    const { items } = await get(`items/${itemIdOf(tenant, vp, 'atgard-22')}/history`);
    expect(items.at(-1)).toMatchObject({ type: 'ItemDiscontinued', decision: { paragraph: '§ 58' }, invented: true });
  });

  it('stand beside the other documents, each a plan of its tenant', async () => {
    const more = [
      'uppsala-mal-och-budget-2025.yaml',
      'amn-verksamhetsplan-2024.yaml',
      'amn-plan-1000-fler.yaml',
      'uppsala-program-trygghet-2022.yaml',
    ];
    const reports = [
      ...(await system.load(...more)),
      ...(await system.loadFor('uppsala-lan', 'uppsala-lan-social-hallbarhet.yaml')),
      ...(await system.loadFor('umea', 'umea-social-hallbarhet-2024.yaml')),
    ];
    const waited = `waitFor=${reports.at(-1)!.position}`;
    expect((await get(`plans?${waited}`)).items).toHaveLength(6);
    const old = await get(`items/${itemIdOf(tenant, planIdOf(tenant, 'amn-plan-1000-fler'), 'atgard-5')}?${waited}`);
    expect(old.otherNumbers).toEqual([{ number: '41', where: 'Verksamhetsplan 2024' }]);
    expect(old.lifecycle).toMatchObject({ state: 'discontinued', reason: 'replaced', since: '2025-01-01' });
    const newer = itemIdOf(tenant, vp, 'atgard-20');
    expect(old.successors).toMatchObject([
      { itemId: newer, kind: 'reworded', on: '2025-01-01', printedLabel: 'Ny formulering' },
      { itemId: newer, kind: 'merged', on: '2025-01-01' },
    ]);
    const umea = await system.token('auditor', { of: 'umea' });
    const umeas = async (url: string) => (await system.request('GET', `/v1/${url}`, umea)).body;
    const programme = planIdOf('umea', 'umea-social-hallbarhet-2024');
    const point = await umeas(`items/${itemIdOf('umea', programme, 'punkt-1-1')}?${waited}`);
    expect(point.acting).toMatchObject([
      { body: { name: 'Umeå kommunföretag' }, through: [{ name: 'Bostaden' }, { name: 'Ultra' }] },
    ]);
    const added = await umeas(`items/${itemIdOf('umea', programme, 'tillaggsuppdrag-2021-8')}`);
    expect(added.given).toMatchObject({ body: { name: 'Kommunfullmäktige' }, on: '2021', reference: '2021:8' });
    expect(added.concerned).toEqual({ asPrinted: 'kommunens nämnder och bolag', bodies: [] });
    expect((await umeas(`plans/${programme}`)).calendar).toMatchObject([{ recurs: { each: 'year' } }]);
    expect((await umeas(`plans/${programme}/overview`)).all).toMatchObject({ items: 22, levels: [] });
    const county = await system.token('auditor', { of: 'uppsala-lan' });
    const ofCounty = planIdOf('uppsala-lan', 'uppsala-lan-social-hallbarhet');
    const { body } = await system.request('GET', `/v1/plans/${ofCounty}?${waited}`, county);
    expect(body).toMatchObject({ validity: {}, owner: { bodyId: bodyIdOf('uppsala-lan', 'radet') } });
    expect(body).not.toHaveProperty('scale');
  });

  it('ask every body that reports on a programme in its yearly round, though one of them owns it', async () => {
    const asked = async (of: string, key: string, year: number) => {
      const controller = await system.token('controller', { of });
      const post = async (url: string, asked: object) => {
        const { body } = await system.request('POST', `/v1/${url}`, controller, asked);
        expect(body).toHaveProperty('position');
        return body;
      };
      const planId = planIdOf(of, key);
      const { calendar } = (await system.request('GET', `/v1/plans/${planId}`, controller)).body;
      const { label, scope } = calendar[0];
      // Neither programme says on which scale: somebody decides on one before the first round.
      const effectiveOn = `${year}-01-01`;
      const level = (code: string, rank: number) => ({ code, label: code, meaning: code, rank, icon: 'circle' });
      const levels = [
        { ...level('uppnatt', 1), colour: 'green' },
        { ...level('avviker', 2), colour: 'yellow' },
      ];
      const { id: scaleId } = await post('scales', { name: 'Måluppfyllelse', levels, effectiveOn });
      await post(`plans/${planId}/amendments`, { scale: { scaleId, version: 1 }, effectiveOn });
      const days = { referenceDate: `${year}-12-31`, deadline: `${year + 1}-02-28` };
      const { id, position } = await post(`plans/${planId}/rounds/plan`, {
        kind: 'arlig',
        label,
        scope,
        year,
        ...days,
      });
      const url = `/v1/rounds/${id}/coverage?limit=100&waitFor=${position}`;
      const { items, totals } = (await system.request('GET', url, controller)).body;
      return { named: items.map(({ body }: { body: { name: string } }) => body.name), totals };
    };
    const uppsala = await asked(tenant, 'uppsala-program-trygghet-2022', 2023);
    expect(uppsala.totals).toMatchObject({ items: 6, bodies: 21, expected: 6 * 21 });
    expect(uppsala.named).toEqual(
      expect.arrayContaining(['Kommunstyrelsen', 'Arbetsmarknadsnämnden', 'Uppsalahem AB']),
    );
    // By the points that each has the main responsibility for; the executive board by all, and by the areas.
    const umea = await asked('umea', 'umea-social-hallbarhet-2024', 2024);
    expect(umea.totals).toMatchObject({ items: 5 + 14, bodies: 12, expected: 5 + 14 + 59 });
    expect(umea.named).toEqual(expect.arrayContaining(['Jämställdhetsutskottet', 'Umeå kommunföretag']));
  });

  it('are gathered over levels: what the board says of what the council asks', async () => {
    const council = planIdOf(tenant, 'uppsala-mal-och-budget-2025');
    const { bodies, items, total } = await get(`items/${itemIdOf(tenant, council, 'fokusmal-4')}/answers?limit=100`);
    expect(total).toBe(10);
    const numbers = items.map(({ label }: { label: string }) => label.replace(/\D+/, ''));
    expect(numbers.filter((number: string) => number !== '4')).toEqual([
      '34',
      '35',
      '36',
      '38',
      '39',
      '40',
      '42',
      '43',
      '46',
    ]);
    expect(bodies).toMatchObject([{ body: { abbreviation: 'AMN' }, items: 10 }]);
    const delayed = items.find(({ label }: { label: string }) => label === 'Uppdrag 36');
    expect(delayed).toMatchObject({
      statusLabel: 'Gul',
      answers: [{ plan: expect.stringContaining('Mål och budget') }],
    });
  });

  it('become 23 rows in the appendix from 2024 to 2025, with the totals of the document: 8, 4, 2, 4, 2 and 3', async () => {
    const older = planIdOf(tenant, 'amn-plan-1000-fler');
    const path = `plans/${older}/appendix`;
    const question = `newer=${vp}&kind=atgard`;
    const { added, rows, totals } = await get(`${path}?${question}`);
    expect(rows).toHaveLength(23);
    const counted = (...labels: string[]) =>
      totals.flatMap(({ count, label }: { count: number; label: string }) => (labels.includes(label) ? count : []));
    const sum = (...labels: string[]) => counted(...labels).reduce((all: number, one: number) => all + one, 0);
    expect([
      sum('Kvarstår', 'Omformulerad'),
      ...counted('Slutförd'),
      ...counted('Upphörd, blev aktivitet'),
      ...counted('Upphörd, ingår i grunduppdraget'),
      ...counted('Sammanslagen'),
      ...counted('Upphörd, utanför rådigheten'),
    ]).toEqual([8, 4, 2, 4, 2, 3]);
    expect(totals.reduce((all: number, { count }: { count: number }) => all + count, 0)).toBe(23);
    interface Row {
      readonly item: { readonly number: string };
      readonly printedLabel: string;
      readonly warnings: readonly { readonly code: string }[];
    }
    const labels = new Map((rows as Row[]).map(({ item, printedLabel }) => [Number(item.number), printedLabel]));
    expect([1, 5, 8, 9, 21, 22].map((number) => labels.get(number))).toEqual([
      'Ny formulering',
      'Ny formulering',
      'Utgår',
      'Klart',
      'Kvar',
      'Kvar, viss omformulering',
    ]);
    // Called unchanged, with another text: the one of the 23.
    expect((rows as Row[]).filter(({ warnings }) => warnings.length > 0).map(({ item }) => item.number)).toEqual([
      '21',
    ]);
    expect(rows[17]).toMatchObject({
      class: 'kept',
      successors: [{ item: { number: '13' }, title: [{ text: expect.stringContaining('upphandlingsenheten') }] }],
    });
    expect(added.map(({ number }: { number: string }) => number)).toEqual(expect.arrayContaining(['11', '14', '37']));
    const forms = ['report', 'table', 'markdown'].map((form) =>
      system.request('GET', `/v1/${path}/${form}?${question}`, auditor),
    );
    for (const { body, status } of await Promise.all(forms))
      expect([status, String(body)]).toEqual([200, expect.stringContaining('Ny formulering')]);
  });

  it('have documents that a replay of the log agrees with', async () => {
    const administrator = await system.token('administrator');
    for (const { name } of (await get('projections')).items as { name: string }[]) {
      const { body } = await system.request('POST', `/v1/projections/${name}/verify`, administrator);
      expect(body).toMatchObject({ name, differing: 0 });
      expect(body.events).toBeGreaterThan(400);
    }
  });
});
