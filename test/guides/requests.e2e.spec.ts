import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#kernel/testing';
import { indicatorIdOf } from '#indicators';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { RunningSystem, tenant } from '../support/running-system.js';
import { commandLine } from '../support/command-line.js';
import { commandsOf, examplesOf, pages, textOf, wordsOf } from './examples.js';

const planId = planIdOf(tenant, 'amn-verksamhetsplan-2025');

/** A request as a page shows it: a line with the method and the path, headers, and the body below. */
function requestIn(text: string): { path: string; headers: Record<string, string>; body: string } {
  const [, path, heads, body] = /^POST (\S+)\n((?:[\w-]+: .*\n)*)([^]+)$/.exec(text)!;
  const headers = Object.fromEntries(
    [...heads!.matchAll(/^([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  return { path: path!, headers, body: body! };
}

describe('What the guides ask over HTTP', () => {
  let system: RunningSystem;
  let controller: string;

  beforeAll(async () => {
    // The day of the decision that the guide records.
    system = await RunningSystem.start({ clock: { now: () => new Date('2026-05-20T10:00:00Z') } });
    controller = await system.token('controller');
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml', 'amn-verksamhetsplan-2025.yaml');
  }, 60_000);
  afterAll(() => system.stop());

  const post = (path: string, body?: unknown) => system.request('POST', path, controller, body);

  it('leads a round from its plan to the decision, as docs/guide/rounds.md says', async () => {
    const [plan, amend, extend, cancel, hold, reissue, decide, ...others] = examplesOf(
      'docs/guide/rounds.md',
      'http',
    ).map(({ text }) => requestIn(text));
    expect(others).toEqual([]);
    const ids: Record<string, string> = { planId, itemId: itemIdOf(tenant, planId, 'uppdrag-34') };
    const send = (request: { path: string; body: string } | undefined) => {
      const path = request!.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!);
      return post(path, JSON.parse(request!.body.replaceAll('"…"', JSON.stringify(bodyIdOf(tenant, 'amn')))));
    };
    const planned = await send(plan);
    expect(planned).toMatchObject({ status: 201, body: { recorded: ['RoundPlanned'] } });
    ids['roundId'] = planned.body.id;
    expect(await send(cancel)).toMatchObject({ status: 200, body: { recorded: ['RoundCancelled'] } });
    const anew = await send(plan);
    expect(anew).toMatchObject({ status: 201, body: { recorded: ['RoundPlanned'] } });
    expect(anew.body.id).not.toBe(planned.body.id);
    ids['roundId'] = anew.body.id;
    expect(await send(amend)).toMatchObject({ status: 200, body: { recorded: ['RoundAmended'] } });
    expect(await send(extend)).toMatchObject({ status: 200, body: { recorded: ['BodyDeadlineExtended'] } });
    expect(await send(hold)).toMatchObject({ status: 200, body: { recorded: ['ItemHeld'] } });
    expect(await post(`/v1/rounds/${ids['roundId']}/open`)).toMatchObject({ status: 200 });
    expect(await post(`/v1/rounds/${ids['roundId']}/freeze`, { override: 'Ingen är klar' })).toMatchObject({
      status: 200,
    });
    const late = { roundId: ids['roundId'], bodyId: bodyIdOf(tenant, 'amn'), level: 'delayed', motivation: 'Rättad.' };
    const assessed = await post(`/v1/items/${itemIdOf(tenant, planId, 'uppdrag-1')}/assessments`, late);
    expect(assessed).toMatchObject({ status: 200 });
    expect(await send(reissue)).toMatchObject({ status: 200, body: { recorded: ['SnapshotReissued'] } });
    const decided = await eventually(
      'A decision on the issue that has been made',
      async () => {
        // What makes the snapshot looks for work when it is asked to.
        await system.work.look();
        return send(decide);
      },
      ({ status }) => status === 200,
    );
    expect(decided.body).toMatchObject({ recorded: ['RoundDecided'] });
  }, 60_000);

  it('sends assessments and values in bulk, as docs/guide/bulk.md says', async () => {
    const round = {
      kind: 'augusti',
      year: 2026,
      label: 'Augusti 2026',
      referenceDate: '2026-08-31',
      scope: ['uppdrag'],
    };
    const opened = await post(`/v1/plans/${planId}/rounds`, { ...round, deadline: '2026-09-10', key: 'augusti-2026' });
    expect(opened).toMatchObject({ status: 201 });
    const ids: Record<string, string> = {
      itemId: itemIdOf(tenant, planId, 'uppdrag-34'),
      roundId: opened.body.id,
      bodyId: bodyIdOf(tenant, 'amn'),
      indicatorId: indicatorIdOf(tenant, planId, 'arbetsloshet'),
    };
    const [assessments, values, ...others] = examplesOf('docs/guide/bulk.md', 'http').map(({ text }) =>
      requestIn(text.replaceAll(/"\{(\w+)\}"/g, (_, name: string) => JSON.stringify(ids[name]))),
    );
    expect(others).toEqual([]);
    const send = ({ body, headers, path }: typeof assessments & object) =>
      system.request('POST', path, controller, JSON.parse(body), headers);
    const [told, ...noOther] = examplesOf('docs/guide/bulk.md', 'json');
    expect(noOther).toEqual([]);
    const first = await send(assessments!);
    expect(first).toMatchObject({ status: 200, body: { recorded: 1, refused: 1 } });
    expect(first.body.rows[1]).toMatchObject(JSON.parse(told!.text));
    const again = await send(assessments!);
    expect(again.body.rows[0]).toEqual(first.body.rows[0]);
    expect(await send(values!)).toMatchObject({ status: 200, body: { recorded: 2, refused: 0 } });
  });

  it('shows what a body that ends would leave, and corrects a formal decision, as docs/guide/organisation.md says', async () => {
    const page = 'docs/guide/organisation.md';
    const { body: plan } = await system.request('GET', `/v1/plans/${planId}`, controller);
    const ids: Record<string, string> = {
      planId,
      bodyId: bodyIdOf(tenant, 'amn'),
      eventId: plan.decisions[0].eventId,
      ending: bodyIdOf(tenant, 'ks'),
      one: bodyIdOf(tenant, 'amn'),
      other: bodyIdOf(tenant, 'scn'),
      council: bodyIdOf(tenant, 'kf'),
      itemId: itemIdOf(tenant, planId, 'uppdrag-1'),
    };
    const [preview, correct, ...others] = examplesOf(page, 'http').map(({ text }) =>
      requestIn(text.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!)),
    );
    expect(others).toEqual([]);
    const previewed = await post(preview!.path, JSON.parse(preview!.body));
    expect(previewed).toMatchObject({ status: 200, body: { effectiveOn: '2027-01-01' } });
    expect(previewed.body.faults.length).toBeGreaterThan(0);
    const corrected = await post(correct!.path, JSON.parse(correct!.body));
    expect(corrected).toMatchObject({ status: 201, body: { recorded: ['DecisionCorrected'] } });
  });

  it('revises items by one decision, as docs/guide/revisions.md says', async () => {
    const [seven, eight, nine] = ['uppdrag-7', 'uppdrag-34', 'uppdrag-40'].map((key) => itemIdOf(tenant, planId, key));
    const ids = { planId, bodyId: bodyIdOf(tenant, 'amn'), seven, eight, nine } as Record<string, string>;
    const [revision, ...others] = examplesOf('docs/guide/revisions.md', 'http').map(({ text }) =>
      requestIn(text.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!)),
    );
    expect(others).toEqual([]);
    const { body, headers, path } = revision!;
    const decided = await system.request('POST', path, controller, JSON.parse(body), headers);
    expect(decided).toMatchObject({ status: 200, body: { isCarriedOut: true, undone: 0 } });
  });

  it('loads the file that docs/guide/plan-files.md shows, with its history', async () => {
    const [file, history, ...others] = examplesOf('docs/guide/plan-files.md', 'yaml');
    // Steps of a history, which the spec of the guide reads.
    expect(others).toHaveLength(1);
    const headers = { 'content-type': 'application/yaml' };
    const loaded = await system.request(
      'POST',
      '/v1/imports',
      controller,
      `${file!.text}\n${history!.text}\n`,
      headers,
    );
    expect(loaded).toMatchObject({ status: 200, body: { unchanged: 0 } });
    const id = planIdOf(tenant, 'centrumplan-2025');
    const path = `/v1/plans/${id}/overview?waitFor=${await system.stores.eventStore.head()}`;
    expect(await system.request('GET', path, controller)).toMatchObject({ status: 200 });
  });

  it('answers what an auditor asks, by a command and by a request each, as docs/guide/auditing.md says', async () => {
    // A tenant of its own: the rounds that the files open are taken by what runs before in the other one.
    const of = 'revision';
    const page = 'docs/guide/auditing.md';
    const [plan, council] = ['amn-verksamhetsplan-2025', 'uppsala-fokusmal-4'].map((key) => planIdOf(of, key));
    const ids: Record<string, string> = {
      planId: council!,
      itemId: itemIdOf(of, plan!, 'atgard-20'),
      roundId: roundIdOf(of, plan!, 'bokslut-2025'),
    };
    const token = async (role: 'auditor' | 'controller') => system.token(role, { of });
    const [auditor, loader] = [await token('auditor'), await token('controller')];
    const run = async (command: string, as: string) => {
      const [, , ...words] = wordsOf(command).words;
      return commandLine('--url', await system.app.getUrl(), '--token', as, ...words);
    };
    const [load, ...commands] = commandsOf(page);
    expect(await run(load!, loader)).toMatchObject({ exitCode: 0 });
    await system.request('GET', `/v1/plans?waitFor=${await system.stores.eventStore.head()}`, auditor);
    const [timeline, known, disagreed, ...noOther] = await Promise.all(commands.map((one) => run(one, auditor)));
    const [story, list, differences, ...none] = await Promise.all(
      examplesOf(page, 'http').map(async ({ text }) => {
        const path = text.replace(/^GET /, '').replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name]!);
        const { body, status } = await system.request('GET', path, auditor);
        expect([path, status]).toEqual([path, 200]);
        return body;
      }),
    );
    expect([noOther, none]).toEqual([[], []]);

    expect(timeline!.stdout).toMatch(/Åtgärd 5 i Plan för 1000 fler.*Omformulerades till Åtgärd 20/);
    expect(timeline!.stdout).toMatch(/Åtgärd 42 i Verksamhetsplan 2024.*Slogs ihop till Åtgärd 20/);
    expect(timeline!.stdout).toContain('(i dokumentet: ”Ny formulering”)');
    expect(timeline!.stdout).toContain('Slås ihop med åtgärd 42 i VP 2024');
    expect(timeline!.stdout).not.toContain('säger något annat');
    expect(story.links).toMatchObject([
      { kind: 'merged', on: '2025-01-01' },
      { kind: 'reworded', on: '2025-01-01', printedLabel: 'Ny formulering' },
      { kind: 'merged', on: '2025-01-01' },
    ]);

    const numbers = ['20', '21', '22', '23', '24', '25', '26', '27'];
    expect(known!.stdout.match(/^Uppdrag \d+ +Inte bedömd/gm)).toHaveLength(numbers.length);
    expect(list.items.map(({ number }: { number: string }) => number)).toEqual(numbers);
    const before = commands[1]!.replace('2026-05-20', '2026-05-19');
    expect(await run(before, auditor)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('as known at') });

    expect(disagreed!.stdout).toMatch(/Gatu- och samhällsmiljönämnden +Grön +skiljer sig/);
    expect(differences.items).toMatchObject([{ label: 'Uppdrag 36' }]);
  }, 60_000);

  it.each(pages)('names ways of the API that there are: %s', async (page) => {
    const { body: document } = await system.request('GET', '/v1/openapi.json');
    const known = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const named = [...textOf(page).matchAll(/\b(GET|POST) (\/v1\/[\w/{}-]+)/g)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    expect(named.filter((way) => !known.includes(way))).toEqual([]);
  });
});
