import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { streamName } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { snapshotIdOf } from '#snapshots';
import type { Snapshot } from '#snapshots';
import { plans, RunningSystem, tenant } from './support/running-system.js';
import type { Answer } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const amn = bodyIdOf(tenant, 'amn');
const raced = ['uppdrag-1', 'uppdrag-2', 'uppdrag-3', 'uppdrag-4', 'uppdrag-7', 'uppdrag-10'];
const itemOf = (key: string): string => itemIdOf(tenant, plan, key);
const racedIds = new Set(raced.map(itemOf));

/** One request beside the freeze, and after how many milliseconds it is sent. */
const request = fc.record({
  item: fc.constantFrom(...raced),
  level: fc.constantFrom('on-track', 'delayed', 'not-carried-out'),
  // A freeze looks first at what is under way.
  after: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 12, max: 80 })),
});

/** Every assessment of the plan's owner in a round, by its place in the log. */
interface Made {
  readonly assessmentId: string;
  readonly itemId: string;
  readonly position: string;
}

describe('Assessments that race a freeze', () => {
  let system: RunningSystem;
  let controller: string;
  let year = 2100;

  beforeAll(async () => {
    system = await RunningSystem.start();
    controller = await system.token('controller');
    await system.load(...plans);
  });
  afterAll(() => system.stop());

  const post = (url: string, body: object): Promise<Answer> => system.request('POST', `/v1/${url}`, controller, body);
  const get = async (url: string): Promise<any> => {
    const head = await system.stores.eventStore.head();
    return (await system.request('GET', `/v1/${url}${url.includes('?') ? '&' : '?'}waitFor=${head}`, controller)).body;
  };

  it('fall on one side of it, by their place in the log, and coverage and snapshots say which', async () => {
    const sides = { before: 0, after: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 2, maxLength: 12 }),
        fc.nat({ max: 12 }),
        async (requests, at) => {
          const roundId = await opened();
          const [frozen, ...answers] = await Promise.all([
            later(at, () => post(`rounds/${roundId}/freeze`, { override: 'Kapplöpning' })),
            ...requests.map(({ after, item, level }, index) =>
              later(after, () => {
                const said = { roundId, bodyId: amn, level, motivation: `Sagt som nummer ${index}` };
                return post(`items/${itemOf(item)}/assessments`, said);
              }),
            ),
          ]);
          expect([frozen.status, ...answers.map(({ status }) => status)]).toEqual([200, ...requests.map(() => 200)]);
          let made = await madeIn(roundId);
          expect(made).toHaveLength(answers.filter(({ body }) => body.recorded.length > 0).length);
          const freeze = (await get(`rounds/${roundId}`)).frozen.position as string;
          sides.before += made.filter(({ position }) => position < freeze).length;
          sides.after += made.filter(({ position }) => position > freeze).length;

          const first = await snapshotOf(roundId, 1);
          expect(saidIn(first)).toEqual(newestOf(made.filter(({ position }) => position < freeze)));
          if (made.every(({ position }) => position < freeze)) {
            const [one] = requests;
            const said = { roundId, bodyId: amn, level: one!.level, motivation: 'Sagt efteråt' };
            await post(`items/${itemOf(one!.item)}/assessments`, said);
            made = await madeIn(roundId);
          }
          await post(`rounds/${roundId}/reissue`, { reason: 'Det som kom efter' });
          const second = await snapshotOf(roundId, 2);
          expect(saidIn(second)).toEqual(newestOf(made));

          const late = lateOf(made, freeze);
          expect(markedLateIn(second)).toEqual(late);
          expect(markedLateIn(first)).toEqual([]);
          const { items } = await get(`rounds/${roundId}/coverage?bodyId=${amn}`);
          const shownLate = items[0].entries
            .filter(({ assessment }: { assessment?: { afterFreeze: boolean } }) => assessment?.afterFreeze)
            .map(({ itemId }: { itemId: string }) => itemId);
          expect(shownLate.sort()).toEqual(late);
        },
      ),
      { numRuns: 12 },
    );
    // Otherwise nothing was raced.
    expect(Math.min(sides.before, sides.after)).toBeGreaterThan(0);
  }, 120_000);

  /** A new round of the plan, that nobody has spoken in. */
  async function opened(): Promise<string> {
    const key = `kapp-${++year}`;
    const [referenceDate, deadline] = ['2026-10-01', '2099-12-31'];
    const confirm = ['round-year', 'deadline-near-reference'];
    const content = { key, kind: 'kapp', year, label: key, referenceDate, deadline, scope: ['uppdrag'], confirm };
    const { body, status } = await post(`plans/${plan}/rounds`, content);
    expect(status).toBe(201);
    expect(body.id).toBe(roundIdOf(tenant, plan, key));
    return body.id as string;
  }

  async function madeIn(roundId: string): Promise<Made[]> {
    const streams = await Promise.all(
      raced.map((key) => system.stores.eventStore.readStream(streamName(tenant, 'item', itemOf(key)))),
    );
    return streams
      .flat()
      .filter(({ data, type }) => type === 'ItemAssessed' && data['roundId'] === roundId)
      .map(({ data, position }) => ({
        assessmentId: data['assessmentId'] as string,
        itemId: data['itemId'] as string,
        position,
      }));
  }

  async function snapshotOf(roundId: string, issue: number): Promise<Snapshot> {
    const path = `/v1/snapshots/${snapshotIdOf(tenant, roundId, issue)}/content`;
    return eventually(`issue ${issue}`, async () => {
      const { body, status } = await system.request('GET', path, controller);
      return status === 200 ? (body as Snapshot) : undefined;
    });
  }
});

async function later<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return work();
}

/** The assessment that stands for each item: the newest one. */
function newestOf(made: readonly Made[]): Record<string, string> {
  const inOrder = [...made].sort((left, right) => (left.position < right.position ? -1 : 1));
  return Object.fromEntries(inOrder.map(({ assessmentId, itemId }) => [itemId, assessmentId]));
}

const saidIn = ({ items }: Snapshot): Record<string, string> =>
  Object.fromEntries(items.flatMap(({ itemId, status }) => (status ? [[itemId, status.assessmentId]] : [])));

/** The items whose standing assessment came after the freeze. */
function lateOf(made: readonly Made[], freeze: string): string[] {
  const standing = new Set(Object.values(newestOf(made)));
  return made
    .filter(({ assessmentId, position }) => standing.has(assessmentId) && position > freeze)
    .map(({ itemId }) => itemId)
    .sort();
}

const markedLateIn = ({ items }: Snapshot): string[] =>
  items
    .filter(({ itemId, status }) => racedIds.has(itemId) && status?.late)
    .map(({ itemId }) => itemId)
    .sort();
