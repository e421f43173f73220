import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { generateKeyPair } from 'jose';
import type { DecisionCommand, Receipt } from '#deciding';
import { LoadTaking, TakeBackLoadCommand } from '#importing';
import { indicatorIdOf } from '#indicators';
import { EventCatalog, newId, roles, StoreUnavailable } from '#kernel';
import type { Role } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf, scaleIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { mendings, sparbar } from '#command-line';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-2');
const indicator = indicatorIdOf(tenant, plan, 'besok-ekonomiskt-bistand');
const amn = bodyIdOf(tenant, 'amn');
const ks = bodyIdOf(tenant, 'ks');
const scale = scaleIdOf(tenant, 'uppsala');
const round = roundIdOf(tenant, plan, 'april-2025');

describe('The API', () => {
  let system: RunningSystem;
  const tokens = {} as Record<Role, string>;
  const post = (url: string, token: string | undefined, body: unknown, headers?: Record<string, string>) =>
    system.request('POST', `/v1/${url}`, token, body, headers);
  const get = (url: string, token: string | undefined = tokens.reader) => system.request('GET', `/v1/${url}`, token);

  beforeAll(async () => {
    system = await RunningSystem.start();
    for (const role of roles) tokens[role] = await system.token(role, role === 'reporter' ? { body: amn } : {});
    const reports = await system.load(...plans);
    expect((await get(`plans?waitFor=${reports.at(-1)!.position}`)).status).toBe(200);
  });
  afterAll(() => system.stop());

  /** A job whose stream of events ends at once. */
  const jobThatEnded = async (): Promise<string> => {
    system.jobs.work([{ name: 'nothing', attempts: 1, backoffMilliseconds: 1, run: async () => undefined }]);
    const { job } = await system.jobs.enqueue({ name: 'nothing', key: 'one', tenant, data: {} });
    for await (const _ of system.jobs.watch(job.id, AbortSignal.timeout(5_000)));
    return job.id;
  };

  describe('takes commands', () => {
    it('and answers with a revision that the next one can rest on', async () => {
      const made = await post('bodies', tokens.controller, { name: 'Räddningsnämnden Syd', kind: 'board' });
      expect(made.status).toBe(201);
      expect(made.headers.get('etag')).toBe('"0"');
      const url = `bodies/${made.body.id}/rename`;
      const renamed = await post(url, tokens.controller, { name: 'Räddningsnämnden' }, { 'If-Match': '"0"' });
      expect(renamed.body).toMatchObject({ revision: 1, recorded: ['BodyRenamed'] });
      const late = await post(url, tokens.controller, { name: 'En annan' }, { 'If-Match': '"0"' });
      expect(late.status).toBe(412);
      const shown = await get(`bodies/${made.body.id}?waitFor=${renamed.body.position}`);
      expect(shown.body).toMatchObject({ name: 'Räddningsnämnden' });
    });

    it('once for an Idempotency-Key, and refuses the key with other content', async () => {
      const headers = { 'Idempotency-Key': newId() };
      const body = { name: 'Kyrkogårdsnämnden', kind: 'board' };
      const first = await post('bodies', tokens.controller, body, headers);
      const head = await system.stores.eventStore.head();
      expect((await post('bodies', tokens.controller, body, headers)).body).toEqual(first.body);
      const other = await post('bodies', tokens.controller, { ...body, name: 'Annat' }, headers);
      expect(other).toMatchObject({ status: 422, body: { type: 'urn:sparbar:problem:idempotency-key-reused' } });
      expect(await system.stores.eventStore.head()).toBe(head);
      const renaming = { 'Idempotency-Key': newId() };
      const url = `bodies/${first.body.id}/rename`;
      expect((await post(url, tokens.controller, { name: 'Griftegårdsnämnden' }, renaming)).status).toBe(200);
      expect((await post(url, tokens.controller, { name: 'Annat' }, renaming)).status).toBe(422);
      const alias = { alias: 'KGN' };
      expect((await post(`bodies/${first.body.id}/aliases`, tokens.controller, alias, renaming)).status).toBe(422);
    });

    it('once for an Idempotency-Key also where the first time changed nothing', async () => {
      const { body } = await post('bodies', tokens.controller, { name: 'Hamnnämnden', kind: 'board' });
      const url = `bodies/${body.id}/rename`;
      const headers = { 'Idempotency-Key': newId() };
      const first = await post(url, tokens.controller, { name: 'Hamnnämnden' }, headers);
      expect(first.body).toMatchObject({ revision: 0, recorded: [] });
      expect((await post(url, tokens.controller, { name: 'Sjöfartsnämnden' })).status).toBe(200);
      expect((await post(url, tokens.controller, { name: 'Hamnnämnden' }, headers)).body).toEqual(first.body);
      expect((await post(url, tokens.controller, { name: 'Annat' }, headers)).status).toBe(422);
      const shown = await get(`bodies/${body.id}?waitFor=${first.body.position}`);
      expect(shown.body).toMatchObject({ name: 'Sjöfartsnämnden' });
    });

    it('and tells nowhere of those that changed nothing', async () => {
      const fields = { kind: 'atgard', title: 'En åtgärd', parents: [item] };
      const made = await post(`plans/${plan}/items`, tokens.controller, fields);
      const url = `items/${made.body.id}`;
      const reword = (title: string, headers: Record<string, string>) =>
        post(`${url}/reword`, tokens.controller, { title }, headers);
      const answers = [];
      for (const key of [newId(), newId()]) answers.push(await reword('En åtgärd', { 'Idempotency-Key': key }));
      expect(answers.map(({ body: { recorded, revision } }) => [revision, recorded])).toEqual([
        [0, []],
        [0, []],
      ]);
      const reworded = await reword('Den åtgärden', { 'If-Match': answers[1]!.headers.get('etag')! });
      expect(reworded.status).toBe(200);
      const shown = await get(`${url}?waitFor=${reworded.body.position}`);
      expect(reworded.headers.get('etag')).toBe(`"${reworded.body.revision}"`);
      expect(shown.headers.get('etag')).toMatch(new RegExp(`^"${reworded.body.revision}-`));
      const history = await get(`${url}/history`);
      expect(history.body.items.map(({ type }: { type: string }) => type)).toEqual(['ItemAdopted', 'ItemReworded']);
      expect((await get(`${url}?asOf=2999-01-01`)).body.title).toEqual(shown.body.title);
      const changes = await get(`plans/${plan}/changes?from=2020-01-01&to=2999-01-01&limit=500`);
      const told = changes.body.items.filter(({ subject }: { subject: { id: string } }) => subject.id === made.body.id);
      expect(told).toHaveLength(2);
    });

    it('once where the same command races with itself', async () => {
      const headers = { 'Idempotency-Key': newId() };
      const body = { name: 'Begravningsnämnden', kind: 'board' };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => post('bodies', tokens.controller, body, headers)),
      );
      expect(new Set(answers.map(({ body: { position } }) => position)).size).toBe(1);
      expect(answers.every(({ status }) => status === 201)).toBe(true);
    });

    it('and decides again where others raced for the same item', async () => {
      const made = await post(`plans/${plan}/items`, tokens.controller, {
        kind: 'atgard',
        title: 'Ny åtgärd',
        parents: [item],
      });
      const url = `items/${made.body.id}/reword`;
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => post(url, tokens.controller, { title: `Ny åtgärd ${index}` })),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      expect(new Set(answers.map(({ body: { revision } }) => revision)).size).toBe(8);
    });

    it('and says which rule stands in the way, and why', async () => {
      const level = { roundId: round, bodyId: amn, level: 'blue', motivation: 'Därför' };
      const refused = await post(`items/${item}/assessments`, tokens.reporter, level);
      expect(refused).toMatchObject({ status: 409, body: { rule: 'level-on-scale' } });
      expect(refused.body.detail).toContain('completed, on-track, delayed, not-carried-out');
    });

    it('of assessments from their first word to their withdrawal', async () => {
      const judged = {
        roundId: round,
        bodyId: ks,
        level: 'delayed',
        motivation: 'Upphandlingen är överklagad.',
        evidence: [{ indicatorId: indicator }],
      };
      const made = await post(`items/${item}/assessments`, tokens.controller, judged);
      expect(made.body.recorded).toEqual(['ItemAssessed']);
      const url = `items/${item}/assessments/${made.body.assessmentId}`;
      const corrected = await post(`${url}/corrections`, tokens.controller, { level: 'on-track', reason: 'Fel rad' });
      const shown = await get(`items/${item}?waitFor=${corrected.body.position}`);
      expect(shown.body.contributions).toMatchObject([
        { body: { name: 'Kommunstyrelsen' }, level: { code: 'on-track' } },
      ]);
      const known = new Date().toISOString();
      const rightDay = { effectiveOn: '2025-05-15', reason: 'Fel dag' };
      const once = { 'Idempotency-Key': newId() };
      const moved = await post(`${url}/corrections`, tokens.controller, rightDay, once);
      expect((await post(`${url}/corrections`, tokens.controller, rightDay, once)).body).toEqual(moved.body);
      expect(moved.body).toMatchObject({ recorded: ['AssessmentWithdrawn', 'ItemAssessed'] });
      const { assessmentId, position } = moved.body;
      const told = async (query: string) =>
        (await get(`items/${item}?${query}&waitFor=${position}`)).body.contributions.map(
          (one: any) => one.assessmentId,
        );
      expect(await told('asOf=2025-05-14')).toEqual([]);
      expect(await told('asOf=2025-05-15')).toEqual([assessmentId]);
      expect(await told(`asOf=2025-05-14&knownAt=${known}`)).toEqual([made.body.assessmentId]);
      expect((await get(`items/${item}/history?limit=100`)).body.items.slice(-2)).toMatchObject([
        { type: 'AssessmentWithdrawn', effectiveOn: '2025-03-31', about: { reason: 'Fel dag' } },
        { type: 'ItemAssessed', effectiveOn: '2025-05-15', after: { level: 'on-track' } },
      ]);
      const there = `items/${item}/assessments/${assessmentId}`;
      const withdrawn = await post(`${there}/withdrawal`, tokens.controller, { reason: 'Inte deras uppdrag' });
      expect((await get(`items/${item}?waitFor=${withdrawn.body.position}`)).body.contributions).toEqual([]);
      const history = await get(`items/${item}/history?limit=100`);
      expect(history.body.items.at(-1)).toMatchObject({
        type: 'AssessmentWithdrawn',
        about: { reason: 'Inte deras uppdrag' },
        before: { level: 'on-track' },
      });
    });

    it('that take back what others have led to, whenever that is seen', async () => {
      const about = { kind: 'atgard', title: 'Avslutad av misstag', parents: [item], effectiveOn: '2025-01-01' };
      const url = `items/${(await post(`plans/${plan}/items`, tokens.controller, about)).body.id}`;
      const history = async (position: string) =>
        (await get(`${url}/history?limit=100&waitFor=${position}`)).body.items as any[];
      const state = async (query = '') => (await get(`${url}${query}`)).body.lifecycle.state;
      const ended = await post(`${url}/complete`, tokens.controller, { effectiveOn: '2025-02-01' });
      const entry = (await history(ended.body.position)).at(-1);
      const known = entry.recordedAt;
      const asked = { retracts: entry.eventId, reason: 'Avsåg ett annat uppdrag' };
      const taken = await post(`${url}/retractions`, tokens.controller, asked);
      expect(taken).toMatchObject({ status: 200, body: { recorded: ['ItemRevisionRetracted'] } });
      expect((await history(taken.body.position)).at(-1)).toMatchObject({
        summary: 'Slutförandet togs tillbaka: Avsåg ett annat uppdrag',
        effectiveOn: '2025-02-01',
        corrects: entry.eventId,
        before: { lifecycle: 'completed' },
        after: { lifecycle: 'active' },
      });
      expect(await state()).toBe('active');
      expect(await state('?asOf=2025-03-01')).toBe('active');
      expect(await state(`?knownAt=${known}`)).toBe('completed');
      expect((await post(`${url}/retractions`, tokens.controller, asked)).body.recorded).toEqual([]);
      const reworded = await post(`${url}/reword`, tokens.controller, { title: 'Pågår', effectiveOn: '2025-03-01' });
      expect(reworded.body.recorded).toEqual(['ItemReworded']);
      const none = { ...asked, retracts: newId() };
      expect(await post(`${url}/retractions`, tokens.controller, none)).toMatchObject({
        status: 409,
        body: { rule: 'revision-of-item' },
      });
    });

    it('that take back that there is an item or a plan at all, once nothing rests on it', async () => {
      const content = { kind: 'uppdrag', key: 'av-misstag', number: '77', title: 'Av misstag' };
      const adopt = (more: object = {}) =>
        post(`plans/${plan}/items`, tokens.controller, { ...content, effectiveOn: '2025-01-01', ...more });
      const url = `items/${(await adopt()).body.id}`;
      const under = { key: 'under-misstag', kind: 'atgard', number: '7701', title: 'Under', parents: [url.slice(6)] };
      const child = (await adopt(under)).body;
      const listed = async (query = '') =>
        (await get(`plans/${plan}/items?number=77${query}`)).body.items.map(({ id }: any) => `items/${id}`);
      const cancel = (one: string, reason = 'Lästes in två gånger') =>
        post(`${one}/cancel`, tokens.controller, { reason });
      expect((await post(`${url}/cancel`, tokens.reporter, { reason: 'Fel' })).status).toBe(403);
      expect(await cancel(url)).toMatchObject({
        status: 409,
        body: { rule: 'nothing-rests-on-item', params: { resting: [expect.stringContaining(child.id)] } },
      });
      await cancel(`items/${child.id}`);
      await get(`${url}?waitFor=${child.position}`);
      const [known, before] = [new Date().toISOString(), (await get(`plans/${plan}/overview`)).body.all.items];
      expect(await listed()).toEqual([url]);
      const cancelled = await cancel(url);
      expect(cancelled.body.recorded).toEqual(['ItemCancelled']);
      expect((await cancel(url)).body.recorded).toEqual([]);
      expect((await get(`${url}?waitFor=${cancelled.body.position}`)).body).toMatchObject({
        title: 'Av misstag',
        cancelled: { reason: 'Lästes in två gånger' },
      });
      expect((await get(`${url}/history`)).body.items.at(-1)).toMatchObject({
        summary: 'Registrerades av misstag och togs bort: Lästes in två gånger',
        effectiveOn: '2025-01-01',
      });
      for (const query of ['', '&asOf=2025-06-01']) expect(await listed(query)).toEqual([]);
      expect(await listed(`&knownAt=${known}`)).toEqual([url]);
      expect((await get(`${url}?knownAt=${known}`)).body).not.toHaveProperty('cancelled');
      const after = (await get(`plans/${plan}/overview`)).body.all.items;
      expect(after).toBe(before - 1);
      expect(await post(`${url}/reword`, tokens.controller, { title: 'Rätt' })).toMatchObject({
        status: 409,
        body: { rule: 'item-not-cancelled' },
      });
      const other = (await adopt({ key: 'i-stallet', title: 'I stället' })).body;
      await cancel(`items/${other.id}`);
      const anew = (await adopt({ title: 'Rätt från början', effectiveOn: '2025-02-01' })).body;
      expect(`items/${anew.id}`).toBe(url);
      const told = (await get(`${url}?waitFor=${anew.position}`)).body;
      expect(told).toMatchObject({ title: 'Rätt från början' });
      expect(told).not.toHaveProperty('cancelled');
      expect(await listed()).toEqual([url]);

      const { scale, kinds, owner } = (await get(`plans/${plan}`)).body;
      const mistaken = { key: 'plan-av-misstag', title: 'Plan 2031', owner, scale, kinds, documents: [], calendar: [] };
      const adoptPlan = () =>
        post('plans', tokens.controller, { ...mistaken, validity: { from: '2025-01-01' }, confirm: ['year-of-title'] });
      const { id } = (await adoptPlan()).body;
      const lone = (await post(`plans/${id}/items`, tokens.controller, { ...content, effectiveOn: '2025-01-01' })).body;
      expect(await cancel(`plans/${id}`)).toMatchObject({ status: 409, body: { rule: 'nothing-rests-on-plan' } });
      await cancel(`items/${lone.id}`);
      const gone = await cancel(`plans/${id}`);
      expect(gone.body.recorded).toEqual(['PlanCancelled']);
      const plans = async () =>
        (await get(`plans?limit=100&waitFor=${gone.body.position}`)).body.items.map((one: any) => one.id);
      expect(await plans()).not.toContain(id);
      expect((await get(`plans/${id}`)).body).toMatchObject({ cancelled: { reason: 'Lästes in två gånger' } });
      expect((await get(`plans/${id}/changes?from=2020-01-01&to=2100-01-01&limit=100`)).body.items).toContainEqual(
        expect.objectContaining({
          summary: 'Planen registrerades av misstag och togs bort: Lästes in två gånger',
        }),
      );
      expect((await post(`plans/${id}/items`, tokens.controller, content)).status).toBe(404);
      expect((await adoptPlan()).body).toMatchObject({ id, recorded: ['PlanAdopted'] });
    });

    it('and so does the command line', async () => {
      const lines: string[] = [];
      const base = ['--url', await system.app.getUrl(), '--token', tokens.controller];
      const command = (...words: string[]) =>
        sparbar((line) => lines.push(line)).parseAsync([...base, ...words], { from: 'user' });
      const contributions = async (position: string) =>
        (await get(`items/${item}?waitFor=${position}`)).body.contributions as unknown[];
      const judged = { roundId: round, bodyId: ks, level: 'delayed', motivation: 'Upphandlingen är överklagad.' };
      const { assessmentId } = (await post(`items/${item}/assessments`, tokens.controller, judged)).body;
      await post(`items/${item}/assessments/${assessmentId}/withdrawal`, tokens.controller, { reason: 'Fel' });
      const held = { until: '2026-01-01', reason: 'Väntar på statsbidrag', effectiveOn: '2025-05-01' };
      const { position } = (await post(`items/${item}/hold`, tokens.controller, held)).body;
      expect(await contributions(position)).toEqual([]);
      const { items } = (await get(`items/${item}/history?limit=100`)).body;
      await command('reinstate', item, assessmentId, '--reason', 'Rätt uppdrag');
      await command('retract', item, items.at(-1).eventId, '--reason', 'Fel uppdrag');
      await command('retract', item, items.at(-1).eventId, '--reason', 'Fel uppdrag');
      expect(lines).toEqual(['Taget tillbaka', 'Taget tillbaka', 'Det var redan taget tillbaka']);
      const told = (await get(`items/${item}/history?limit=100`)).body.items.slice(-2);
      expect(told.map(({ summary }: { summary: string }) => summary)).toEqual([
        'Kommunstyrelsen lät bedömningen Gul gälla igen (Delårsuppföljning april 2025): Rätt uppdrag',
        'Vilandet togs tillbaka: Fel uppdrag',
      ]);
      expect(await contributions(told[1].position)).toMatchObject([{ level: { code: 'delayed' } }]);
      expect((await get(`items/${item}?asOf=2025-06-01`)).body).not.toHaveProperty('hold');
    });
  });

  describe('takes a load back as one', () => {
    const inBlue = 'colour: blue, icon: check';
    const file = (title: string) => `sparbar: 1
bodies:
  - { key: inlast-namnd, name: Inläsningsnämnden, kind: board }
scales:
  - key: inlast-skala
    name: Inläst skala
    version: 1
    levels:
      - { code: ja, label: Ja, meaning: Ja, ${inBlue}, rank: 1 }
      - { code: nej, label: Nej, meaning: Nej, ${inBlue}, rank: 2 }
plan:
  key: inlast-plan
  title: ${title}
  owner: { body: inlast-namnd, role: Direktör }
  validity: { from: '2025-01-01' }
  scale: { key: inlast-skala, version: 1 }
  kinds:
    - { code: mal, label: Mål, plural: Mål, order: 1, parents: [] }
    - { code: uppdrag, label: Uppdrag, plural: Uppdrag, order: 2, parents: [mal] }
  documents: []
  calendar: []
items:
  - { key: ett, kind: mal, number: '1', title: Ett }
  - { key: tva, kind: uppdrag, number: '2', title: Två, parents: [ett] }
  - { key: tre, kind: mal, number: '3', title: Tre }
rounds:
  - { key: april, plan: inlast-plan, kind: april, year: 2025, label: April 2025, referenceDate: 2025-03-31, deadline: 2025-04-30, scope: [uppdrag] }
scenario:
  key: inlast
  plan: inlast-plan
  invented: true
  steps:
    - { key: bedomning, on: 2025-03-31, assess: { round: april, item: tva, body: inlast-namnd, level: nej, motivation: Går inte } }
`;
    const planId = planIdOf(tenant, 'inlast-plan');
    const [one, two] = ['ett', 'tva'].map((key) => itemIdOf(tenant, planId, key)) as [string, string];
    const load = async (title: string) =>
      (
        await post('imports?file=inlast.yaml', tokens.controller, file(title), {
          'content-type': 'application/yaml',
        })
      ).body;
    const reason = 'Fel fil';
    const preview = async (loadId: string) => {
      const { taken, kept } = (await post(`loads/${loadId}/take-back/preview`, tokens.controller, { reason })).body;
      return { taken: taken.map(({ type }: any) => type), kept: kept.map(({ type }: any) => type), because: kept };
    };
    let loadId: string;

    it('which is told, and is none where nothing is recorded', async () => {
      const first = await load('Fel plan');
      loadId = first.loadId;
      expect(await load('Fel plan')).not.toHaveProperty('loadId');
      const { items } = (await get(`loads?planId=${planId}&waitFor=${first.position}`)).body;
      expect(items).toMatchObject([{ id: loadId, file: 'inlast.yaml', isRecorded: true, events: first.recorded }]);
      expect((await get(`loads/${loadId}`)).body).toEqual(items[0]);
      expect((await post(`loads/${newId()}/take-back`, tokens.controller, { reason })).body).toMatchObject({
        rule: 'load-recorded',
      });
    });

    it('but for what something later rests on, which is listed with that', async () => {
      const { kept, taken } = await preview(loadId);
      expect(taken).toEqual([
        'ItemAssessed',
        'RoundOpened',
        'ItemAdopted',
        'ItemAdopted',
        'ItemAdopted',
        'PlanAdopted',
        'BodyRegistered',
      ]);
      expect(kept).toEqual(['ScaleDefined']);
      const reworded = (await post(`items/${two}/reword`, tokens.controller, { title: 'Två i stället' })).body;
      const partly = await preview(loadId);
      expect(partly.taken).toEqual(['ItemAssessed', 'RoundOpened', 'ItemAdopted']);
      expect(partly.kept).toEqual(['ItemAdopted', 'ItemAdopted', 'PlanAdopted', 'ScaleDefined', 'BodyRegistered']);
      const because = new Map(partly.because.map(({ because, id }: any) => [id, because]));
      expect(because.get(two)).toEqual([expect.stringContaining(two)]);
      expect(because.get(one)).toEqual([expect.stringContaining(two)]);
      const { items } = (await get(`items/${two}/history?waitFor=${reworded.position}`)).body;
      const retracts = { retracts: items.at(-1).eventId, reason };
      await post(`items/${two}/retractions`, tokens.controller, retracts);
    });

    it('whoever is cut off, and each part of it once', async () => {
      const { eventStore } = system.stores;
      const execute = (command: DecisionCommand<any>): Promise<Receipt> => system.app.get(CommandBus).execute(command);
      const decided = await execute(
        new TakeBackLoadCommand(
          loadId,
          { takeBackId: newId(), reason },
          { tenant, actor: { id: 'c', role: 'controller' }, commandId: newId(), correlationId: newId() },
        ),
      );
      // What is to be taken back is in a snapshot whole or not at all.
      const frozen = await post(`rounds/${roundIdOf(tenant, planId, 'april')}/freeze`, tokens.controller, {});
      expect(frozen.body).toMatchObject({ status: 409, rule: 'take-back-under-way' });
      const place = { tenant, loadId, at: decided.revision };
      for (let dies = 0; dies < 10; dies++) {
        let left = dies;
        const dying = async (command: DecisionCommand<any>) => {
          const isKilled = left-- === 0;
          // Before it takes effect, or after.
          const receipt = isKilled && dies % 2 > 0 ? undefined : await execute(command);
          if (isKilled) throw new StoreUnavailable('log', new Error('killed'));
          return receipt!;
        };
        await new LoadTaking(eventStore, system.app.get(EventCatalog), dying)
          .carryOut(place)
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(StoreUnavailable);
          });
      }
      const { data, position } = await system.app.get(LoadTaking).carryOut(place);
      expect(data.undone).toEqual([]);
      const recorded = (await eventStore.readAll({ tenant, after: decided.position, limit: 1_000 })).map(
        ({ type }) => type,
      );
      expect(recorded.filter((type) => type !== 'CommandChangedNothing').sort()).toEqual(
        [
          ...['AssessmentWithdrawn', 'RoundCancelled', 'ItemCancelled', 'ItemCancelled', 'ItemCancelled'],
          ...['PlanCancelled', 'BodyCancelled', 'LoadTakenBack'],
        ].sort(),
      );
      const shown = (await get(`loads/${loadId}?waitFor=${position}`)).body;
      expect(shown.takenBack).toMatchObject({ reason, steps: 7, kept: 1, isCarriedOut: true, undone: 0 });
      const changes = (await get(`plans/${planId}/changes?from=2020-01-01&to=2100-01-01&limit=500`)).body.items;
      expect(changes.map(({ summary }: any) => summary)).toEqual(
        expect.arrayContaining([
          'Det som lästes in ska tas tillbaka, i 7 steg: Fel fil',
          'Det som lästes in togs tillbaka',
        ]),
      );
      expect(await preview(loadId)).toMatchObject({ taken: [] });
      expect((await post(`loads/${loadId}/take-back`, tokens.controller, { reason })).body.recorded).toEqual([]);
    });

    it('with values, definitions and targets of indicators that it did not define', async () => {
      const definition = {
        ...{ key: 'i', name: 'Besök', ownerId: ks, itemIds: [item], source: 'Egen' },
        ...{ measure: { unit: 'besök', kind: 'count' }, direction: 'increase', splitBySex: false },
        effectiveOn: '2025-01-01',
      };
      const made = (await post(`plans/${plan}/indicators`, tokens.controller, definition)).body;
      const redefined =
        'name: Besökare, owner: ks, measure: { unit: personer, kind: count }, direction: increase, source: Egen, sexes: false, items: [uppdrag-1]';
      const decision = 'decision: { body: ks, date: 2025-05-20, paragraph: § 3 }';
      const text = `sparbar: 2
history:
  key: fel-varden
  plan: amn-verksamhetsplan-2025
  steps:
    - { key: r, on: 2025-06-01, ${decision}, redefine: { indicator: i, ${redefined}, comparison: null, reason: Per person } }
    - { key: v, on: 2025-06-01, ${decision}, recordValue: { indicator: i, period: '2024', total: '7' } }
    - { key: k, on: 2025-06-02, ${decision}, correctValue: { indicator: i, period: '2024', total: '8', reason: Fel } }
    - { key: t, on: 2025-06-02, ${decision}, setTarget: { indicator: i, target: { direction: increase } } }
`;
      const loaded = await post('imports', tokens.controller, text, { 'content-type': 'application/yaml' });
      expect(loaded.body).toMatchObject({ recorded: 4 });
      expect(await preview(loaded.body.loadId)).toMatchObject({
        taken: ['IndicatorTargetSet', 'IndicatorValueRecorded', 'IndicatorRedefined'],
        kept: [],
      });
      const taken = await post(`loads/${loaded.body.loadId}/take-back`, tokens.controller, { reason });
      const left = (await get(`indicators/${made.id}?waitFor=${taken.body.position}`)).body;
      expect(left).toMatchObject({ name: 'Besök', version: 1, series: [] });
      expect(left).not.toHaveProperty('target');
      await post(`indicators/${made.id}/cancel`, tokens.controller, { reason });
    });

    it('and lets another file say it anew, but not the same', async () => {
      expect(await load('Fel plan')).toMatchObject({ recorded: 0 });
      const right = await load('Rätt plan');
      expect(right.loadId).not.toBe(loadId);
      const { items } = (await get(`plans/${planId}/items?waitFor=${right.position}`)).body;
      expect(items.map(({ title }: any) => title)).toEqual(['Ett', 'Tre', 'Två']);
      expect(items[2].status).toMatchObject({ level: { code: 'nej' } });
      expect((await get(`plans/${planId}`)).body).toMatchObject({ title: 'Rätt plan' });
      expect(await load('Rätt plan')).toMatchObject({ recorded: 0 });
    });

    it('on the command line too', async () => {
      const lines: string[] = [];
      const base = ['--url', await system.app.getUrl(), '--token', tokens.controller];
      const command = (...words: string[]) =>
        sparbar((line) => lines.push(line)).parseAsync([...base, ...words], { from: 'user' });
      await command('loads', planId);
      expect(lines[0]).toContain('Tillbakatagen, utom 1: Fel fil');
      const { items } = (await get(`loads?planId=${planId}`)).body;
      await command('take-back-load', items[0].id, '--reason', 'Fel igen', '--preview');
      expect(lines[1]).toContain('PlanAdopted');
      await command('take-back-load', items[0].id, '--reason', 'Fel igen');
      await command('take-back-load', items[0].id, '--reason', 'Fel igen');
      expect(lines.slice(2)).toEqual(['Taget tillbaka', 'Det fanns inget att ta tillbaka']);
    });
  });

  describe('takes a decision over many items', () => {
    const revisions = `plans/${plan}/revisions`;
    const decision = { bodyId: amn, date: '2025-05-20', paragraph: '§ 87' };
    const decide = (steps: object[], more: object = {}) =>
      post(revisions, tokens.controller, { effectiveOn: '2025-06-01', decision, steps, ...more });
    const adopt = (number: string) => ({
      command: 'AdoptItem',
      asked: { kind: 'uppdrag', key: `reviderat-${number}`, number, title: `Reviderat ${number}` },
    });
    const renumber = (itemId: string, number: string) => ({ command: 'RenumberItem', itemId, asked: { number } });
    const [older, newer] = ['901', '902'].map((number) => itemIdOf(tenant, plan, `reviderat-${number}`)) as [
      string,
      string,
    ];

    it('which is previewed, taken once and told of by the plan and by each of its items', async () => {
      const adopted = await decide([adopt('901'), adopt('902')]);
      expect(adopted).toMatchObject({
        status: 200,
        body: { recorded: ['RevisionDecided'], isCarriedOut: true, undone: 0 },
      });
      const swap = [renumber(older, '902'), renumber(newer, '901')];
      const asked = { effectiveOn: '2025-07-01', decision, comment: 'Byter plats', steps: swap };
      const head = await system.stores.eventStore.head();
      const preview = await post(`${revisions}/preview`, tokens.controller, asked);
      expect(preview).toMatchObject({ status: 200, body: { effectiveOn: '2025-07-01', faults: [] } });
      expect(preview.body.changes).toMatchObject([
        { step: 0, itemId: older, type: 'ItemRenumbered', before: { number: '901' }, after: { number: '902' } },
        { step: 1, itemId: newer, type: 'ItemRenumbered', before: { number: '902' }, after: { number: '901' } },
      ]);
      // What looks like a mistake is told before it is decided, and what to confirm.
      const doubtful = { ...asked, decision: { ...decision, date: '2099-01-01' } };
      expect((await post(`${revisions}/preview`, tokens.controller, doubtful)).body).toMatchObject({
        doubts: [{ field: 'decision.date', rule: 'decision-made' }],
        changes: [{ step: 0 }, { step: 1 }],
      });
      expect(await post(revisions, tokens.controller, doubtful)).toMatchObject({
        status: 422,
        body: { code: 'doubtful', confirm: ['decision-made'] },
      });
      const confirmed = { ...doubtful, confirm: ['decision-made'] };
      expect((await post(`${revisions}/preview`, tokens.controller, confirmed)).body).toMatchObject({ doubts: [] });
      expect(await system.stores.eventStore.head()).toBe(head);

      const headers = { 'Idempotency-Key': newId() };
      const taken = await post(revisions, tokens.controller, asked, headers);
      const { position, revisionId } = taken.body;
      const after = await system.stores.eventStore.head();
      expect((await post(revisions, tokens.controller, asked, headers)).body).toEqual(taken.body);
      expect(await system.stores.eventStore.head()).toBe(after);

      const shown = await get(`${revisions}/${revisionId}?waitFor=${position}`);
      expect(shown.body).toMatchObject({ comment: 'Byter plats', isCarriedOut: true, undone: 0, decision });
      expect(shown.body.steps).toMatchObject([
        { command: 'RenumberItem', itemId: older, asked: { number: '902' }, state: 'done' },
        { command: 'RenumberItem', itemId: newer, asked: { number: '901' }, state: 'done' },
      ]);
      expect((await get(revisions)).body).toMatchObject({ total: 2, items: [{ id: revisionId }, {}] });
      expect((await get(`items/${older}`)).body).toMatchObject({ number: '902' });
      expect((await get(`items/${older}?asOf=2025-06-30`)).body).toMatchObject({ number: '901' });
      expect((await get(`plans/${plan}`)).body).not.toHaveProperty('revisionUnderWay');
      const { items } = (await get(`items/${newer}/history?limit=100`)).body;
      expect(items.at(-1)).toMatchObject({
        revisionId,
        decision,
        summary: 'Numret ändrades från 902 till 901 (del av revideringen ”Byter plats” av 2 uppdrag)',
      });
      const changes = (await get(`plans/${plan}/changes?from=2020-01-01&to=2100-01-01&limit=500`)).body.items;
      expect(changes.slice(-4)).toMatchObject([
        { summary: 'En revidering beslutades, i 2 steg: Byter plats' },
        { revisionId, subject: { id: older } },
        { revisionId, subject: { id: newer } },
        { summary: 'Revideringen genomfördes' },
      ]);
      expect((await get(`${revisions}/${newId()}`)).status).toBe(404);
      const umea = await system.token('controller', { of: 'umea' });
      expect((await get(`${revisions}/${revisionId}`, umea)).status).toBe(404);
      expect((await get(revisions, umea)).status).toBe(404);
    });

    it('or refuses it with everything that is wrong with it', async () => {
      const head = await system.stores.eventStore.head();
      const misshapen = await decide([
        { command: 'RenumberItem', itemId: older, asked: { numbre: '7' } },
        { command: 'RewordItem', asked: { title: 'Nytt' } },
        { command: 'RewordItem', itemId: older, asked: { title: 'Nytt', decision } },
        { ...adopt('903'), itemId: newId() },
      ]);
      expect(misshapen.status).toBe(400);
      expect(misshapen.body.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
        'steps[0].asked.number',
        'steps[0].asked.numbre',
        'steps[1].itemId',
        'steps[2].asked.decision',
        'steps[3].itemId',
      ]);
      expect((await decide([{ command: 'AssessItem', itemId: older, asked: {} }])).status).toBe(400);
      const impossible = [renumber(newId(), '7'), renumber(older, '905'), { ...adopt('901') }];
      const refused = await decide(impossible);
      expect(refused).toMatchObject({ status: 409, body: { code: 'revision-refused' } });
      expect(refused.body.faults).toMatchObject([
        { field: 'steps[0]', code: 'not-found' },
        { field: 'steps[2]', code: 'item-adopted-once' },
      ]);
      const preview = await post(`${revisions}/preview`, tokens.controller, { steps: impossible });
      expect(preview.body.faults.map(({ field }: { field: string }) => field)).toEqual(['steps[0]', 'steps[2]']);
      expect((await post(`plans/${newId()}/revisions/preview`, tokens.controller, { steps: impossible })).status).toBe(
        404,
      );
      expect(await system.stores.eventStore.head()).toBe(head);
    });
  });

  describe('tells what succeeds what, over plans', () => {
    const planOf = async (key: string, from: string) => {
      const levels = [
        { code: 'mal', label: 'Mål', plural: 'Mål', order: 1, parents: [] },
        { code: 'atgard', label: 'Åtgärd', plural: 'Åtgärder', order: 2, parents: ['mal'] },
      ];
      const year = from.slice(0, 4);
      const made = await post('plans', tokens.controller, {
        ...{ key, title: `Verksamhetsplan ${year}`, owner: { bodyId: amn, role: 'Direktör' } },
        ...{ validity: { from, to: `${year}-12-31` }, scale: { scaleId: scale, version: 1 } },
        ...{ kinds: levels, documents: [], calendar: [], effectiveOn: from },
      });
      expect(made.status).toBe(201);
      return made.body.id as string;
    };
    const adopt = async (planId: string, number: string, title: string, effectiveOn: string) => {
      const asked = { kind: 'atgard', number, title, effectiveOn };
      return (await post(`plans/${planId}/items`, tokens.controller, asked)).body.id as string;
    };
    const old = { plan: '', fortyOne: '', fortyTwo: '' };
    const now = { plan: '', twenty: '', other: '' };
    const decision = { bodyId: amn, date: '2024-12-18', paragraph: '§ 101' };

    beforeAll(async () => {
      old.plan = await planOf('vp-2024', '2024-01-01');
      old.fortyOne = await adopt(old.plan, '41', 'Ge praktik åt fler', '2024-01-01');
      old.fortyTwo = await adopt(old.plan, '42', 'Ge stöd åt fler', '2024-01-01');
      now.plan = await planOf('vp-2025', '2025-01-01');
      now.twenty = await adopt(now.plan, '20', 'Ge praktik och stöd åt fler', '2025-01-01');
      now.other = await adopt(now.plan, '21', 'Något nytt', '2025-01-01');
      const judge = async (planId: string, itemId: string, year: number, level: string) => {
        const days = { referenceDate: `${year}-03-31`, deadline: `${year}-04-30` };
        const opened = await post(`plans/${planId}/rounds`, tokens.controller, {
          ...{ key: `april-${year}`, kind: 'april', label: `April ${year}`, year, scope: ['atgard'], ...days },
          ...{ othersMayContribute: true, effectiveOn: `${year}-03-31` },
        });
        const judged = { roundId: opened.body.id, bodyId: amn, level, motivation: `Så var det ${year}` };
        expect((await post(`items/${itemId}/assessments`, tokens.controller, judged)).status).toBe(200);
      };
      await judge(old.plan, old.fortyOne, 2024, 'delayed');
      const step = (itemId: string, kind: string) => ({
        command: 'SucceedItem',
        itemId,
        asked: { successorId: now.twenty, kind, printedLabel: 'Ny formulering' },
      });
      const steps = [step(old.fortyOne, 'reworded'), step(old.fortyOne, 'merged'), step(old.fortyTwo, 'merged')];
      const asked = { effectiveOn: '2025-01-01', decision, comment: 'Inför 2025', steps };
      const revised = await post(`plans/${old.plan}/revisions`, tokens.controller, asked);
      expect(revised.body).toMatchObject({ isCarriedOut: true, undone: 0 });
      await judge(now.plan, now.twenty, 2025, 'on-track');
      await get(`plans?waitFor=${await system.stores.eventStore.head()}`);
    });

    it('of each item in both directions: by number, title, plan and in words', async () => {
      const twenty = (await get(`items/${now.twenty}`)).body;
      const from = { itemId: old.fortyOne, number: '41', title: 'Ge praktik åt fler', plan: 'Verksamhetsplan 2024' };
      expect(twenty).toMatchObject({
        successors: [],
        predecessors: [
          { ...from, kind: 'reworded', on: '2025-01-01', printedLabel: 'Ny formulering' },
          { ...from, words: 'Sammanslagning av Åtgärd 41 ”Ge praktik åt fler” i Verksamhetsplan 2024' },
          { number: '42', kind: 'merged', label: 'Åtgärd 42' },
        ],
      });
      const [fortyOne] = (await get(`plans/${old.plan}/items?number=41`)).body.items;
      expect(fortyOne.predecessors).toEqual([]);
      expect(fortyOne.successors).toMatchObject([
        {
          ...{ itemId: now.twenty, number: '20', title: 'Ge praktik och stöd åt fler', plan: 'Verksamhetsplan 2025' },
          words: 'Omformulerades till Åtgärd 20 ”Ge praktik och stöd åt fler” i Verksamhetsplan 2025',
        },
        { kind: 'merged' },
      ]);
      expect((await get(`items/${now.twenty}?asOf=2025-01-01`)).body.predecessors).toHaveLength(3);
      expect((await get(`items/${old.fortyOne}?asOf=2024-12-31`)).body.successors).toEqual([]);
    });

    it('and narrows lists by it', async () => {
      const numbers = async (query: string, planId = now.plan) =>
        (await get(`plans/${planId}/items?${query}`)).body.items.map(({ number }: { number: string }) => number);
      expect(await numbers(`successorOf=${old.fortyTwo}`)).toEqual(['20']);
      expect(await numbers(`successorOf=${now.other}`)).toEqual([]);
      expect(await numbers(`predecessorOf=${now.twenty}`, old.plan)).toEqual(['41', '42']);
      expect(await numbers('hasPredecessor=true')).toEqual(['20']);
      expect(await numbers('hasPredecessor=false')).toEqual(['21']);
      expect(await numbers('hasPredecessor=false&asOf=2025-01-01')).toEqual(['21']);
      expect(await numbers('hasSuccessor=true&number=41', old.plan)).toEqual(['41']);
      expect(await numbers('hasSuccessor=true&asOf=2024-12-31', old.plan)).toEqual([]);
      expect((await get(`plans/${now.plan}/items?hasPredecessor=perhaps`)).body.faults).toMatchObject([
        { field: 'hasPredecessor' },
      ]);
    });

    it('and one timeline of what led where, by whom it was decided and how it was judged before and after', async () => {
      const timeline = async (id: string, query = '') => (await get(`items/${id}/timeline${query}`)).body;
      const whole = await timeline(old.fortyOne);
      expect(whole).toMatchObject({ total: 6, isWhole: true });
      expect(whole.lineage).toMatchObject([
        { id: old.fortyOne, label: 'Åtgärd 41', plan: 'Verksamhetsplan 2024', statusLabel: 'Gul' },
        { id: now.twenty, label: 'Åtgärd 20', plan: 'Verksamhetsplan 2025', statusLabel: 'Grön' },
      ]);
      expect(whole.links.map(({ words }: { words: string }) => words)[0]).toBe(
        'Åtgärd 41 i Verksamhetsplan 2024. Omformulerades till Åtgärd 20 ”Ge praktik och stöd åt fler” i Verksamhetsplan 2025',
      );
      const told = whole.items.map(({ item: { label }, summary }: any) => `${label}: ${summary}`);
      const part = '(del av revideringen ”Inför 2025” av 2 uppdrag)';
      const there = 'Åtgärd 20 ”Ge praktik och stöd åt fler” i Verksamhetsplan 2025 (i dokumentet: ”Ny formulering”)';
      expect(told).toEqual([
        'Åtgärd 41: Antogs: ”Ge praktik åt fler”',
        'Åtgärd 20: Antogs: ”Ge praktik och stöd åt fler”',
        'Åtgärd 41: Arbetsmarknadsnämnden bedömde: Gul (April 2024)',
        `Åtgärd 41: Omformulerades till ${there} ${part}`,
        `Åtgärd 41: Slogs ihop till ${there} ${part}`,
        'Åtgärd 20: Arbetsmarknadsnämnden bedömde: Grön (April 2025)',
      ]);
      expect(whole.items[2]).toMatchObject({
        ...{ round: 'April 2024', motivation: 'Så var det 2024', by: 'controller', effectiveOn: '2024-03-31' },
        item: { id: old.fortyOne, plan: 'Verksamhetsplan 2024' },
      });
      expect(whole.items[3]).toMatchObject({
        ...{ decision, decisionInWords: 'Arbetsmarknadsnämnden, 2024-12-18, § 101', printedLabel: 'Ny formulering' },
      });
      // From the other end, what else went into it is told as well.
      const back = await timeline(now.twenty);
      expect(back.lineage.map(({ label }: { label: string }) => label)).toEqual([
        'Åtgärd 20',
        'Åtgärd 41',
        'Åtgärd 42',
      ]);
      expect(back.total).toBe(8);
      const paged = [];
      for (let offset = 0; offset < 8; offset += 3) {
        paged.push(...(await timeline(now.twenty, `?limit=3&offset=${offset}`)).items);
      }
      expect(paged).toEqual(back.items);
      expect(paged.map(({ position }) => position)).toEqual(paged.map(({ position }) => position).sort());
      // Of a day before the links, each is by itself.
      expect(await timeline(now.twenty, '?asOf=2024-12-31')).toMatchObject({ total: 0, links: [] });
      expect(await timeline(old.fortyOne, '?asOf=2024-12-31')).toMatchObject({
        total: 2,
        lineage: [{ statusLabel: 'Gul' }],
      });
      expect((await get(`items/${newId()}/timeline`)).status).toBe(404);
      expect((await get(`items/${now.twenty}/timeline`, await system.token('reader', { of: 'umea' }))).status).toBe(
        404,
      );
    });

    it('and what became of each item of a plan in the next, word by word, in every form', async () => {
      const asked = `?newer=${now.plan}`;
      const appendix = (await get(`plans/${old.plan}/appendix${asked}`)).body;
      expect(appendix).toMatchObject({
        older: { key: 'vp-2024', title: 'Verksamhetsplan 2024' },
        newer: { key: 'vp-2025' },
        totals: [{ class: 'merged', label: 'Sammanslagen', count: 2 }],
        added: [{ label: 'Åtgärd 21', title: 'Något nytt' }],
      });
      const [fortyOne, fortyTwo, ...others] = appendix.rows;
      expect(others).toEqual([]);
      expect(fortyOne).toMatchObject({
        item: { id: old.fortyOne, number: '41' },
        ...{ class: 'merged', printedLabel: 'Ny formulering', warnings: [] },
        decision: 'Arbetsmarknadsnämnden, 2024-12-18, § 101',
        successors: [{ item: { id: now.twenty, number: '20' }, links: [{ kind: 'reworded' }, { kind: 'merged' }] }],
      });
      expect(fortyTwo.successors[0].title).toEqual([
        { text: 'Ge ' },
        { text: 'praktik och ', change: 'added' },
        { text: 'stöd åt fler' },
      ]);
      expect((await get(`plans/${old.plan}/appendix${asked}&kind=mal`)).body).toMatchObject({ rows: [], added: [] });
      expect((await get(`plans/${old.plan}/appendix${asked}&asOf=2024-12-31`)).body.totals).toEqual([
        { class: 'untold', label: 'Framgår inte', count: 2 },
      ]);
      expect((await get(`plans/${old.plan}/appendix?newer=${newId()}`)).status).toBe(404);
      expect((await get(`plans/${old.plan}/appendix`)).body.faults).toMatchObject([{ field: 'newer' }]);
      const form = async (path: string) => {
        const url = `${await system.app.getUrl()}/v1/plans/${old.plan}/appendix/${path}${asked}`;
        const answer = await fetch(url, { headers: { authorization: `Bearer ${tokens.reader}` } });
        return { type: answer.headers.get('content-type'), text: await answer.text() };
      };
      expect(await form('report')).toEqual({
        type: 'text/html; charset=utf-8',
        text: expect.stringContaining('Ge <ins>{+praktik och +}</ins>stöd åt fler'),
      });
      expect(await form('table')).toEqual({
        type: 'text/csv; charset=utf-8',
        text: expect.stringContaining('"Åtgärd 42";"Ge stöd åt fler";"Sammanslagen";"Ny formulering"'),
      });
      expect(await form('markdown')).toEqual({
        type: 'text/markdown; charset=utf-8',
        text: expect.stringContaining('Ge **praktik och** stöd åt fler'),
      });
    });

    it('and so does the command line', async () => {
      const lines: string[] = [];
      const base = ['--url', await system.app.getUrl(), '--token', tokens.controller];
      const command = async (...words: string[]) => {
        await sparbar((line) => lines.push(line)).parseAsync([...base, ...words], { from: 'user' });
        return lines.at(-1)!;
      };
      const told = await command('timeline', 'vp-2024:41');
      expect(told).toContain('Omformulerades till Åtgärd 20');
      expect(told).toContain('Motivering: Så var det 2025');
      expect(told).toContain('Beslut: Arbetsmarknadsnämnden, 2024-12-18, § 101');
      expect(await command('items', 'vp-2025', '--successor-of', 'vp-2024:42')).toContain('Åtgärd 20');
      expect(await command('items', 'vp-2024', '--predecessor-of', 'vp-2025:21')).toBe('Inget');
      expect(await command('appendix', 'vp-2024', 'vp-2025')).toContain('| Sammanslagen | 2 |');
      expect(await command('appendix', 'vp-2024', 'vp-2025', '--format', 'html')).toMatch(/^<!DOCTYPE html>/);
    });

    it('of each level what answers it, by body, and of each answer what it answers', async () => {
      const council = await planOf('mal-och-budget', '2025-01-01');
      const goal = await adopt(council, '1', 'Fler i arbete', '2025-01-01');
      const declare = (itemId: string, data: object = {}) =>
        post(`items/${itemId}/answers-to`, tokens.controller, { answersId: goal, effectiveOn: '2025-01-01', ...data });
      for (const itemId of [now.twenty, now.other]) {
        expect(await declare(itemId)).toMatchObject({ status: 200, body: { recorded: ['ItemAnswerDeclared'] } });
      }
      const ofSamePlan = await declare(old.fortyOne, { answersId: old.fortyTwo });
      expect(ofSamePlan).toMatchObject({ status: 409, body: { rule: 'answers-item-of-another-plan' } });
      await get(`plans?waitFor=${await system.stores.eventStore.head()}`);
      const { body: gathered } = await get(`items/${goal}/answers`);
      expect(gathered).toMatchObject({
        total: 2,
        items: [
          { number: '20', statusLabel: 'Grön', round: 'April 2025', answers: [{ itemId: goal, inferred: false }] },
          { number: '21', statusLabel: 'Inte bedömd', level: null },
        ],
        bodies: [
          {
            items: 2,
            statuses: [
              { statusLabel: 'Grön', count: 1 },
              { statusLabel: 'Inte bedömd', count: 1 },
            ],
          },
        ],
      });
      const [answered] = (await get(`items/${now.twenty}`)).body.answersTo;
      expect(answered).toMatchObject({
        itemId: goal,
        words: expect.stringMatching(/^Svarar mot Åtgärd 1 ”Fler i arbete”/),
      });
      expect((await get(`items/${goal}/answers?asOf=2025-01-01`)).body.bodies[0].statuses).toEqual([
        { statusLabel: 'Inte bedömd', count: 2 },
      ]);
      expect((await get(`items/${goal}/timeline`)).body.lineage).toHaveLength(1);
      const history = (await get(`items/${now.other}/history`)).body.items;
      expect(history.at(-1).summary).toMatch(/^Svarar mot Åtgärd 1/);
      const retract = { retracts: history.at(-1).eventId, reason: 'Fel' };
      const retracted = await post(`items/${now.other}/retractions`, tokens.controller, retract);
      expect(retracted).toMatchObject({ status: 200 });
      const left = await get(`items/${goal}/answers?waitFor=${retracted.body.position}`);
      expect(left.body.items.map(({ number }: { number: string }) => number)).toEqual(['20']);
    });
  });

  describe('replays', () => {
    it('a plan as it was amended up to a day, and says when there was none', async () => {
      const made = await post('plans', tokens.controller, {
        title: 'Program för vatten',
        owner: { bodyId: ks, role: 'Kommundirektör' },
        validity: { from: '2024-01-01' },
        scale: { scaleId: scale, version: 1 },
        kinds: [{ code: 'mal', label: 'Mål', plural: 'Mål', order: 1, parents: [] }],
        documents: [],
        calendar: [],
        effectiveOn: '2024-01-01',
      });
      expect(made.status).toBe(201);
      const url = `plans/${made.body.id}`;
      const amended = await post(`${url}/amendments`, tokens.controller, {
        title: 'Program för vatten och klimat',
        effectiveOn: '2025-06-01',
      });
      const seen = await get(`${url}?waitFor=${amended.body.position}`);
      expect(seen.headers.get('etag')).toMatch(/^"1-/);
      expect(seen.body).toMatchObject({ title: 'Program för vatten och klimat' });
      expect((await get(`${url}?asOf=2025-05-31`)).body).toMatchObject({ title: 'Program för vatten' });
      expect((await get(`${url}/overview?asOf=2025-05-31`)).body).toMatchObject({ title: 'Program för vatten' });
      expect((await get(`${url}?asOf=2023-12-31`)).status).toBe(404);
      expect((await get(`${url}?knownAt=2024-06-01`)).status).toBe(404);
      expect((await get(`${url}/items?asOf=2023-12-31`)).body).toMatchObject({ items: [], total: 0 });
    });

    it('the quotient of two indicators with the values that it is made of, as they were at any moment', async () => {
      const others = {
        ...{ ownerId: amn, direction: 'increase', source: 'Egen uppföljning', splitBySex: true, itemIds: [item] },
        effectiveOn: '2024-01-01',
      };
      const define = async (name: string, kind: string, more: object = {}) => {
        const measure = { unit: kind === 'share' ? 'procent' : 'samtal', kind };
        const asked = { ...others, ...more, name, measure };
        return post(`plans/${plan}/indicators`, tokens.controller, asked);
      };
      const [held, offered] = [
        (await define('Genomförda ungdomssamtal', 'count')).body.id as string,
        (await define('Erbjudna ungdomssamtal', 'count')).body.id as string,
      ];
      const derived = { numerator: held, denominator: offered, factor: 100, decimals: 1 };
      const share = (await define('Andel genomförda ungdomssamtal', 'share', { derived })).body.id as string;
      const record = async (id: string, path: string, body: object, effectiveOn: string) => {
        const answer = await post(`indicators/${id}/${path}`, tokens.controller, { ...body, effectiveOn });
        expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
        return answer.body.position as string;
      };
      const both = (women: string, men: string) => ({ women: { value: women }, men: { value: men } });
      const first = await record(held, 'values', { period: '2023', ...both('40', '70') }, '2024-02-01');
      await record(offered, 'values', { period: '2023', ...both('156', '352') }, '2024-02-01');
      await record(share, 'values', { period: '2023', ...both('26.3', '19.8') }, '2024-02-01');
      const correction = { period: '2023', women: { value: '41' }, reason: 'Ett samtal var inte räknat' };
      const last = await record(held, 'values/corrections', correction, '2024-03-01');

      const url = `indicators/${share}`;
      const [period] = (await get(`${url}?waitFor=${last}`)).body.series;
      expect(period.computed.women).toMatchObject({
        ...{ value: '26.3', shown: '26,3' },
        numerator: { indicatorId: held, value: '41', position: last },
        denominator: { indicatorId: offered, value: '156' },
      });
      expect(period.computed.women).not.toHaveProperty('contradiction');
      expect(period.computed.men.contradiction).toEqual({ recorded: '19,8', computed: '19,9' });
      const then = (await get(`${url}?asOf=2024-02-15`)).body.series[0].computed.women;
      expect(then).toMatchObject({
        ...{ numerator: { value: '40', position: first }, contradiction: { recorded: '26,3', computed: '25,6' } },
      });
      const listed = (await get(`plans/${plan}/indicators?itemId=${item}`)).body.items;
      expect(listed.find(({ id }: { id: string }) => id === share).series).toEqual([period]);

      const refusedBy = async (id: string, body: object) => {
        const { effectiveOn, ...definition } = others;
        const asked = { ...definition, name: 'Samtal', comparison: null, reason: 'Prov', ...body };
        const { rule, status } = (
          await post(`indicators/${id}/redefine`, tokens.controller, {
            ...{ ...asked, measure: { unit: 'samtal', kind: 'count' }, effectiveOn },
          })
        ).body;
        return [status, rule];
      };
      expect(await refusedBy(held, { derived: { ...derived, numerator: share } })).toEqual([
        409,
        'derived-in-no-circle',
      ]);
      expect(await refusedBy(share, { derived: { ...derived, numerator: share } })).toEqual([
        409,
        'derived-from-others',
      ]);
      expect(await refusedBy(share, { derived: { ...derived, denominator: held } })).toEqual([409, 'derived-from-two']);
    });

    it('values in the definition that they were recorded in, whatever is defined and corrected since', async () => {
      const definition = {
        ...{ name: 'Besök hos rådgivningen', ownerId: amn, direction: 'increase', source: 'Egen uppföljning' },
        ...{ splitBySex: false, itemIds: [item], measure: { unit: 'besök', kind: 'count' } },
      };
      const made = await post(`plans/${plan}/indicators`, tokens.controller, {
        ...{ ...definition, effectiveOn: '2024-01-01' },
      });
      const url = `indicators/${made.body.id}`;
      const command = async (path: string, body: object, effectiveOn: string) => {
        const answer = await post(`${url}/${path}`, tokens.controller, { ...body, effectiveOn });
        expect(answer.status).toBe(200);
        return answer.body;
      };
      const upTo = (value: string, provisionalAsOf: string) => ({ total: { value, provisionalAsOf } });
      await command('values', { period: '2023', ...upTo('5787', '2023-10') }, '2024-01-10');
      await command('values', { period: '2024', ...upTo('4488', '2024-08') }, '2024-09-10');
      await command('targets', { target: { atLeast: '6000', by: '2025-12-31' } }, '2024-09-10');
      const percent = { measure: { unit: 'procent', kind: 'share' }, comparison: null, reason: 'Ny mätning' };
      await command('redefine', { ...definition, ...percent }, '2025-01-01');
      await command('values', { period: '2025', total: { value: '41' } }, '2026-01-10');
      const reason = 'Räknades om';
      await command('values/corrections', { period: '2023', total: { value: '5800' }, reason }, '2025-02-01');
      const last = await command(
        'values',
        { period: '2025/26', total: { gap: 'secrecy', asPrinted: 'x' } },
        '2026-02-01',
      );

      const { body } = await get(`${url}?waitFor=${last.position}`);
      expect(body).toMatchObject({
        ...{ version: 2, measure: { unit: 'procent' }, targetStatus: 'not-comparable' },
        definitions: [
          { version: 1, measure: { unit: 'besök' } },
          { version: 2, since: '2025-01-01', reason: 'Ny mätning' },
        ],
        series: [
          { period: '2023', definition: 1, total: { value: '5800' } },
          { period: '2024', definition: 1, movement: 'not-comparable', against: '2023', notComparable: ['cut-off'] },
          { period: '2025', definition: 2, break: ['unit', 'measure-kind'], movement: 'not-comparable' },
          { period: '2025/26', definition: 2, total: { gap: 'secrecy', shown: 'x' } },
        ],
      });
      expect(body.series[0]).not.toHaveProperty('break');
      expect(body).not.toHaveProperty('targetMet');
      const then = (await get(`${url}?asOf=2024-12-31`)).body;
      expect(then).toMatchObject({
        version: 1,
        targetStatus: 'not-yet-due',
        series: [{ definition: 1 }, { definition: 1 }],
      });
      const none = await post(`${url}/values`, tokens.controller, {
        period: '2022',
        total: { value: '1' },
        definition: 9,
      });
      expect(none.body).toMatchObject({ code: 'rule-violation', params: { version: 9, newest: 2 } });
    });

    it('what was judged on an earlier version of the scale, apart and uncompared', async () => {
      const level = (code: string, label: string, rank: number) => ({
        ...{ code, label, meaning: label, colour: 'green', icon: 'circle', rank },
      });
      const { controller } = tokens;
      const made = async (url: string, body: object) => (await post(url, controller, body)).body.id as string;
      const since = { effectiveOn: '2025-01-01' };
      const first = [level('gron', 'Grön', 1), level('gul', 'Gul', 2)];
      const scaleId = await made('scales', { name: 'Färger', levels: first, ...since });
      const planId = await made('plans', {
        ...{ title: 'Program för färger', owner: { bodyId: ks, role: 'Kommundirektör' }, documents: [], calendar: [] },
        ...{ validity: { from: '2025-01-01' }, scale: { scaleId, version: 1 }, ...since },
        kinds: [{ code: 'mal', label: 'Mål', plural: 'Mål', order: 1, parents: [] }],
      });
      const itemIds: string[] = [];
      for (const title of ['Ett', 'Två', 'Tre', 'Fyra']) {
        itemIds.push(await made(`plans/${planId}/items`, { kind: 'mal', title, parents: [], ...since }));
      }
      const round = (kind: string, referenceDate: string, deadline: string) =>
        made(`plans/${planId}/rounds`, {
          ...{ kind, year: 2025, label: kind, referenceDate, deadline, scope: ['mal'] },
          othersMayContribute: true,
          effectiveOn: referenceDate,
        });
      const assess = (itemId: string, roundId: string, code: string, effectiveOn: string) =>
        post(`items/${itemId}/assessments`, controller, {
          ...{ roundId, bodyId: ks, level: code, motivation: 'Som väntat.', evidence: [], effectiveOn },
        });
      const april = await round('april', '2025-03-31', '2025-04-30');
      const given = await Promise.all(
        itemIds.map((itemId, index) => assess(itemId, april, index === 0 ? 'gron' : 'gul', '2025-04-01')),
      );
      expect(given.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const revised = { levels: [level('bra', 'Bra', 1), level('samre', 'Sämre', 2)], effectiveOn: '2025-06-01' };
      await post(`scales/${scaleId}/versions`, controller, revised);
      const amendment = { scale: { scaleId, version: 2 }, effectiveOn: '2025-06-01' };
      await post(`plans/${planId}/amendments`, controller, amendment);
      // A contribution of the new version beside the owner's judgement of the old one.
      const contributed = await post(`items/${itemIds[1]}/assessments`, controller, {
        ...{ roundId: april, bodyId: amn, level: 'samre', motivation: 'Som väntat.', evidence: [] },
        effectiveOn: '2025-06-02',
      });
      const differences = await get(`rounds/${april}/differences?waitFor=${contributed.body.position}`);
      expect(differences.body).toMatchObject({
        counts: { items: 4, judgedByOneAtMost: 3, same: 0, differing: 0, notComparable: 1 },
        items: [{ itemId: itemIds[1], agreement: 'not-comparable', levels: [{}, { withOwner: 'not-comparable' }] }],
      });
      expect((await get(`plans/${planId}/items?differsIn=${april}`)).body.total).toBe(0);
      const august = await round('augusti', '2025-08-31', '2025-09-30');
      const again = await assess(itemIds[0]!, august, 'bra', '2025-09-01');
      expect(again.status).toBe(200);

      const overview = (await get(`plans/${planId}/overview?waitFor=${again.body.position}`)).body;
      expect(overview.all).toMatchObject({ items: 4, notAssessed: 0, onHoldNotAssessed: 0, discontinued: 0 });
      const rows = ({ all }: any) => all.levels.map(({ count, label }: any) => [label, count]);
      expect(rows(overview)).toEqual([
        ['Bra', 1],
        ['Sämre', 0],
        ['Gul enligt skala version 1', 3],
      ]);
      expect(rows((await get(`plans/${planId}/overview?asOf=2025-05-31`)).body)).toEqual([
        ['Grön', 1],
        ['Gul', 3],
      ]);
      for (const moment of ['', '?asOf=2025-09-30']) {
        const { body } = await get(`items/${itemIds[0]}${moment}`);
        expect(body.status).toMatchObject({ trend: 'not-comparable', since: '2025-09-01', scale: { version: 2 } });
      }
      const history = await get(`items/${itemIds[0]}/history`);
      expect(history.body.items.at(-1).summary).toBe(
        'Kommunstyrelsen ändrade bedömningen till Bra, på en annan version av skalan än Grön, som det inte kan jämföras med (augusti)',
      );
    });

    it('a scale with the versions that it had on a day', async () => {
      const level = (code: string, rank: number) => ({
        code,
        label: code,
        meaning: code,
        colour: 'green',
        icon: 'circle',
        rank,
      });
      const made = await post('scales', tokens.controller, {
        name: 'Tre steg',
        levels: [level('bra', 1), level('samre', 2)],
        effectiveOn: '2024-01-01',
      });
      const url = `scales/${made.body.id}`;
      const levels = [level('bra', 1), level('samre', 2), level('samst', 3)];
      const revised = await post(`${url}/versions`, tokens.controller, { levels, effectiveOn: '2025-01-01' });
      expect((await get(url)).body.versions).toHaveLength(2);
      expect((await get(`${url}?asOf=2024-06-01`)).body.versions).toHaveLength(1);
      expect((await get(`${url}?asOf=2023-01-01`)).status).toBe(404);
      const { items } = (await get(`scales?limit=100&waitFor=${revised.body.position}`)).body;
      expect(items.map(({ name }: { name: string }) => name)).toContain('Tre steg');
      expect((await get(url, await system.token('reader', { of: 'umea' }))).status).toBe(404);
    });
  });

  describe('takes back what was wrong in the register', () => {
    const reason = 'Registrerades fel';
    const called = async (alias: string, moment = '') =>
      (await get(`bodies?alias=${alias}${moment}`)).body.items.map(({ name }: { name: string }) => name);
    const settled = async ({ body }: { body: { position: string } }) =>
      void (await get(`bodies?limit=1&waitFor=${body.position}`));

    it('a name, an alias and an end of a body, each as it was known at any time', async () => {
      const made = await post('bodies', tokens.controller, {
        name: 'Fritidsnämden',
        kind: 'company',
        effectiveOn: '2025-01-01',
      });
      const url = `bodies/${made.body.id}`;
      const corrected = await post(`${url}/correct`, tokens.controller, {
        name: 'Fritidsnämnden',
        kind: 'board',
        reason,
      });
      expect(corrected.body).toMatchObject({ recorded: ['BodyRegistrationCorrected'] });
      const wrong = { name: 'Nämnden för fritd', effectiveOn: '2025-07-01' };
      await post(`${url}/rename`, tokens.controller, wrong);
      await post(`${url}/aliases`, tokens.controller, { alias: 'FRN', from: '2025-01-01' });
      await settled(await post(`${url}/dissolve`, tokens.controller, { effectiveOn: '2026-01-01' }));
      const before = (await get(`${url}?asOf=2025-08-01`)).body;
      expect(before).toMatchObject({ name: 'Nämnden för fritd', kind: 'board', asOf: '2025-08-01' });
      const renamedBy = before.names[1].id as string;
      const righted = await post(`${url}/rename`, tokens.controller, {
        name: 'Nämnden för fritid',
        corrects: renamedBy,
      });
      expect(righted.body).toMatchObject({ recorded: ['BodyRenamed'] });
      const otherDay = { name: 'Fritid', corrects: renamedBy, effectiveOn: '2025-08-01' };
      expect((await post(`${url}/rename`, tokens.controller, otherDay)).body.rule).toBe('corrected-stands');
      const alias = before.aliases[0].id as string;
      await post(`${url}/aliases/${alias}/amend`, tokens.controller, { to: '2025-12-31', reason });
      await settled(await post(`${url}/changes/${before.dissolvedBy}/cancel`, tokens.controller, { reason }));
      const told = (await get(`${url}?asOf=2025-08-01`)).body;
      expect(told).toMatchObject({ name: 'Nämnden för fritid', aliases: [{ alias: 'FRN', to: '2025-12-31' }] });
      expect(told.dissolvedFrom).toBeUndefined();
      expect((await get(`${url}?asOf=2025-06-30`)).body.name).toBe('Fritidsnämnden');
      const { items } = (await get(`${url}/history`)).body;
      const knownAt = items.find(({ type }: { type: string }) => type === 'BodyDissolved').recordedAt;
      const then = (await get(`${url}?asOf=2025-08-01&knownAt=${knownAt}`)).body;
      expect(then).toMatchObject({ name: 'Nämnden för fritd', dissolvedFrom: '2026-01-01', knownAt });
      expect((await get(`${url}?knownAt=2025-01-01`)).status).toBe(404);
      expect(await called('FRN', '&asOf=2025-12-31')).toEqual(['Nämnden för fritid']);
      expect(await called('FRN', '&asOf=2026-01-01')).toEqual([]);
      // A part of any name that it has or had, and of its aliases: as the day and the instant know them.
      const found = async (query: string) => {
        const { items: bodies, match } = (await get(`bodies?text=${query}`)).body;
        return [bodies.some(({ id }: { id: string }) => id === made.body.id), match];
      };
      for (const text of ['FRITIDSNÄMNDEN', 'fritidsnämnden'.normalize('NFD'), 'för fritid', 'frn']) {
        expect(await found(encodeURIComponent(text))).toEqual([true, 'letters']);
      }
      expect(await found('fritidsnamnden')).toEqual([false, 'letters']);
      expect(await found('fritidsnamnden&match=forgiving')).toEqual([true, 'forgiving']);
      expect(await found('fritids-namnden&match=forgiving&kind=board')).toEqual([true, 'forgiving']);
      expect(await found('for+fritid&match=forgiving&alias=FRN&asOf=2025-12-31')).toEqual([true, 'forgiving']);
      expect(await found('for+fritid&match=forgiving&asOf=2025-06-30')).toEqual([false, 'forgiving']);
      expect(await found('fritidsnämden')).toEqual([false, 'letters']);
      expect(await found(`fritidsnämden&knownAt=${items[0].recordedAt}`)).toEqual([true, 'letters']);
      expect(items.map(({ effectiveOn, summary }: Record<string, string>) => `${effectiveOn} ${summary}`)).toEqual([
        '2025-01-01 Registrerades: ”Fritidsnämden”',
        '2025-01-01 Registreringen rättades till ”Fritidsnämnden”: Registrerades fel',
        '2025-07-01 Fick namnet ”Nämnden för fritd”',
        expect.stringContaining('Kallas även ”FRN” från 2025-01-01'),
        '2026-01-01 Upphör; efterträds av ingen',
        '2025-07-01 Rättelse: Fick namnet ”Nämnden för fritid”',
        expect.stringContaining(
          'Det andra namnet ändrades till ”FRN” från 2025-01-01 till 2025-12-31: Registrerades fel',
        ),
        '2026-01-01 En uppgift togs tillbaka: Registrerades fel',
      ]);
      expect(items[5]).toMatchObject({ corrects: renamedBy, actor: { role: 'controller' } });
    });

    it('on the command line, as of a day', async () => {
      const made = await post('bodies', tokens.controller, {
        name: 'Nämnden för fel',
        kind: 'board',
        key: 'namnden-for-fel',
        effectiveOn: '2025-01-01',
      });
      await settled(made);
      const url = `bodies/${made.body.id}`;
      const run = async (...words: string[]) => {
        const told: string[] = [];
        const given = ['--url', await system.app.getUrl(), '--token', tokens.controller, '--json', ...words];
        await sparbar((line) => told.push(line)).parseAsync(given, { from: 'user' });
        await settled({ body: JSON.parse(told[0]!) });
      };
      await run('body', 'rename', 'namnden-for-fel', '--name', 'Nämden', '--effective-on', '2025-07-01');
      const [, { id: corrects }] = (await get(url)).body.names;
      const righted = ['--name', 'Nämnden', '--corrects', corrects, '--as-of', '2025-08-01'];
      await run('body', 'rename', 'namnden-for-fel', ...righted);
      await run('body', 'correct', 'namnden-for-fel', '--kind', 'company', '--reason', 'Fel slag');
      const shown = (await get(`${url}?asOf=2025-07-01`)).body;
      expect(shown).toMatchObject({ name: 'Nämnden', kind: 'company' });
      const [, { id: renamed }] = shown.names;
      await run('body', 'take-back', 'namnden-for-fel', renamed, '--reason', 'Bytte aldrig namn');
      expect((await get(url)).body).toMatchObject({ name: 'Nämnden för fel' });
    });

    it('a body that nothing rests on, and frees its key and its aliases; else it tells what does', async () => {
      const body = { name: 'Dubblettnämnden', kind: 'board', key: 'dubblett' };
      const made = await post('bodies', tokens.controller, body);
      const url = `bodies/${made.body.id}`;
      await post(`${url}/aliases`, tokens.controller, { alias: 'DBN' });
      const group = await post('groups', tokens.controller, { name: 'Alla fel', members: [made.body.id] });
      const refused = await post(`${url}/cancel`, tokens.controller, { reason }, { 'accept-language': 'sv' });
      expect(refused).toMatchObject({ status: 409, body: { rule: 'nothing-rests-on-body' } });
      expect(refused.body.detail).toContain(`gruppen: ${group.body.id}`);
      const members = (await get(`groups/${group.body.id}?waitFor=${group.body.position}`)).body.memberships;
      const corrects = members[0].id as string;
      await post(`groups/${group.body.id}/members`, tokens.controller, { members: [ks], corrects });
      const cancelled = await post(`${url}/cancel`, tokens.controller, { reason });
      expect(cancelled.body).toMatchObject({ recorded: ['BodyCancelled'] });
      await settled(cancelled);
      expect((await get(url)).body).toMatchObject({ name: 'Dubblettnämnden', cancelled: { reason } });
      expect(await called('DBN')).toEqual([]);
      const listed = (await get('bodies?limit=500')).body.items.map(({ id }: { id: string }) => id);
      expect(listed).not.toContain(made.body.id);
      expect((await post('groups', tokens.controller, { name: 'x', members: [made.body.id] })).status).toBe(404);
      const other = await post('bodies', tokens.controller, { name: 'En annan', kind: 'board' });
      expect((await post(`bodies/${other.body.id}/aliases`, tokens.controller, { alias: 'DBN' })).status).toBe(200);
      const again = await post('bodies', tokens.controller, { ...body, name: 'Rätt nämnd' });
      expect(again).toMatchObject({ status: 201, body: { id: made.body.id, recorded: ['BodyRegistered'] } });
      await settled(again);
      expect((await get(url)).body).toMatchObject({ name: 'Rätt nämnd' });
    });

    it('a formal decision, wherever it is told', async () => {
      const from = new Date().toISOString();
      const [recorded] = (await get(`plans/${plan}`)).body.decisions;
      const decided = { bodyId: recorded.bodyId as string, date: '2024-12-19', paragraph: '§ 144' };
      const url = `decisions/${recorded.eventId}/correct`;
      const asked = { category: 'plan', subjectId: plan, decided, reason: 'Fel paragraf' };
      expect((await post(url, tokens.controller, { ...asked, category: 'item' })).status).toBe(404);
      const nobody = { ...decided, bodyId: newId() };
      expect((await post(url, tokens.controller, { ...asked, decided: nobody })).status).toBe(404);
      const corrected = await post(url, tokens.controller, asked);
      expect(corrected.body).toMatchObject({ recorded: ['DecisionCorrected'] });
      await settled(corrected);
      expect((await post(url, tokens.controller, asked)).body).toMatchObject({ recorded: [] });
      const told = (await get(`plans/${plan}`)).body.decisions[0];
      expect(told).toEqual({ about: 'adoption', eventId: recorded.eventId, ...decided, decisionCorrected: true });
      expect((await get(`plans/${plan}?knownAt=${from}`)).body.decisions[0]).toEqual(recorded);
      const listed = (await get('plans?limit=100')).body.items.find(({ id }: { id: string }) => id === plan);
      expect(listed.decisions[0]).toEqual(told);
      const { before: _before, ...first } = (await get(`decisions/${recorded.eventId}`)).body.corrections[0];
      expect(first).toMatchObject({ decided, reason: 'Fel paragraf', role: 'controller' });
      const held = {
        until: '2027-12-01',
        reason: 'Väntar',
        effectiveOn: '2027-11-01',
        decision: { ...decided, paragraph: '§ 1' },
        // The plan ends before.
        confirm: ['day-in-plan'],
      };
      const revised = await post(`items/${item}/hold`, tokens.controller, held);
      expect(revised.body).toMatchObject({ recorded: ['ItemHeld'] });
      const entryOf = async (query = '') =>
        (await get(`items/${item}/history?limit=500&waitFor=${revised.body.position}${query}`)).body.items.at(-1);
      const entry = await entryOf();
      expect(entry).toMatchObject({ type: 'ItemHeld', decision: { paragraph: '§ 1' } });
      const ofItem = { category: 'item', subjectId: item, decided: { ...decided, paragraph: '§ 2' }, reason: 'Fel' };
      await settled(await post(`decisions/${entry.eventId}/correct`, tokens.controller, ofItem));
      expect(await entryOf()).toMatchObject({ decision: { paragraph: '§ 2' }, decisionCorrected: true });
      expect((await entryOf(`&knownAt=${entry.recordedAt}`)).decision).toMatchObject({ paragraph: '§ 1' });
      const changes = (await get(`plans/${plan}/changes?from=${from}&to=2099-01-01&limit=500`)).body.items;
      const ofDecisions = changes.filter(({ type }: { type: string }) => type === 'DecisionCorrected');
      expect(ofDecisions).toMatchObject([
        { subject: { category: 'decision', id: recorded.eventId }, about: { reason: 'Fel paragraf' } },
        { summary: expect.stringMatching(/^Ett beslut rättades till .+ 2024-12-19 § 2: Fel$/) },
      ]);
      expect(changes.find(({ eventId }: { eventId: string }) => eventId === entry.eventId)).toMatchObject({
        decision: { paragraph: '§ 2' },
      });
    });

    it('an indicator and its retirement', async () => {
      const definition = {
        key: 'tagen-tillbaka',
        name: 'Tagen tillbaka',
        ownerId: amn,
        measure: { unit: 'antal', kind: 'count' },
        direction: 'increase',
        source: 'Egen uppföljning',
        splitBySex: false,
        itemIds: [item],
        effectiveOn: '2025-01-01',
      };
      const made = await post(`plans/${plan}/indicators`, tokens.controller, definition);
      expect(made.status).toBe(201);
      const url = `indicators/${made.body.id}`;
      expect((await post(`${url}/resume`, tokens.controller, { reason })).body.rule).toBe('indicator-retired');
      await post(`${url}/retire`, tokens.controller, { reason, effectiveOn: '2025-06-01' });
      const resumed = await post(`${url}/resume`, tokens.controller, { reason });
      expect(resumed.body).toMatchObject({ recorded: ['IndicatorRetirementCancelled'] });
      expect((await get(`${url}?asOf=2025-07-01`)).body.retired).toBeUndefined();
      const { effectiveOn: _begun, key: _key, ...redefined } = definition;
      const anew = { ...redefined, comparison: null, reason };
      await post(`${url}/redefine`, tokens.controller, { ...anew, source: 'SBC', effectiveOn: '2025-02-01' });
      await post(`${url}/values`, tokens.controller, {
        period: '2024',
        total: { value: '7' },
        effectiveOn: '2025-02-02',
      });
      const target = { target: { direction: 'increase' }, effectiveOn: '2025-02-03' };
      await settled(await post(`${url}/targets`, tokens.controller, target));
      const told = (await get(url)).body;
      const [, second] = told.definitions;
      const corrected = { ...anew, source: 'SCB', corrects: second.eventId };
      expect((await post(`${url}/redefine`, tokens.controller, corrected)).body).toMatchObject({
        recorded: ['IndicatorRedefined'],
      });
      const value = { period: '2024', total: { value: '8' }, reason };
      await post(`${url}/values/corrections`, tokens.controller, value);
      // Each is told of the day of what it corrects.
      expect((await get(`${url}?asOf=2025-02-02`)).body).toMatchObject({
        source: 'SCB',
        version: 2,
        series: [{ total: { value: '8' } }],
      });
      const back = (eventId: string) => post(`${url}/changes/${eventId}/cancel`, tokens.controller, { reason });
      expect((await back(second.eventId)).body.rule).toBe('corrected-stands');
      expect((await back((await get(url)).body.definitions[1].eventId)).body.rule).toBe('nothing-rests-on-it');
      await back(told.series[0].eventId);
      await back(told.target.eventId);
      const last = await back((await get(url)).body.definitions[1].eventId);
      expect(last.body).toMatchObject({ recorded: ['IndicatorChangeCancelled'] });
      await settled(last);
      const left = (await get(`${url}?asOf=2025-02-03`)).body;
      expect(left).toMatchObject({ source: 'Egen uppföljning', version: 1, series: [] });
      expect(left).not.toHaveProperty('target');
      const changes = (await get(`plans/${plan}/changes?from=2020-01-01&to=2100-01-01&limit=500`)).body.items;
      expect(changes.map(({ summary }: { summary: string }) => summary)).toEqual(
        expect.arrayContaining([
          'Rättelse: Indikatorn definierades om: Registrerades fel',
          'Värdet för 2024 togs tillbaka: Registrerades fel',
          'Målet för indikatorn togs tillbaka: Registrerades fel',
          'En ny definition av indikatorn togs tillbaka: Registrerades fel',
        ]),
      );
      const cancelled = await post(`${url}/cancel`, tokens.controller, { reason });
      expect(cancelled.body).toMatchObject({ recorded: ['IndicatorCancelled'] });
      await settled(cancelled);
      expect((await get(url)).body).toMatchObject({ status: 'cancelled', cancelled: { reason } });
      const listed = async (query = '') =>
        (await get(`plans/${plan}/indicators?limit=500${query}`)).body.items.map(({ id }: { id: string }) => id);
      expect(await listed()).not.toContain(made.body.id);
      expect(await listed('&asOf=2025-03-01')).not.toContain(made.body.id);
      const again = await post(`plans/${plan}/indicators`, tokens.controller, { ...definition, name: 'Rätt' });
      expect(again).toMatchObject({ status: 201, body: { id: made.body.id } });
      await settled(again);
      expect(await listed()).toContain(made.body.id);
    });

    it('a group, its name and who belonged to it', async () => {
      const made = await post('groups', tokens.controller, {
        name: 'Alla nämder',
        members: [ks],
        effectiveOn: '2025-01-01',
      });
      const url = `groups/${made.body.id}`;
      await post(`${url}/correct`, tokens.controller, { name: 'Alla nämnder', reason });
      const changed = await post(`${url}/members`, tokens.controller, { members: [amn], effectiveOn: '2025-06-01' });
      const told = (await get(`${url}?asOf=2025-07-01&waitFor=${changed.body.position}`)).body;
      expect(told).toMatchObject({ name: 'Alla nämnder', asOf: '2025-07-01', members: [{ id: amn }] });
      const found = async (query: string) => {
        const { items: groups, match } = (await get(`groups?text=${query}`)).body;
        return [groups.some(({ id }: { id: string }) => id === made.body.id), match];
      };
      expect(await found('ALLA+NÄMNDER')).toEqual([true, 'letters']);
      expect(await found('alla+namnder')).toEqual([false, 'letters']);
      expect(await found('allanamnder&match=forgiving')).toEqual([true, 'forgiving']);
      const cancelled = await post(`${url}/changes/${told.memberships[1].id}/cancel`, tokens.controller, { reason });
      await settled(cancelled);
      expect((await get(`${url}?asOf=2025-07-01`)).body).toMatchObject({ members: [{ id: ks }] });
      const { items } = (await get(`${url}/history`)).body;
      const knownAt = items[2].recordedAt as string;
      expect((await get(`${url}?asOf=2025-07-01&knownAt=${knownAt}`)).body).toMatchObject({ members: [{ id: amn }] });
      expect((await get(`groups?asOf=2025-07-01&knownAt=${knownAt}`)).body).toMatchObject({ knownAt });
      await settled(await post(`${url}/cancel`, tokens.controller, { reason }));
      expect((await get('groups?limit=500')).body.items.map(({ id }: { id: string }) => id)).not.toContain(
        made.body.id,
      );
      expect((await get(url)).body).toMatchObject({ cancelled: { reason } });
    });
  });

  describe('takes a decision by which a body ends', () => {
    const from = '2025-07-01';
    const registered = async (name: string) => {
      const made = await post('bodies', tokens.controller, { name, kind: 'board', effectiveOn: '2024-01-01' });
      return { id: made.body.id as string, reporter: await system.token('reporter', { body: made.body.id }) };
    };
    const opened = async (kind: string, referenceDate: string) => {
      const content = { kind, year: 2025, label: kind, referenceDate, deadline: referenceDate, scope: ['uppdrag'] };
      const made = await post(`plans/${plan}/rounds`, tokens.controller, {
        ...content,
        confirm: ['reference-of-kind'],
      });
      expect(made.status).toBe(201);
      return made.body.id as string;
    };
    const seen = async (url: string) => {
      const head = await system.stores.eventStore.head();
      return (await get(`${url}${url.includes('?') ? '&' : '?'}waitFor=${head}`)).body;
    };

    it('after which those that take over answer, and are asked, from the day on', async () => {
      const [ending, taker, other] = (await Promise.all(
        ['Äldre nämnden', 'Nya nämnden', 'Andra nämnden'].map(registered),
      )) as [{ id: string; reporter: string }, { id: string; reporter: string }, { id: string; reporter: string }];
      const content = { kind: 'uppdrag', number: '950', title: 'Övertas', responsible: [ending.id] };
      const adopted = await post(`plans/${plan}/items`, tokens.controller, { ...content, effectiveOn: '2025-01-01' });
      const item = adopted.body.id as string;
      const [before, after] = [await opened('fore', '2025-06-30'), await opened('efter', '2025-10-31')];
      const assess = (roundId: string, bodyId: string, token: string) => {
        const said = { roundId, bodyId, level: 'on-track', motivation: `Sagt ${newId()}` };
        return post(`items/${item}/assessments`, token, said);
      };
      const made = await assess(before, ending.id, ending.reporter);
      expect(made.status).toBe(200);
      const { assessmentId } = made.body;

      const asked = { bodyId: ending.id, effectiveOn: from, comment: 'Nämnderna slås samman' };
      const split = { ...asked, kind: 'split', successors: [taker.id, other.id] };
      await seen('plans');
      const head = await system.stores.eventStore.head();
      const preview = await post('reorganisations/preview', tokens.controller, split);
      expect(preview).toMatchObject({
        status: 200,
        body: {
          effectiveOn: from,
          changes: [{ category: 'item', id: item, property: 'responsible', effectiveOn: from, before: [ending.id] }],
          faults: [{ field: `item:${item}`, code: 'successor-named' }],
        },
      });
      expect(preview.body.rounds).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ roundId: before, asks: [ending.id] }),
          expect.objectContaining({ roundId: after, asks: [taker.id, other.id] }),
        ]),
      );
      const refused = await post('reorganisations', tokens.controller, split, { 'accept-language': 'sv' });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'reorganisation-refused', faults: [{ message: 'Ingen är angiven som tar över Övertas' }] },
      });
      expect(await system.stores.eventStore.head()).toBe(head);

      const headers = { 'Idempotency-Key': newId() };
      const merge = { ...asked, kind: 'merged', successors: [taker.id] };
      const taken = await post('reorganisations', tokens.controller, merge, headers);
      expect(taken).toMatchObject({
        status: 201,
        body: { recorded: ['ReorganisationDecided'], isCarriedOut: true, undone: 0 },
      });
      expect((await post('reorganisations', tokens.controller, merge, headers)).body).toEqual(taken.body);
      const { reorganisationId } = taken.body;

      const answering = async (asOf: string) => (await seen(`items/${item}?asOf=${asOf}`)).responsible;
      expect(await answering('2025-06-30')).toMatchObject([{ id: ending.id }]);
      expect(await answering(from)).toMatchObject([{ id: taker.id }]);
      expect(await seen(`bodies/${ending.id}`)).toMatchObject({ dissolvedOn: from, successors: [taker.id] });
      const asks = async (roundId: string, bodyId: string) =>
        (await seen(`rounds/${roundId}/coverage?bodyId=${bodyId}`)).items.flatMap(
          ({ entries }: { entries: { itemId: string }[] }) => entries.map(({ itemId }) => itemId),
        );
      expect(await asks(before, ending.id)).toEqual([item]);
      expect(await asks(before, taker.id)).toEqual([]);
      expect(await asks(after, ending.id)).toEqual([]);
      expect(await asks(after, taker.id)).toEqual([item]);

      // What was due before stays the old body's, and who took over says that for it.
      const correct = (token: string) => {
        const said = { motivation: `Rättat ${newId()}`, reason: 'Fel' };
        return post(`items/${item}/assessments/${assessmentId}/corrections`, token, said);
      };
      expect((await correct(ending.reporter)).status).toBe(200);
      expect((await correct(taker.reporter)).status).toBe(200);
      expect((await correct(other.reporter)).status).toBe(403);
      expect((await assess(before, ending.id, taker.reporter)).status).toBe(200);
      expect((await assess(after, ending.id, ending.reporter)).body).toMatchObject({ rule: 'body-not-dissolved' });
      expect((await assess(after, taker.id, ending.reporter)).status).toBe(403);
      const since = await assess(after, taker.id, taker.reporter);
      expect(since.status).toBe(200);

      const shown = await seen(`reorganisations/${reorganisationId}`);
      expect(shown).toMatchObject({ kind: 'merged', bodyId: ending.id, effectiveOn: from, isCarriedOut: true });
      expect(shown.steps).toMatchObject([
        { category: 'item', id: item, command: 'HandOverItem', state: 'done' },
        { category: 'body', id: ending.id, command: 'DissolveBody', state: 'done' },
      ]);
      const reason = 'Beslutet upphävdes';
      const revoke = () => post(`reorganisations/${reorganisationId}/revoke`, tokens.controller, { reason });
      expect(await revoke()).toMatchObject({ status: 409, body: { rule: 'nothing-rests-on-it' } });
      const withdrawal = `items/${item}/assessments/${since.body.assessmentId}/withdrawal`;
      expect((await post(withdrawal, taker.reporter, { reason })).status).toBe(200);
      expect(await revoke()).toMatchObject({ status: 200, body: { recorded: ['ReorganisationRevoked'], undone: 0 } });
      expect(await answering(from)).toMatchObject([{ id: ending.id }]);
      expect(await seen(`bodies/${ending.id}`)).not.toHaveProperty('dissolvedOn');
      expect((await seen('reorganisations')).items).toMatchObject([
        { revokes: reorganisationId, reason, isCarriedOut: true },
        { id: reorganisationId, revokedBy: expect.any(String) },
      ]);
      expect((await correct(taker.reporter)).status).toBe(403);
    });
  });

  describe('knows who asks', () => {
    const written: readonly [url: string, body: unknown, permitted: readonly Role[]][] = [
      ['bodies', { name: 'Nämnd', kind: 'board' }, ['controller', 'administrator']],
      [`bodies/${ks}/rename`, { name: 'Kommunstyrelsen' }, ['controller', 'administrator']],
      [`bodies/${ks}/aliases`, { alias: 'KS' }, ['controller', 'administrator']],
      [`bodies/${newId()}/dissolve`, {}, ['controller', 'administrator']],
      [`bodies/${newId()}/correct`, {}, ['controller', 'administrator']],
      [`bodies/${newId()}/cancel`, {}, ['controller', 'administrator']],
      [`bodies/${ks}/aliases/${newId()}/amend`, {}, ['controller', 'administrator']],
      [`bodies/${ks}/changes/${newId()}/cancel`, {}, ['controller', 'administrator']],
      ['groups', { name: 'Grupp', members: [ks] }, ['controller', 'administrator']],
      [`groups/${newId()}/members`, { members: [ks] }, ['controller', 'administrator']],
      [`groups/${newId()}/correct`, {}, ['controller', 'administrator']],
      [`decisions/${newId()}/correct`, {}, ['controller', 'administrator']],
      [`groups/${newId()}/cancel`, {}, ['controller', 'administrator']],
      [`groups/${newId()}/changes/${newId()}/cancel`, {}, ['controller', 'administrator']],
      ['scales', { name: 'Skala', levels: [] }, ['controller', 'administrator']],
      [`scales/${newId()}/versions`, { levels: [] }, ['controller', 'administrator']],
      ['plans', {}, ['controller']],
      [`plans/${plan}/amendments`, {}, ['controller']],
      [`plans/${plan}/items`, { kind: 'okänd', title: 'x' }, ['controller']],
      [`plans/${plan}/revisions`, { steps: [] }, ['controller']],
      [`plans/${plan}/revisions/preview`, { steps: [] }, ['controller']],
      ['reorganisations', {}, ['controller']],
      ['reorganisations/preview', {}, ['controller']],
      [`reorganisations/${newId()}/revoke`, {}, ['controller']],
      ...[
        'reword',
        'renumber',
        'move',
        'concerned',
        'responsible',
        'retain',
        'complete',
        'discontinue',
        'successors',
        'answers-to',
        'hold',
        'resume',
        'retractions',
      ].map((word): [string, unknown, Role[]] => [`items/${newId()}/${word}`, {}, ['controller']]),
      [`items/${newId()}/assessments`, {}, ['reporter', 'controller']],
      [`items/${newId()}/assessments/${newId()}/corrections`, {}, ['reporter', 'controller']],
      [`items/${newId()}/assessments/${newId()}/withdrawal`, {}, ['reporter', 'controller']],
      [`items/${newId()}/assessments/${newId()}/reinstatement`, {}, ['reporter', 'controller']],
      [`plans/${plan}/rounds`, {}, ['controller']],
      [`plans/${plan}/rounds/plan`, {}, ['controller']],
      ...['open', 'amend', 'cancel', 'extend', 'recall-extension', 'remind', 'freeze', 'reissue', 'decide'].map(
        (word): [string, unknown, Role[]] => [`rounds/${newId()}/${word}`, {}, ['controller']],
      ),
      [`rounds/${newId()}/ready`, {}, ['reporter', 'controller']],
      [`rounds/${newId()}/recall-ready`, {}, ['reporter', 'controller']],
      [`plans/${newId()}/cancel`, {}, ['controller']],
      [`items/${newId()}/cancel`, {}, ['controller']],
      [`plans/${plan}/indicators`, {}, ['controller']],
      [`indicators/${newId()}/redefine`, {}, ['controller']],
      [`indicators/${newId()}/values`, {}, ['reporter', 'controller']],
      [`indicators/${newId()}/values/corrections`, {}, ['reporter', 'controller']],
      ['assessments', { rows: [{}] }, ['reporter', 'controller']],
      ['indicator-values', { rows: [{}] }, ['reporter', 'controller']],
      [`indicators/${newId()}/targets`, {}, ['controller']],
      [`indicators/${newId()}/retire`, {}, ['controller']],
      [`indicators/${newId()}/resume`, {}, ['controller']],
      [`indicators/${newId()}/cancel`, {}, ['controller']],
      [`indicators/${newId()}/changes/${newId()}/cancel`, {}, ['controller']],
      ['imports', 'sparbar: 1', ['controller']],
      [`loads/${newId()}/take-back`, { reason: 'Fel' }, ['controller']],
      [`loads/${newId()}/take-back/preview`, { reason: 'Fel' }, ['controller']],
      ['log/accept', { reason: 'Därför' }, ['administrator']],
      ['jobs/none/retry', undefined, ['controller', 'administrator']],
      ['projections/none/rebuild', undefined, ['administrator']],
      ['projections/none/retry', undefined, ['administrator']],
      ['projections/none/skip', { reason: 'Därför' }, ['administrator']],
      ['projections/none/verify', undefined, ['administrator', 'auditor']],
    ];

    it.each(written)('POST %s', async (url, body, permitted) => {
      for (const role of roles) {
        const { status } = await post(
          url,
          tokens[role],
          body,
          typeof body === 'string' ? { 'content-type': 'application/yaml' } : {},
        );
        if (permitted.includes(role)) expect([200, 201, 400, 404, 409]).toContain(status);
        else expect(status).toBe(403);
      }
      expect((await post(url, undefined, body)).status).toBe(401);
    });

    it('and tests every route that takes a command', async () => {
      const { body } = await get('openapi.json');
      const posts = Object.entries(body.paths as Record<string, { post?: object }>).filter(
        ([, { post: takes }]) => takes,
      );
      const tested = new Set(written.map(([url]) => `/v1/${url.replace(/[0-9a-f-]{36}/g, '*').replace('none', '*')}`));
      const untested = posts.map(([path]) => path.replace(/\{\w+\}/g, '*')).filter((path) => !tested.has(path));
      expect(untested).toEqual([]);
      // What the command line asks for is there.
      const asked = mendings.map(({ path }) => `/v1/${path.replaceAll('{}', '*')}`);
      expect(asked.filter((path) => !tested.has(path))).toEqual([]);
    });

    it('and takes a form of nothing for nothing, on every route', async () => {
      for (const [url, body] of written) {
        const without = await post(url, tokens.administrator, undefined);
        for (const framing of [[], ['Content-Length: 0'], ['Transfer-Encoding: chunked']]) {
          const status = await rawStatus(await system.app.getUrl(), [
            `POST /v1/${url} HTTP/1.1`,
            'Host: localhost',
            'Connection: close',
            `Authorization: Bearer ${tokens.administrator}`,
            'Content-Type: application/json; charset=utf-8',
            ...framing,
            '',
            framing.includes('Transfer-Encoding: chunked') ? '0\r\n\r\n' : '',
          ]);
          expect([url, framing, status]).toEqual([url, framing, without.status]);
        }
        if (body === undefined) expect([200, 202, 403, 404]).toContain(without.status);
      }
    });

    it('lets every role read, and no one without a token', async () => {
      const job = await jobThatEnded();
      const { body } = await get('openapi.json');
      const readable = Object.entries(body.paths as Record<string, { get?: { security?: object[] } }>)
        .filter(([, { get: reads }]) => reads && reads.security?.length !== 0)
        .map(([path]) => path);
      expect(readable.length).toBeGreaterThan(10);
      for (const path of readable) {
        const url = path
          .replace('/v1/', '')
          .replace('{planId}', plan)
          .replace('{itemId}', item)
          .replace('{indicatorId}', indicator)
          .replace('{roundId}', round)
          .replace('{bodyId}', amn)
          .replace('{scaleId}', scale)
          .replace('{jobId}', job)
          .replace('{revisionId}', newId())
          .replace('{reorganisationId}', newId())
          .replace('{loadId}', newId())
          .replace('{groupId}', newId())
          .replace('{eventId}', newId())
          .replace('{snapshotId}', newId());
        const newer = url.includes('/appendix') ? `?newer=${plan}` : '';
        const query = url.endsWith('/changes') ? '?from=2025-01-01&to=2025-12-31' : newer;
        for (const role of roles) {
          const { status } = await get(url + query, tokens[role]);
          const kept = /^(projections|jobs|log)/.test(url) && (role === 'reader' || role === 'reporter');
          const missing = /^groups\/|^decisions\/|^snapshots\/|\/revisions\/.|^(reorganisations|loads)\/./.test(url);
          expect([url, role, status]).toEqual([url, role, kept ? 403 : missing ? 404 : 200]);
        }
        expect((await system.request('GET', `/v1/${url}${query}`)).status).toBe(401);
      }
    });

    it('lets a reporter assess for its own body, and for no other', async () => {
      const judged = (bodyId: string) => ({
        roundId: round,
        bodyId,
        level: 'on-track',
        motivation: `Sagt av ${bodyId}`,
      });
      const made = await post(`items/${item}/assessments`, tokens.controller, judged(ks));
      const head = await system.stores.eventStore.head();
      expect((await post(`items/${item}/assessments`, tokens.reporter, judged(ks))).status).toBe(403);
      const url = `items/${item}/assessments/${made.body.assessmentId}`;
      expect((await post(`${url}/corrections`, tokens.reporter, { level: 'delayed', reason: 'x' })).status).toBe(403);
      expect((await post(`${url}/withdrawal`, tokens.reporter, { reason: 'x' })).status).toBe(403);
      expect(await system.stores.eventStore.head()).toBe(head);
      expect((await post(`items/${item}/assessments`, tokens.reporter, judged(amn))).status).toBe(200);
      const foreign = await system.token('reporter', { body: ks });
      expect(
        (await post(`indicators/${indicator}/values`, foreign, { period: '2026', total: { value: '1' } })).status,
      ).toBe(403);
      expect(
        (await post(`indicators/${indicator}/values`, tokens.reporter, { period: '2026', total: { value: '5800' } }))
          .status,
      ).toBe(200);
    });

    it('shows a tenant nothing of another', async () => {
      const other = await system.token('auditor', { of: 'umea' });
      expect((await get('bodies', other)).body.items).toEqual([]);
      expect((await get(`items/${item}`, other)).status).toBe(404);
      expect((await get(`items/${item}?asOf=2025-06-01`, other)).status).toBe(404);
      expect((await get(`plans/${plan}/overview`, other)).status).toBe(404);
      const controller = await system.token('controller', { of: 'umea' });
      expect((await post(`items/${item}/reword`, controller, { title: 'x' })).status).toBe(404);
    });

    it.each<[string, () => Promise<string | undefined>]>([
      ['none', async () => undefined],
      ['one that has run out', () => system.sign({ tenant, role: 'auditor' }, 'a', '-1m')],
      [
        'one that another key signed',
        async () => system.sign({ tenant, role: 'auditor' }, 'a', '5m', (await generateKeyPair('ES256')).privateKey),
      ],
      ['one that nobody signed', async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"a"}')}.`.replace(/=/g, '')],
      ['one with an unknown role', () => system.sign({ tenant, role: 'king' })],
      ['one without a tenant', () => system.sign({ role: 'auditor' })],
      ['a reporter without a body', () => system.sign({ tenant, role: 'reporter' })],
    ])('refuses a token: %s', async (_, token) => {
      const answer = await system.request('GET', '/v1/bodies', await token());
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });
  });

  describe('survives bad input', () => {
    const bad: readonly unknown[] = [
      null,
      'text',
      7,
      true,
      [],
      [[]],
      {},
      { title: null },
      { title: '' },
      { title: '   ' },
      { title: 'a\u0000b' },
      { title: '\ud800' },
      { title: 'x'.repeat(30_000) },
      { title: { $ne: 1 } },
      { level: [] },
      { evidence: [null] },
      { evidence: [{}] },
      { evidence: 'x' },
      { evidence: [{ note: 'a', itemId: item }] },
      { bodyId: 'x' },
      { concerned: { bodies: [amn], groupId: amn } },
      { concerned: 7 },
      { members: [amn, amn] },
      { levels: [null] },
      { parents: [null] },
      { effectiveOn: '2025-02-30' },
      { decision: {} },
      { decision: 'x' },
      { total: { value: '1,5' } },
      { total: { value: '1', gap: 'not-measured' } },
      { total: null },
      { total: { value: 1e300 } },
      { target: { atMost: '1' } },
      { target: { direction: 'increase', by: '2026-01-01' } },
      { period: '2025-13' },
      { __proto__: 1, constructor: 2 },
      { kinds: [{}] },
      { validity: { from: 'x' } },
      { scale: [] },
      { owner: null },
      { calendar: {} },
      { documents: [7] },
      { schedule: { remindsOn: ['2025-02-30'] } },
      { override: 7 },
    ];

    /** What is no object, each that speaks of a property that there is, and one that speaks of all that there are not. */
    const badFor = (known: readonly string[]): unknown[] => {
      const speaksOf = (input: unknown) =>
        typeof input !== 'object' || Array.isArray(input) ? [] : Object.keys(input ?? {});
      const isForeign = (input: unknown) =>
        speaksOf(input).length > 0 && !speaksOf(input).some((name) => known.includes(name));
      return [...bad.filter((input) => !isForeign(input)), Object.assign({}, ...bad.filter(isForeign))];
    };

    /** The properties of the bodies that a route is described to take. */
    const propertiesIn = (document: any, route: any): string[] => {
      const { $ref = '' } = route.requestBody?.content?.['application/json']?.schema ?? {};
      return Object.keys(document.components.schemas[$ref.split('/').at(-1)]?.properties ?? {});
    };

    it('on every route that takes a command: never a 500, never a trace', async () => {
      const { body } = await get('openapi.json');
      const routes = Object.entries(body.paths as Record<string, { post?: object }>).flatMap(
        ([path, { post: takes }]) => (takes ? [[path, propertiesIn(body, takes)] as const] : []),
      );
      expect(new Set(routes.flatMap(([, known]) => known)).size).toBeGreaterThan(50);
      const head = await system.stores.eventStore.head();
      for (const [path, known] of routes.filter(([route]) => !route.includes('/projections/'))) {
        const url = path
          .replace('/v1/', '')
          .replace('{planId}', plan)
          .replace('{itemId}', item)
          .replace('{indicatorId}', indicator)
          .replace('{bodyId}', newId())
          .replace(/\{\w+\}/g, newId());
        // A word that ends or keeps an item asks for nothing more than itself.
        if (/\/(retain|complete|reword)$/.test(url)) continue;
        for (const input of badFor(known)) {
          const { body: problem, status } = await post(url, tokens.controller, input);
          expect([url, JSON.stringify(input)?.slice(0, 80), status < 500 ? 'told' : problem]).toEqual([
            url,
            JSON.stringify(input)?.slice(0, 80),
            'told',
          ]);
        }
      }
      const after = await system.stores.eventStore.readAll({ after: head, limit: 10 });
      expect(after.map(({ data, type }) => ({ type, data }))).toEqual([]);
    }, 180_000);

    it.each(['a\u0000b', 'half \ud800', '   '])('and takes no text that cannot be kept: %j', async (name) => {
      expect((await post('bodies', tokens.controller, { name, kind: 'board' })).status).toBe(400);
    });

    it('and lists every fault of a request at once', async () => {
      const { body, status } = await post(`items/${item}/assessments`, tokens.controller, {
        bodyId: 'x',
        level: 'Not A Code',
        evidence: [{ note: 'a', itemId: item }, { itemId: 'x' }],
        extra: 1,
      });
      expect(status).toBe(400);
      const fields = body.faults.map(({ field }: { field: string }) => field);
      expect(fields).toEqual(
        expect.arrayContaining(['roundId', 'bodyId', 'level', 'motivation', 'evidence', 'evidence[1].itemId', 'extra']),
      );
    });

    it.each([
      'items/x',
      'items/x/history',
      `items/${item}?asOf=yesterday`,
      `items/${item}?knownAt=2025-13-01`,
      `plans/${plan}/items?limit=0`,
      `plans/${plan}/items?limit=501`,
      `plans/${plan}/items?offset=-1`,
      `plans/${plan}/changes`,
      `plans/${plan}/changes?from=2025-02-01&to=2025-01-01`,
      `rounds/${round}/coverage?bodyId=x`,
      `bodies?waitFor=7`,
      `bodies?kind=x`,
      `bodies?unknown=1`,
    ])('answers GET %s with what would be right', async (url) => {
      const { body, status } = await get(url);
      expect(status).toBe(400);
      expect(body.faults.length).toBeGreaterThan(0);
    });

    it('and says what it does not take', async () => {
      expect((await post('bodies', tokens.controller, '{bad', { 'content-type': 'application/json' })).status).toBe(
        400,
      );
      expect((await post('bodies', tokens.controller, '<a/>', { 'content-type': 'text/xml' })).status).toBe(415);
      expect((await get('nowhere')).status).toBe(404);
      expect((await get(`items/${newId()}`)).status).toBe(404);
      const file = await post('imports', tokens.controller, 'sparbar: 1\nplan: 7\nbodie: []\n', {
        'content-type': 'application/yaml',
      });
      expect(file).toMatchObject({ status: 400, body: { type: 'urn:sparbar:problem:plan-file-faults' } });
      expect(file.body.faults.length).toBeGreaterThan(1);
      expect(file.body.faults[0].line).toBeGreaterThan(0);
    });
  });

  describe('is described', () => {
    it("by an OpenAPI document that keeps to DIGG's rules", async () => {
      const { body } = await system.request('GET', '/v1/openapi.json');
      expect(body.openapi).toMatch(/^3\./);
      expect(body.info).toMatchObject({
        title: 'Spårbar',
        license: { name: 'EUPL-1.2' },
        contact: { email: expect.any(String) },
      });
      expect(body.info.description).toContain('Known limitations');
      for (const [path, operations] of Object.entries(body.paths as Record<string, Record<string, any>>)) {
        expect(path).toMatch(/^\/v1(\/[a-z0-9]+(-[a-z0-9]+)*|\/\{[a-zA-Z]+\})+$/);
        for (const [method, operation] of Object.entries(operations)) {
          const where = `${method} ${path}`;
          expect([where, Boolean(operation.summary), operation.tags?.length]).toEqual([where, true, 1]);
          if (operation.security?.length === 0) continue;
          expect([where, Boolean(operation.responses['401'])]).toEqual([where, true]);
          for (const [status, response] of Object.entries(operation.responses as Record<string, any>)) {
            if (Number(status) >= 400)
              expect([where, Object.keys(response.content)]).toEqual([where, ['application/problem+json']]);
          }
          for (const { in: place, name } of operation.parameters ?? []) {
            if (place === 'query') expect(name).toMatch(/^[a-z][a-zA-Z]*$/);
          }
        }
      }
      for (const [name, schema] of Object.entries(body.components.schemas as Record<string, any>)) {
        const properties: Record<string, any> = schema.properties ?? {};
        for (const [property, { description, example, ...rest }] of Object.entries(properties)) {
          expect(property).toMatch(/^[a-z][a-zA-Z0-9]*$/);
          expect([name, property, Boolean(description ?? example ?? rest.$ref)]).toEqual([name, property, true]);
        }
      }
    });

    it('and tells which API it is, and how it stands, to anyone', async () => {
      expect((await system.request('GET', '/v1/api-info')).body).toMatchObject({
        apiName: 'Spårbar',
        apiStatus: 'active',
      });
      expect((await system.request('GET', '/health/live')).status).toBe(200);
      expect((await system.request('GET', '/health/ready')).status).toBe(200);
      expect((await system.request('GET', '/health/projections')).body.length).toBeGreaterThan(5);
    });
  });
});

/** The status that a server answers to a request as it is written, which no client would send so. */
async function rawStatus(url: string, lines: readonly string[]): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(10_000, () => socket.destroy(new Error('No answer came')));
  socket.write(lines.join('\r\n'));
  let answer = '';
  for await (const part of socket) answer += String(part);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}
