import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { DecisionRunner, decideWith } from '#deciding';
import type { DecisionCommand, Receipt } from '#deciding';
import { PlanLoader } from '#importing';
import { bodyIdOf, groupIdOf } from '#organisation';
import { itemIdOf, planIdOf, SheetReader } from '#planning';
import { dayInSweden, EventCatalog, newId, streamName, systemClock } from '#kernel';
import { eventually } from '#kernel/testing';
import { ReadModels, Replay } from '#projecting';
import { CancelledRounds, currentRule, ReissueSnapshotCommand, roundIdOf } from '#rounds';
import { snapshotIdOf } from '#snapshots';
import type { Snapshot } from '#snapshots';
import { owedInCoverage, owedInSnapshot } from './support/owed.js';
import { RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'uppsala-fokusmal-4');
const [kf, ks, amn, aln] = ['kf', 'ks', 'amn', 'aln'].map((key) => bodyIdOf(tenant, key)) as [
  string,
  string,
  string,
  string,
];
const item = itemIdOf(tenant, plan, 'uppdrag-21');
const round = roundIdOf(tenant, plan, 'april-2024');

/** The life of a round as its users live it: each step rests on the ones before. */
describe('A round of follow-up', () => {
  let system: RunningSystem;
  let controller: string;
  let reporter: string;
  const post = (url: string, body?: unknown, token = controller) => system.request('POST', `/v1/${url}`, token, body);
  const get = async (url: string) => {
    const head = await system.stores.eventStore.head();
    return system.request('GET', `/v1/${url}${url.includes('?') ? '&' : '?'}waitFor=${head}`, reporter);
  };
  const coverageOf = async (bodyId?: string) =>
    (await get(`rounds/${round}/coverage?limit=100${bodyId ? `&bodyId=${bodyId}` : ''}`)).body;
  /** What was told of the round at instants of its life. */
  const kept: { readonly knownAt: string; readonly told: readonly unknown[] }[] = [];
  const views = (query: string) =>
    Promise.all(
      [`rounds/${round}?`, `rounds/${round}/coverage?limit=100`, `plans/${plan}/rounds?limit=100`].map(async (url) => {
        const { asOf, knownAt: _, ...told } = (await get(`${url}${query}`)).body;
        expect([url, asOf]).toEqual([url, dayInSweden(new Date())]);
        return told as unknown;
      }),
    );
  /** Keeps what is told now, with an instant by which nothing else is recorded. */
  const keep = async () => {
    const { eventStore } = system.stores;
    const { knownAt, told } = await eventually('Nothing is recorded meanwhile', async () => {
      const before = await eventStore.head();
      const found = { told: await views(''), knownAt: new Date().toISOString() };
      return (await eventStore.head()) === before ? found : undefined;
    });
    await eventually('The next instant', () => new Date().toISOString() > knownAt || undefined);
    kept.push({ knownAt, told });
  };
  const assess = (bodyId: string, itemId = item, level = 'on-track', token = controller) =>
    post(`items/${itemId}/assessments`, { roundId: round, bodyId, level, motivation: `Sagt av ${bodyId}` }, token);

  beforeAll(async () => {
    system = await RunningSystem.start();
    controller = await system.token('controller');
    reporter = await system.token('reporter', { body: amn });
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml');
    await get('plans');
  });
  afterAll(() => system.stop());

  it('is planned before it is opened, and is assessed only then', async () => {
    const foreseen = {
      kind: 'april',
      year: 2024,
      label: 'Uppföljning april 2024',
      referenceDate: '2024-03-31',
      deadline: '2024-04-30',
      scope: ['uppdrag'],
      schedule: { opensOn: '2024-04-01', remindsOn: ['2024-04-20'], freezesOn: '2024-05-02' },
    };
    expect(await post(`plans/${plan}/rounds/plan`, { kind: 'april', year: 2024 })).toMatchObject({
      status: 409,
      body: { rule: 'occasion-in-calendar' },
    });
    expect(await post(`plans/${plan}/rounds/plan`, foreseen)).toMatchObject({
      status: 201,
      body: { id: round, recorded: ['RoundPlanned'] },
    });
    expect((await get(`plans/${plan}/rounds`)).body.items).toMatchObject([
      { id: round, key: 'april-2024', status: 'planned', schedule: { freezesOn: '2024-05-02' } },
    ]);
    expect(await assess(amn)).toMatchObject({ status: 409, body: { rule: 'round-open' } });
    expect(await post(`rounds/${round}/open`)).toMatchObject({ status: 200, body: { recorded: ['RoundOpened'] } });
    const shown = await get(`rounds/${round}`);
    expect(shown).toMatchObject({ body: { status: 'open', ready: [] } });
    expect(shown.headers.get('etag')).toMatch(/^"1-/);
  });

  it('is owed by the owner for every item, and by those that an item concerns or that answer for it', async () => {
    const coverage = await coverageOf();
    expect(coverage.totals).toMatchObject({ items: 8, assessed: 0, ready: 0 });
    expect(coverage.totals.missing).toBe(coverage.totals.expected);
    expect(coverage.items[0]).toMatchObject({ body: { id: kf }, counts: { expected: 8 } });
    const owing = coverage.items.filter(({ entries }: { entries: { itemId: string }[] }) =>
      entries.some(({ itemId }) => itemId === item),
    );
    // Uppdrag 21 names six bodies twice: as concerned, and as responsible.
    expect(owing).toHaveLength(7);
    const names = coverage.items.slice(1).map(({ body }: { body: { name: string } }) => body.name);
    expect(names).toEqual([...names].sort((left, right) => left.localeCompare(right, 'sv')));
  });

  it('is told in parts of what a body owes, which is counted whole all the same', async () => {
    const { counts, entries } = (await coverageOf(kf)).items[0];
    const part = (query: string) => get(`rounds/${round}/coverage?bodyId=${kf}&${query}`);
    for (const [query, from, until] of [
      ['entryLimit=3', 0, 3],
      ['entryLimit=3&entryOffset=6', 6, 8],
      ['entryOffset=2', 2, 8],
      ['entryLimit=0', 0, 0],
    ] as const) {
      const { body } = await part(query);
      expect(body.items[0]).toMatchObject({ counts, entries: entries.slice(from, until), entriesTotal: 8 });
    }
    expect((await part('entryLimit=501')).status).toBe(400);
  });

  it('shows what a body has assessed, and that it came after the deadline', async () => {
    expect((await assess(amn, item, 'delayed', reporter)).status).toBe(200);
    const { items, total } = await coverageOf(amn);
    expect(total).toBe(1);
    const [{ counts, entries, ready }] = items;
    expect(ready).toBeNull();
    expect(counts).toMatchObject({ assessed: 1, afterDeadline: 1, afterFreeze: 0 });
    expect(entries.find(({ itemId }: { itemId: string }) => itemId === item)).toMatchObject({
      label: 'Uppdrag 21',
      capacity: 'contribution',
      expected: true,
      state: 'assessed',
      assessment: { level: { label: 'Gul' }, role: 'reporter', afterDeadline: true, afterFreeze: false },
    });
    await keep();
  });

  it('lets a reporter be ready for its own body, told what is missing, and take it back', async () => {
    const ready = await post(`rounds/${round}/ready`, { bodyId: amn, comment: 'Resten i maj' }, reporter);
    expect(ready).toMatchObject({ status: 200, body: { recorded: ['BodyReported'] } });
    const { counts } = (await coverageOf(amn)).items[0];
    expect(ready.body.missing).toHaveLength(counts.missing);
    expect(ready.body.missing.length).toBeGreaterThan(0);
    expect((await post(`rounds/${round}/ready`, { bodyId: ks }, reporter)).status).toBe(403);
    expect((await post(`rounds/${round}/recall-ready`, { bodyId: ks, reason: 'x' }, reporter)).status).toBe(403);
    const recalled = await post(`rounds/${round}/recall-ready`, { bodyId: amn, reason: 'En till' }, reporter);
    expect(recalled.body.recorded).toEqual(['BodyReportRecalled']);
    expect((await post(`rounds/${round}/ready`, { bodyId: amn }, reporter)).body.recorded).toEqual(['BodyReported']);
    expect((await coverageOf(amn)).items[0].ready).toMatchObject({ role: 'reporter' });
    const stranger = (await post('bodies', { name: 'Räddningsnämnden', kind: 'board' })).body.id;
    expect(await post(`rounds/${round}/ready`, { bodyId: stranger })).toMatchObject({
      status: 409,
      body: { rule: 'body-owes-assessments' },
    });
    await keep();
  });

  it('resolves groups as of its day, whoever belongs to them now', async () => {
    const before = (await coverageOf()).totals;
    const group = groupIdOf(tenant, 'alla-namnder-och-bolag');
    await post(`groups/${group}/members`, { members: [ks], effectiveOn: '2024-06-01' });
    expect((await coverageOf()).totals).toEqual(before);
    // A revision of a later day leaves whom the item concerned on the day of the round.
    await post(`items/${item}/concerned`, { concerned: { bodies: [aln] }, effectiveOn: '2024-06-01' });
    await post(`items/${item}/responsible`, { responsible: [aln], effectiveOn: '2024-06-01' });
    expect((await coverageOf()).totals).toEqual(before);
    expect((await coverageOf(aln)).items[0].entries.map(({ itemId }: { itemId: string }) => itemId)).not.toContain(
      item,
    );
  });

  it('reminds every body that is not ready', async () => {
    expect((await post(`rounds/${round}/remind`)).body.recorded).toEqual(['RoundMissingListed', 'RoundReminded']);
    const { reminders } = (await get(`rounds/${round}`)).body;
    const { totals } = await coverageOf();
    expect(reminders).toHaveLength(1);
    expect(reminders[0].missing.flatMap(({ itemIds }: { itemIds: string[] }) => itemIds).length).toBeGreaterThan(100);
    expect(reminders[0].missing).toHaveLength(totals.bodies - 1);
    await keep();
  });

  it('is frozen without a body only for a reason, and then reopened by nothing', async () => {
    const refused = await post(`rounds/${round}/freeze`, {});
    expect(refused).toMatchObject({ status: 409, body: { rule: 'bodies-ready' } });
    expect(refused.body.detail).toContain('Kommunstyrelsen lacks Uppdrag 20');
    expect(refused.body.detail).not.toContain('Arbetsmarknadsnämnden');
    const frozen = await post(`rounds/${round}/freeze`, { override: 'Nämnden sammanträder' });
    expect(frozen.body.recorded).toEqual(['RoundMissingListed', 'RoundFrozen']);
    const { body } = await get(`rounds/${round}`);
    expect(body).toMatchObject({
      status: 'frozen',
      frozen: { override: 'Nämnden sammanträder', position: frozen.body.position },
      issues: [{ issue: 1, rule: currentRule, position: frozen.body.position }],
    });
    // The council's plan asks of those that an item concerns too, and so does the snapshot.
    const { sha256 } = await snapshotOf(1);
    const id = snapshotIdOf(tenant, round, 1);
    const snapshot = (await get(`snapshots/${id}/content`)).body as Snapshot;
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(owedInSnapshot(snapshot)).toEqual(owedInCoverage((await coverageOf()).items));
    expect(snapshot.coverage.bodies.length).toBeGreaterThan(10);
    expect(body.frozen.missing).toContainEqual({ bodyId: ks, itemIds: expect.arrayContaining([item]) });
    for (const [word, request] of [
      ['open', {}],
      ['amend', { deadline: '2024-05-31', reason: 'x' }],
      ['extend', { bodyId: ks, deadline: '2024-05-31', reason: 'x' }],
      ['recall-extension', { bodyId: ks, reason: 'x' }],
      ['cancel', { reason: 'x' }],
      ['ready', { bodyId: ks }],
      ['recall-ready', { bodyId: amn, reason: 'x' }],
      ['remind', {}],
    ] as const) {
      expect(await post(`rounds/${round}/${word}`, request)).toMatchObject({
        status: 409,
        body: { rule: 'round-not-frozen', detail: expect.stringContaining('ask for a new issue') },
      });
    }
  });

  it('shows an assessment after the freeze as late, and a correction as a correction', async () => {
    expect((await assess(ks)).body.recorded).toEqual(['ItemAssessed']);
    const { entries: ofKs } = (await coverageOf(ks)).items[0];
    expect(ofKs.find(({ itemId }: { itemId: string }) => itemId === item).assessment).toMatchObject({
      afterFreeze: true,
      correctedAfterFreeze: false,
    });
    const { entries } = (await coverageOf(amn)).items[0];
    const { assessmentId } = entries.find(({ itemId }: { itemId: string }) => itemId === item).assessment;
    await post(`items/${item}/assessments/${assessmentId}/corrections`, { level: 'on-track', reason: 'Fel rad' });
    const { counts, entries: corrected } = (await coverageOf(amn)).items[0];
    expect(corrected.find(({ itemId }: { itemId: string }) => itemId === item).assessment).toMatchObject({
      level: { label: 'Grön' },
      afterFreeze: false,
      correctedAfterFreeze: true,
    });
    expect(counts).toMatchObject({ afterFreeze: 0, correctedAfterFreeze: 1 });
    await keep();
  });

  /** The snapshot of an issue, once the worker has made it. */
  async function snapshotOf(issue: number): Promise<{ sha256: string }> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const { issues } = (await get(`rounds/${round}`)).body;
      const made = issues.find((one: { issue: number }) => one.issue === issue)?.snapshot;
      if (made) return made;
      if (Date.now() > deadline) throw new Error(`No snapshot of issue ${issue} was made`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  it('is issued anew after corrections, and decided by the owner of the plan', async () => {
    const decision = { bodyId: kf, date: dayInSweden(new Date()), paragraph: '§ 87' };
    // Two processes: each with a runner of its own.
    const reissue = () => {
      const runner = new DecisionRunner(system.stores.eventStore, system.app.get(EventCatalog), systemClock);
      const ids = { commandId: newId(), correlationId: newId() };
      const context = { tenant, actor: { id: 'c', role: 'controller' as const }, ...ids };
      const command = new ReissueSnapshotCommand(round, { reason: 'Rättad bedömning' }, context);
      return decideWith(runner, command, (reader) => system.app.get(reader, { strict: false }));
    };
    const raced = await Promise.allSettled([reissue(), reissue(), reissue()]);
    const refused = raced.filter(({ status }) => status === 'rejected');
    expect(raced.filter(({ status }) => status === 'fulfilled')).toMatchObject([
      { value: { recorded: ['SnapshotReissued'] } },
    ]);
    expect(refused).toMatchObject([{ reason: { rule: 'issue-tells-more' } }, { reason: { rule: 'issue-tells-more' } }]);
    const { sha256 } = await snapshotOf(2);
    expect(await post(`rounds/${round}/reissue`, { reason: 'Utan ändring' })).toMatchObject({
      status: 409,
      body: { rule: 'issue-tells-more' },
    });
    expect(await post(`rounds/${round}/decide`, {})).toMatchObject({ status: 409, body: { rule: 'decision-formal' } });
    expect((await post(`rounds/${round}/decide`, { decision })).body).toMatchObject({ recorded: ['RoundDecided'] });
    expect((await get(`rounds/${round}`)).body).toMatchObject({
      status: 'decided',
      issues: [{ issue: 1 }, { issue: 2, replaces: 1, reason: 'Rättad bedömning', snapshot: { sha256 }, decision }],
    });
  });

  it('tells the formal decision on an issue as it was corrected', async () => {
    const { decidedBy } = (await get(`rounds/${round}`)).body.issues[1];
    const decided = { bodyId: kf, date: dayInSweden(new Date()), paragraph: '§ 88' };
    const correct = (right: object) =>
      post(`decisions/${decidedBy}/correct`, { category: 'round', subjectId: round, decided: right, reason: 'Fel' });
    expect(await correct({ ...decided, date: '2001-01-01' })).toMatchObject({ body: { rule: 'decided-after-issue' } });
    const corrected = await correct(decided);
    expect(corrected.body.recorded).toEqual(['DecisionCorrected']);
    const told = (await get(`rounds/${round}`)).body;
    expect(told.issues[1]).toMatchObject({ decision: decided, decisionCorrected: true, decidedBy });
    const { items } = (await get(`plans/${told.planId}/rounds`)).body;
    expect(items.find(({ id }: { id: string }) => id === round).issues[1]).toMatchObject({ decision: decided });
  });

  const august = {
    kind: 'augusti',
    year: 2024,
    label: 'Uppföljning augusti 2024',
    referenceDate: '2024-08-31',
    deadline: '2024-09-12',
    scope: ['uppdrag'],
    othersMayContribute: true,
  };
  const augustId = roundIdOf(tenant, plan, 'augusti-2024');
  const assessIn = (roundId: string, bodyId: string, level: string) =>
    post(`items/${item}/assessments`, { roundId, bodyId, level, motivation: `${level}, sagt av ${bodyId}` });
  const because = { reason: 'Nämnderna sammanträder senare' };

  it('is moved for all bodies, or given longer for one, while it is planned and while it is open', async () => {
    expect((await post(`plans/${plan}/rounds/plan`, august)).body.id).toBe(augustId);
    const moved = { deadline: '2024-09-19', schedule: { freezesOn: '2099-09-20' } };
    expect(
      (await post(`rounds/${augustId}/amend`, { ...moved, ...because, confirm: ['schedule-near-round'] })).body
        .recorded,
    ).toEqual(['RoundAmended']);
    expect(
      (await post(`rounds/${augustId}/amend`, { ...moved, ...because, confirm: ['schedule-near-round'] })).body
        .recorded,
    ).toEqual([]);
    await post(`rounds/${augustId}/open`);
    const extend = (bodyId: string, deadline: string) =>
      post(`rounds/${augustId}/extend`, {
        bodyId,
        deadline,
        reason: 'Sammanträder sent',
        confirm: ['deadline-near-reference'],
      });
    expect((await extend(ks, '2099-09-01')).body.recorded).toEqual(['BodyDeadlineExtended']);
    expect(await extend(ks, '2024-09-19')).toMatchObject({ body: { rule: 'extension-after-deadline' } });
    expect(await extend(itemIdOf(tenant, plan, 'none'), '2099-09-01')).toMatchObject({ status: 404 });
    for (const bodyId of [ks, amn]) expect((await assessIn(augustId, bodyId, 'delayed')).status).toBe(200);
    const told = (await get(`rounds/${augustId}/coverage?limit=100`)).body;
    const of = (bodyId: string) => told.items.find(({ body }: { body: { id: string } }) => body.id === bodyId);
    expect(told.deadline).toBe('2024-09-19');
    expect(of(ks)).toMatchObject({ deadline: '2099-09-01', counts: { afterDeadline: 0 } });
    expect(of(amn)).toMatchObject({ deadline: '2024-09-19', counts: { afterDeadline: 1 } });
    expect((await post(`rounds/${augustId}/ready`, { bodyId: ks })).body.deadline).toBe('2099-09-01');
    expect((await get(`rounds/${augustId}`)).body).toMatchObject({
      schedule: { freezesOn: '2099-09-20', remindsOn: [] },
      extensions: [{ bodyId: ks, deadline: '2099-09-01', reason: 'Sammanträder sent' }],
      amendments: [{ ...because, before: { deadline: '2024-09-12' }, after: moved }],
    });
    await post(`rounds/${augustId}/recall-extension`, { bodyId: ks, reason: 'Fel nämnd' });
    expect((await get(`rounds/${augustId}/coverage?bodyId=${ks}`)).body.items[0]).toMatchObject({
      deadline: '2024-09-19',
      counts: { afterDeadline: 1 },
    });
    const changes = (await get(`plans/${plan}/changes?from=2020-01-01&to=2999-01-01&limit=500`)).body.items.map(
      (one: any) => one.summary,
    );
    expect(changes).toEqual(
      expect.arrayContaining([
        'Uppföljningen ändrades (sista dag 2024-09-19, schema): Nämnderna sammanträder senare',
        'Kommunstyrelsen fick anstånd till 2099-09-01: Sammanträder sent',
        'Kommunstyrelsen har inte längre anstånd: Fel nämnd',
      ]),
    );
  });

  it('is cancelled where it should not have been, and its key, kind and year are free at once', async () => {
    const before = (await get(`items/${item}`)).body.status;
    await assessIn(augustId, kf, 'on-track');
    await assessIn(augustId, kf, 'delayed');
    expect((await get(`items/${item}`)).body.status).toMatchObject({ roundId: augustId });
    expect((await post(`rounds/${augustId}/cancel`, { reason: 'Fel dag' })).body.recorded).toEqual(['RoundCancelled']);
    for (const [word, request] of [
      ['open', {}],
      ['amend', { label: 'x', reason: 'x' }],
      ['ready', { bodyId: ks }],
      ['remind', {}],
      ['freeze', { override: 'x' }],
    ] as const) {
      const refused = await post(`rounds/${augustId}/${word}`, request);
      expect(refused).toMatchObject({ status: 409, body: { rule: 'round-not-cancelled' } });
    }
    expect(await assessIn(augustId, amn, 'on-track')).toMatchObject({ body: { rule: 'round-not-cancelled' } });
    const again = await post(`plans/${plan}/rounds`, { ...august, key: 'augusti-2024' });
    expect(again).toMatchObject({ status: 201, body: { recorded: ['RoundOpened'] } });
    expect(again.body.id).not.toBe(augustId);
    const listed = (await get(`plans/${plan}/rounds`)).body.items.filter(({ key }: any) => key === 'augusti-2024');
    expect(listed.map(({ status }: any) => status).sort()).toEqual(['cancelled', 'open']);
    expect((await get(`rounds/${augustId}`)).body.cancelled).toMatchObject({ reason: 'Fel dag' });
    // The one before a later round is never one that was cancelled.
    expect((await get(`rounds/${again.body.id}`)).body.previousRoundId).toBe(round);
    // What was said in it is withdrawn by itself, and stands in the story of the item.
    const status = await eventually(
      'The status before',
      async () => (await get(`items/${item}`)).body.status,
      (told) => told?.assessmentId === before?.assessmentId,
    );
    expect(status).toEqual(before);
    const coverage = (await get(`rounds/${augustId}/coverage`)).body;
    expect(coverage).toMatchObject({ status: 'cancelled', totals: { items: 0, expected: 0, missing: 0, bodies: 0 } });
    const story = (await get(`items/${item}/history?limit=500`)).body.items.map((one: any) => one.summary);
    expect(story.filter((told: string) => told.includes('Uppföljningen ställdes in: Fel dag'))).toHaveLength(4);
    // What was said in it goes into the one that was opened in its place.
    const told = await system.stores.eventStore.readStream(streamName(tenant, 'item', item));
    const { data } = told.findLast((event) => event.type === 'ItemAssessed' && event.data['roundId'] === augustId)!;
    const move = (roundId: string) =>
      post(`items/${item}/assessments/${data['assessmentId'] as string}/corrections`, {
        roundId,
        reason: 'Fel ställdes in',
      });
    expect(await move(augustId)).toMatchObject({ status: 409, body: { rule: 'assessment-stands' } });
    const moved = await move(again.body.id as string);
    expect(moved).toMatchObject({ status: 200, body: { recorded: ['ItemAssessed'] } });
    expect((await get(`items/${item}`)).body.status).toMatchObject({
      roundId: again.body.id,
      level: { code: 'delayed' },
    });
    expect(await move(again.body.id as string)).toMatchObject({ body: { rule: 'nothing-else-said' } });
    await post(`items/${item}/assessments/${moved.body.assessmentId}/withdrawal`, { reason: 'Prövat' });
    // A command that the first round took finds it again.
    const planned = await get(`plans/${plan}/rounds`);
    expect(planned.body.total).toBe(3);
  });

  it('is told as it was at any moment of its life, and is the same as of today', async () => {
    expect(kept).toHaveLength(4);
    for (const { knownAt, told } of kept) expect(await views(`&knownAt=${knownAt}`)).toEqual(told);
    expect(await views(`&asOf=${dayInSweden(new Date())}`)).toEqual(await views(''));
    const before = await get(`rounds/${round}?knownAt=2020-01-01`);
    expect([before.status, (await get(`plans/${plan}/rounds?asOf=2020-01-01`)).body.total]).toEqual([404, 0]);
  });

  it('is no other tenant’s', async () => {
    const other = await system.token('controller', { of: 'umea' });
    expect((await system.request('GET', `/v1/rounds/${round}/coverage`, other)).status).toBe(404);
    expect((await post(`rounds/${round}/freeze`, {}, other)).status).toBe(404);
  });

  it('is the one that stands where a plan file calls it by a key that a cancelled one had', async () => {
    const file = `sparbar: 1
scenario:
  key: efter
  invented: true
  plan: uppsala-fokusmal-4
  steps:
    - key: igen
      on: 2024-09-02
      assess: { round: augusti-2024, item: uppdrag-21, body: ks, level: on-track, motivation: Sagt i den nya. }
`;
    const { items } = (await get(`plans/${plan}/rounds`)).body;
    const standing = items.find(({ key, status }: any) => key === 'augusti-2024' && status === 'open').id as string;
    const load = () =>
      system.app.get(PlanLoader).load(file, 'efter.yaml', { tenant, actor: { id: 'c', role: 'controller' } });
    expect(await load()).toMatchObject({ recorded: 1 });
    const told = await system.stores.eventStore.readStream(streamName(tenant, 'item', item));
    expect(told.at(-1)).toMatchObject({
      type: 'ItemAssessed',
      data: { roundId: standing, motivation: 'Sagt i den nya.' },
    });
    await post(`rounds/${standing}/cancel`, { reason: 'Fel igen' });
    expect(await load()).toMatchObject({ recorded: 0, unchanged: 1 });
  });

  it('takes contributions from whom the item concerns, and from others where it says so', async () => {
    const own = { ...august, kind: 'egen', key: 'egen-2024', othersMayContribute: undefined };
    const { id } = (await post(`plans/${plan}/rounds`, own)).body;
    expect((await get(`rounds/${id}`)).body).toMatchObject({ othersMayContribute: false });
    for (const bodyId of [kf, aln]) expect((await assessIn(id, bodyId, 'delayed')).status).toBe(200);
    expect(await assessIn(id, ks, 'delayed')).toMatchObject({ status: 409, body: { rule: 'item-concerns-body' } });
    const amended = await post(`rounds/${id}/amend`, { othersMayContribute: true, reason: 'Alla får bidra' });
    expect(amended.body).toMatchObject({ recorded: ['RoundAmended'] });
    expect((await assessIn(id, ks, 'delayed')).status).toBe(200);
    expect((await get(`rounds/${id}`)).body).toMatchObject({
      othersMayContribute: true,
      amendments: [{ before: { othersMayContribute: false }, after: { othersMayContribute: true } }],
    });
  });

  it('tells where bodies judge differently in it: by what each says there now, and in no other round', async () => {
    const { id } = (await post(`plans/${plan}/rounds`, { ...august, kind: 'olika', key: 'olika-2024' })).body;
    const differences = async (query = '') => (await get(`rounds/${id}/differences${query}`)).body;
    const listed = async (query = '') => (await get(`plans/${plan}/items?differsIn=${id}${query}`)).body;
    await assessIn(id, kf, 'on-track');
    expect(await differences()).toMatchObject({ counts: { items: 8, judgedByOneAtMost: 8 }, items: [], total: 0 });
    const { assessmentId } = (await assessIn(id, amn, 'delayed')).body;
    await assessIn(id, ks, 'on-track');
    const told = await differences();
    expect(told).toMatchObject({
      counts: { items: 8, judgedByOneAtMost: 7, same: 0, differing: 1, notComparable: 0 },
      items: [{ itemId: item, label: 'Uppdrag 21', agreement: 'differs' }],
      total: 1,
    });
    expect(told.items[0].levels).toMatchObject([
      { body: { id: kf }, capacity: 'owner', level: { label: 'Grön' }, withOthers: 'differs' },
      { body: { id: amn }, level: { label: 'Gul' }, withOwner: 'differs', withOthers: 'differs' },
      { body: { id: ks }, level: { label: 'Grön' }, withOwner: 'same', withOthers: 'differs' },
    ]);
    const { items, total } = told;
    expect(await differences(`?bodyId=${amn}&agreement=differs`)).toMatchObject({ items, total });
    expect(await differences(`?bodyId=${aln}`)).toMatchObject({ items: [], total: 0, counts: told.counts });
    expect(await differences('?agreement=not-comparable')).toMatchObject({ items: [], total: 0 });
    expect(await listed()).toMatchObject({ items: [{ id: item }], total: 1 });
    expect(await listed('&kind=uppdrag&level=on-track')).toMatchObject({ total: 1 });
    expect(await listed('&lifecycle=completed')).toMatchObject({ total: 0 });
    // What was recorded after an instant does not count as known at it.
    const before = (await get(`items/${item}/history?limit=500`)).body.items.at(-3).recordedAt;
    expect(await listed(`&knownAt=${before}`)).toMatchObject({ total: 0 });
    expect(await listed(`&knownAt=${new Date().toISOString()}`)).toMatchObject({ total: 1 });
    expect(await get(`plans/${plan}/items?differsIn=${newId()}`)).toMatchObject({ status: 404 });
    // A correction says what should have been said.
    await post(`items/${item}/assessments/${assessmentId}/corrections`, { level: 'on-track', reason: 'Fel rad' });
    expect(await differences()).toMatchObject({ counts: { same: 1, differing: 0 }, total: 0 });
    expect(await listed()).toMatchObject({ total: 0 });
    await assessIn(id, amn, 'delayed');
    const second = (await differences()).total;
    await post(`items/${item}/assessments/${(await assessIn(id, ks, 'delayed')).body.assessmentId}/withdrawal`, {
      reason: 'Fel uppdrag',
    });
    expect([second, (await differences()).total]).toEqual([1, 1]);
    expect(await get(`rounds/${newId()}/differences`)).toMatchObject({ status: 404 });
  });

  it('has what was said in it withdrawn by whoever goes on, also what came in while it was cancelled', async () => {
    const { id } = (await post(`plans/${plan}/rounds`, { ...august, kind: 'extra', key: 'extra-2024' })).body;
    for (const bodyId of [kf, ks, amn]) await assessIn(id, bodyId, 'delayed');
    const { app, stores } = system;
    const bus = app.get(CommandBus, { strict: false });
    const given = {
      ...stores,
      readModels: app.get(ReadModels),
      replay: app.get(Replay),
      sheets: app.get(SheetReader, { strict: false }),
    };
    let commands = 0;
    const run = async (execute: (command: DecisionCommand) => Promise<Receipt>) =>
      new CancelledRounds({ ...given, execute }).handler.run({ tenant, roundId: id }, {} as never);
    const withdraw = (command: DecisionCommand): Promise<Receipt> => bus.execute(command);
    const due = async () => {
      await given.readModels.waitFor(await stores.eventStore.head());
      return (await new CancelledRounds({ ...given, execute: withdraw }).due()).map(({ key }) => key);
    };
    // Nobody else does it meanwhile.
    await system.work.stop();
    await post(`rounds/${id}/cancel`, { reason: 'Prov' });
    expect(await due()).toEqual([id]);
    await expect(
      run((command) => (commands++ < 1 ? withdraw(command) : Promise.reject(new Error('killed')))),
    ).rejects.toThrow();
    expect(await due()).toEqual([id]);
    expect(await Promise.all([run(withdraw), run(withdraw)])).toEqual([{ withdrawn: 2 }, { withdrawn: 2 }]);
    expect(await due()).toEqual([]);
    // An assessment that another process decided on before the round was cancelled, and recorded after it.
    const stream = streamName(tenant, 'item', item);
    const story = await stores.eventStore.readStream(stream);
    const made = story.findLast(({ data, type }) => type === 'ItemAssessed' && data['roundId'] === id)!;
    const late = { ...made, id: newId(), data: { ...made.data, assessmentId: newId() } };
    await stores.eventStore.append(stream, [late], story.length - 1);
    expect(await due()).toEqual([id]);
    expect(await run(withdraw)).toEqual({ withdrawn: 1 });
    expect(await due()).toEqual([]);
    const all = await stores.eventStore.readStream(stream);
    const about = all.filter(({ data }) => data['roundId'] === id);
    expect(about.filter(({ type }) => type === 'AssessmentWithdrawn')).toHaveLength(4);
    expect(about.filter(({ type }) => type === 'ItemAssessed')).toHaveLength(4);
  });
});
