import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostRows } from '#http-api';
import { indicatorIdOf } from '#indicators';
import { newId } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const items = ['uppdrag-2', 'uppdrag-34', 'atgard-1'].map((key) => itemIdOf(tenant, plan, key));
const indicator = indicatorIdOf(tenant, plan, 'besok-ekonomiskt-bistand');
const amn = bodyIdOf(tenant, 'amn');
const ks = bodyIdOf(tenant, 'ks');
const roundId = roundIdOf(tenant, plan, 'april-2025');
const absent = '00000000-0000-4000-8000-000000000000';

interface Row {
  readonly [field: string]: unknown;
}

/** What can be said of an outcome that is the same in every system: neither the request nor places in the log. */
function withoutRequest(status: number, { instance: _, position: _place, ...told }: Record<string, unknown> = {}) {
  return { status, ...told };
}

describe('Commands in bulk', () => {
  let system: RunningSystem;
  /** Another, on which commands come alone. */
  let alone: RunningSystem;

  beforeAll(async () => {
    [system, alone] = await Promise.all([RunningSystem.start(), RunningSystem.start()]);
    for (const each of [system, alone]) await each.load(...plans);
  }, 120_000);
  afterAll(() => Promise.all([system.stop(), alone.stop()]));

  const controller = (of = system) => of.token('controller');
  const reporter = (of = system) => of.token('reporter', { body: amn });
  const bulk = async (
    path: string,
    rows: unknown,
    key?: string,
    token?: string,
    headers: Record<string, string> = {},
  ) =>
    system.request(
      'POST',
      `/v1/${path}`,
      token ?? (await controller()),
      { rows },
      {
        ...headers,
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
    );
  const judged = (more: Row = {}): Row => ({
    itemId: items[0],
    roundId,
    bodyId: ks,
    level: 'delayed',
    motivation: 'Upphandlingen är överklagad.',
    ...more,
  });

  it('are each told what they would be told alone, and the same when they are sent again', async () => {
    const rows = fc.array(
      fc.record({
        itemId: fc.constantFrom(...items, ...items, items[0]!.toUpperCase(), absent),
        roundId: fc.constantFrom(roundId, roundId, roundId, absent),
        bodyId: fc.constantFrom(amn, amn, ks),
        level: fc.constantFrom('on-track', 'on-track', 'delayed', 'delayed', 'not-on-the-scale', 'Inte en kod'),
        motivation: fc.constantFrom('Det går.', 'Det går inte.', ''),
        evidence: fc.constantFrom([], [], [{ note: 'Protokoll' }], [{}], [{ itemId: absent }]),
      }),
      { minLength: 1, maxLength: 8 },
    );
    let refused = 0;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(rows, async (assessments) => {
        const key = newId();
        const token = await reporter();
        const first = await bulk('assessments', assessments, key, token);
        expect(first.status).toBe(200);
        const expected = [];
        for (const [index, { itemId, ...assessment }] of assessments.entries()) {
          const headers = { 'Idempotency-Key': `${key}-${index}` };
          const url = `/v1/items/${encodeURIComponent(itemId)}/assessments`;
          const { body, status } = await alone.request('POST', url, await reporter(alone), assessment, headers);
          const { assessmentId, ...told } = withoutRequest(status, body) as Record<string, unknown>;
          expected.push({ ...told, named: assessmentId !== undefined });
        }
        const told = (first.body.rows as Row[]).map(({ index, problem, receipt, status }, place) => {
          expect(index).toBe(place);
          const { assessmentId, ...rest } = withoutRequest(status as number, (receipt ?? problem) as Row) as Row;
          return { ...rest, named: assessmentId !== undefined };
        });
        expect(told).toEqual(expected);
        expect(first.body.recorded + first.body.unchanged + first.body.refused).toBe(assessments.length);
        refused += first.body.refused;
        taken += first.body.recorded;
        const before = await system.stores.eventStore.head();
        const again = await bulk('assessments', assessments, key, token);
        const outcomes = (answer: { body: { rows: Row[] } }) =>
          answer.body.rows.map(({ problem, ...row }) => ({ ...row, ...withoutRequest(0, problem as Row) }));
        expect(outcomes(again)).toEqual(outcomes(first));
        expect(await system.stores.eventStore.head()).toBe(before);
      }),
      { numRuns: 25 },
    );
    // Otherwise one of the two was never tried.
    expect(Math.min(refused, taken)).toBeGreaterThan(0);
  }, 120_000);

  it('about one thing are decided in the order of their rows', async () => {
    const motivations = Array.from({ length: 60 }, (_, n) => `Läge ${n}`);
    const rows = motivations.map((motivation) => judged({ motivation }));
    const { body } = await bulk('assessments', rows);
    expect(body).toMatchObject({ recorded: 60, unchanged: 0, refused: 0 });
    const revisions = body.rows.map(({ receipt }: { receipt: { revision: number } }) => receipt.revision);
    expect(revisions).toEqual(motivations.map((_, n) => revisions[0] + n));
    const shown = await system.request('GET', `/v1/items/${items[0]}?waitFor=${body.position}`, await controller());
    expect(JSON.stringify(shown.body)).toContain('Läge 59');
  });

  it('say each for itself which revision its caller has seen', async () => {
    const row = judged({ itemId: items[1], motivation: 'Sett' });
    const { body: first } = await bulk('assessments', [row]);
    const seen = first.rows[0].receipt.revision;
    const key = newId();
    const rows = [
      judged({ itemId: items[1], motivation: 'Nytt', expectedRevision: seen }),
      judged({ itemId: items[1], motivation: 'Nyare', expectedRevision: seen }),
    ];
    for (const _ of ['first', 'again']) {
      const { body } = await bulk('assessments', rows, key);
      expect(body.rows).toMatchObject([{ status: 200 }, { status: 412, problem: { code: 'revision-mismatch' } }]);
    }
    const whole = await bulk('assessments', rows, key, undefined, { 'If-Match': `"${seen}"` });
    expect(whole).toMatchObject({ status: 400, body: { faults: [{ field: 'If-Match' }] } });
  });

  it('are the same commands wherever they stand when they are sent again, and no others under their key', async () => {
    const key = newId();
    const value = (period: string, more: Row = {}) => ({
      indicatorId: indicator,
      period,
      total: { value: '7' },
      confirm: ['period-has-begun', 'value-in-line'],
      ...more,
    });
    const first = await bulk('indicator-values', [value('2031'), value('2032')], key);
    expect(first.body).toMatchObject({ recorded: 2, refused: 0 });
    const known = { indicatorId: absent, period: '2031', total: { value: '7' } };
    const again = await bulk('indicator-values', [known, value('2031'), {}, value('2032')], key);
    expect(again.body.rows).toMatchObject([
      { status: 404, problem: { code: 'not-found' } },
      { receipt: first.body.rows[0].receipt },
      { status: 400, problem: { code: 'malformed-input' } },
      { receipt: first.body.rows[1].receipt },
    ]);
    const other = await bulk('indicator-values', [value('2031', { total: { value: '8' } })], key);
    expect(other.body.rows).toMatchObject([{ status: 422, problem: { code: 'idempotency-key-reused' } }]);
  });

  it('that come twice in one request are recorded once', async () => {
    const row = {
      indicatorId: indicator,
      period: '2033',
      total: { value: '7' },
      confirm: ['period-has-begun', 'value-in-line'],
    };
    const { body } = await bulk('indicator-values', [row, row], newId());
    expect(body).toMatchObject({ recorded: 1, unchanged: 1, refused: 0 });
  });

  it('are each doubted for itself, and recorded where the row confirms it, under the same key', async () => {
    const row = { indicatorId: indicator, period: '2034', total: { value: '-7' } };
    const [key, swedish] = [newId(), { 'Accept-Language': 'sv' }];
    const confirmed = { ...row, confirm: ['period-has-begun', 'value-not-negative', 'sign-as-before'] };
    const { body: first } = await bulk('indicator-values', [row], key, undefined, swedish);
    expect(first.rows).toMatchObject([{ status: 422, problem: { code: 'doubtful' } }]);
    const { confirm, doubts } = first.rows[0].problem;
    expect(confirm).toEqual(['period-has-begun', 'value-not-negative', 'sign-as-before']);
    expect(doubts[0]).toMatchObject({
      field: 'period',
      rule: 'period-has-begun',
      message: expect.stringMatching(/^Perioden 2034 har inte börjat, och i dag är det 20/),
    });
    const { body: second } = await bulk('indicator-values', [confirmed], key);
    const { body: third } = await bulk('indicator-values', [row], key);
    expect(second.rows[0].receipt).toMatchObject({ recorded: ['IndicatorValueRecorded'] });
    expect(third.rows).toEqual(second.rows);
    const path = `/v1/plans/${plan}/changes?from=2000-01-01&to=2999-12-31&limit=1&offset=`;
    const token = await controller();
    const { body: all } = await system.request('GET', `${path}0&waitFor=${second.position}`, token);
    const { body: last } = await system.request('GET', `${path}${all.total - 1}`, token);
    expect(last.items).toMatchObject([{ type: 'IndicatorValueRecorded', confirmed: confirm }]);
  });

  it('of a reporter are refused where they are for another body, and the others are taken', async () => {
    const rows = [judged({ motivation: 'Vår' }), judged({ bodyId: amn, motivation: 'Er' })];
    const { body } = await bulk('assessments', rows, undefined, await system.token('reporter', { body: ks }));
    expect(body.rows).toMatchObject([{ status: 200 }, { status: 403, problem: { code: 'forbidden' } }]);
  });

  it.each([
    ['a role that may not', 403, [{}], 'reader'],
    ['no rows', 400, [], 'controller'],
    ['rows that are none', 400, { 0: {} }, 'controller'],
    ['too many rows', 413, Array.from({ length: mostRows + 1 }, () => ({})), 'controller'],
  ] as const)('are refused as a whole where they have %s', async (_, status, rows, role) => {
    expect((await bulk('assessments', rows, undefined, await system.token(role))).status).toBe(status);
  });

  it('are told all that is wrong with them at once, also with what stands in the path of a command alone', async () => {
    const { body } = await bulk('assessments', [judged({ itemId: 'uppdrag 2', level: 'Grön', why: 'x' })]);
    const fields = body.rows[0].problem.faults.map(({ field }: { field: string }) => field);
    expect(fields.sort()).toEqual(['itemId', 'level', 'why']);
  });

  it('are refused one by one where they are no objects, in an answer of bounded length', async () => {
    const wrong = { rows: 'x'.repeat(300), level: 'y'.repeat(300), bodyId: 'z', roundId: [] };
    const rows = [...[null, [], 'rad', 7], ...Array.from({ length: mostRows - 4 }, () => wrong)];
    const { body, status } = await bulk('assessments', rows);
    expect([status, body.refused]).toEqual([200, mostRows]);
    expect(body.rows.slice(0, 4)).toMatchObject(
      Array.from({ length: 4 }, () => ({
        status: 400,
        problem: { faults: [{ field: '', message: 'must be an object' }] },
      })),
    );
    expect(JSON.stringify(body).length).toBeLessThan(3_000_000);
  });

  it('let others be answered while a thousand of them are decided', async () => {
    const token = await controller();
    const { body: page } = await system.request('GET', `/v1/plans/${plan}/indicators?limit=20`, token);
    const rows = Array.from({ length: mostRows }, (_, n) => ({
      indicatorId: page.items[n % 20].id,
      period: String(2040 + Math.floor(n / 20)),
      total: { value: String(n) },
      confirm: ['period-has-begun', 'share-within-whole', 'sign-as-before', 'value-in-line', 'value-whole', 'row-once'],
    }));
    let ended = false;
    const whole = bulk('indicator-values', rows, newId()).finally(() => (ended = true));
    let answered = 0;
    while (!ended) {
      expect((await system.request('GET', '/v1/bodies', token)).status).toBe(200);
      answered++;
    }
    expect((await whole).body).toMatchObject({ recorded: mostRows, refused: 0 });
    expect(answered).toBeGreaterThan(3);
  }, 120_000);
});
