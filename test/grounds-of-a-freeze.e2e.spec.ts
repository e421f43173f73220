import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sparbar } from '#command-line';
import { idOf, newId, streamName } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf, organisationIdOf } from '#organisation';
import { itemIdOf, planIdOf, RevisionProcess } from '#planning';
import { ReorganisationProcess } from '#reorganising';
import { roundIdOf } from '#rounds';
import { RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'uppsala-fokusmal-4');
const round = roundIdOf(tenant, plan, 'april-2024');
const item = itemIdOf(tenant, plan, 'uppdrag-21');

describe('What a freeze rests on', () => {
  let system: RunningSystem;
  let controller: string;

  beforeEach(async () => {
    system = await RunningSystem.start();
    controller = await system.token('controller');
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml');
    const about = {
      kind: 'april',
      key: 'april-2024',
      year: 2024,
      label: 'April',
      referenceDate: '2024-03-31',
      deadline: '2024-04-30',
    };
    expect((await post(`plans/${plan}/rounds`, { ...about, scope: ['uppdrag'] })).status).toBe(201);
  });
  afterEach(() => system.stop());

  const post = (url: string, body: unknown) => system.request('POST', `/v1/${url}`, controller, body);
  const freeze = () => post(`rounds/${round}/freeze`, { override: 'Nämnderna svarar muntligt' });
  const frozen = async () =>
    (await system.stores.eventStore.readStream(streamName(tenant, 'round', round))).filter(
      ({ type }) => type === 'RoundFrozen',
    ).length;
  const states = async () => {
    const { body } = await system.request('GET', '/v1/projections', await system.token('administrator'));
    return new Map((body.items as { name: string; state: string }[]).map(({ name, state }) => [name, state]));
  };

  /** The same of a decision by which a body ends. */
  async function reorganised(): Promise<void> {
    const [organisationId, reorganisationId, bodyId] = [organisationIdOf(tenant), newId(), bodyIdOf(tenant, 'ks')];
    const steps = [{ category: 'body', id: bodyId, command: 'DissolveBody', data: { successors: [] } }];
    const data = { organisationId, reorganisationId, kind: 'dissolved', bodyId, successors: [], steps };
    const [known] = await system.stores.eventStore.readAll({ tenant, limit: 1 });
    const actor = { id: 'c', role: 'controller' as const };
    const metadata = { ...known!.metadata, actor, schema: 1, effectiveOn: '2026-01-01' };
    const decided = { id: newId(), type: 'ReorganisationDecided', data, metadata };
    const stream = streamName(tenant, 'organisation', organisationId);
    const { position } = await system.stores.eventStore.append(stream, [decided], 'no-stream');
    const reorganisationUnderWay = { reorganisationId, effectiveOn: '2026-01-01', steps: 1, lacking: 1 };
    for (const url of [`plans/${plan}`, `plans/${plan}/overview`, `plans/${plan}/items`, `items/${item}`]) {
      const { body } = await system.request('GET', `/v1/${url}?waitFor=${position}`, controller);
      expect(body).toMatchObject({ reorganisationUnderWay });
    }
    for (const words of [['status', 'uppsala-fokusmal-4'], ['replay', item], ['reorganisations']]) {
      expect((await sparbarTells(words)).text).toContain('nder genomförande');
    }
    expect(await freeze()).toMatchObject({
      status: 409,
      body: { rule: 'reorganisation-under-way', params: { reorganisation: reorganisationId } },
    });
    await system.app.get(ReorganisationProcess, { strict: false }).carryOut({ tenant, at: 0 });
    expect(await frozen()).toBe(0);
  }

  async function revisedFromAFile(): Promise<void> {
    const file = join(system.folder, 'revision.json');
    const reword = (itemId: string) => ({ command: 'RewordItem', itemId, asked: { title: 'Nyare' } });
    await writeFile(file, JSON.stringify({ effectiveOn: '2026-01-01', steps: [reword(item), reword(newId())] }));
    const refused = await sparbarTells(['revise', plan, file, '--preview']);
    expect(refused).toMatchObject({ code: 4, text: expect.stringMatching(/Nytt +Nyare[^]*steps\[1\]/) });
    await writeFile(file, JSON.stringify({ effectiveOn: '2026-01-01', steps: [reword(item)] }));
    expect(await sparbarTells(['revise', plan, file])).toMatchObject({
      code: 0,
      text: expect.stringMatching(/Genomförd$/),
    });
  }
  const sparbarTells = async (words: readonly string[]) => {
    const lines: string[] = [];
    let code = 0;
    const program = sparbar(
      (line) => lines.push(line),
      (ended) => (code = ended),
    );
    await program.parseAsync(['--url', await system.app.getUrl(), '--token', controller, ...words], { from: 'user' });
    return { code, text: lines.join('\n') };
  };

  /** An event that no version of the code has recorded, and that parks those projections that take its type. */
  async function poison(type: string, category: string): Promise<void> {
    const id = newId();
    const { metadata } = (await system.stores.eventStore.readAll({ tenant, limit: 1 }))[0]!;
    const event = { id, type, data: {}, metadata: { ...metadata, commandId: id, schema: 1 } };
    await system.stores.eventStore.append(streamName(tenant, category, idOf(id)), [event], 'no-stream');
  }

  it('is the whole log: nothing is frozen while the documents have not come to it', async () => {
    await system.engine.stop();
    const body = bodyIdOf(tenant, 'ks');
    const said = { roundId: round, bodyId: body, level: 'on-track', motivation: 'Klart' };
    expect((await post(`items/${item}/assessments`, said)).status).toBe(200);
    expect(await freeze()).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:read-models-behind' } });
    expect(await frozen()).toBe(0);
  }, 40_000);

  it('is no decision of which a part is missing, and answers say so until it is carried out', async () => {
    await system.work.stop();
    const stream = streamName(tenant, 'plan', plan);
    const known = await system.stores.eventStore.readStream(stream);
    const id = newId();
    const steps = [{ itemId: item, command: 'RewordItem', data: { title: 'Nytt' } }];
    // As whoever decided left it, and was killed.
    const metadata = { ...known.at(-1)!.metadata, actor: { id: 'c', role: 'controller' as const } };
    const decided = { id, type: 'RevisionDecided', data: { planId: plan, revisionId: id, steps }, metadata };
    const at = known.length;
    const { position } = await system.stores.eventStore.append(stream, [decided], at - 1);
    const revisionUnderWay = { revisionId: id, steps: 1, lacking: 1, items: [item] };
    for (const url of [`plans/${plan}`, `plans/${plan}/overview`, `plans/${plan}/items`, `items/${item}`]) {
      const { body } = await system.request('GET', `/v1/${url}?waitFor=${position}`, controller);
      expect(body).toMatchObject({ revisionUnderWay });
    }
    for (const words of [
      ['status', 'uppsala-fokusmal-4'],
      ['replay', item],
    ]) {
      expect((await sparbarTells(words)).text).toContain(`${id} är under genomförande: 1 av 1 steg återstår`);
    }
    expect((await sparbarTells(['revisions', plan])).text).toContain('Under genomförande');
    const { body: told } = await system.request('GET', `/v1/plans/${plan}/revisions/${id}`, controller);
    expect(told).toMatchObject({ isCarriedOut: false, steps: [{ state: 'lacking' }] });
    expect(await freeze()).toMatchObject({
      status: 409,
      body: { rule: 'revision-under-way', params: { revision: id } },
    });
    expect(await frozen()).toBe(0);
    await system.app.get(RevisionProcess, { strict: false }).carryOut({ tenant, planId: plan, at });
    await reorganised();
    expect(await freeze()).toMatchObject({ status: 200 });
    expect(await frozen()).toBe(1);
    const { body } = await system.request('GET', `/v1/plans/${plan}`, controller);
    expect(body).not.toHaveProperty('revisionUnderWay');
    await revisedFromAFile();
  }, 40_000);

  it('is no document that is parked, whereas others may be', async () => {
    await poison('IndicatorDefined', 'indicator');
    await eventually('A parked series', states, (found) => found.get('indicator-series') === 'parked');
    expect(await freeze()).toMatchObject({ status: 200 });
    expect(await frozen()).toBe(1);
  }, 40_000);

  it('is no document that is parked among those that are counted', async () => {
    await poison('ItemAssessed', 'item');
    await eventually('A parked status', states, (found) => found.get('item-status') === 'parked');
    expect(await freeze()).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:read-models-behind' } });
    expect(await frozen()).toBe(0);
  }, 40_000);
});
