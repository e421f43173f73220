import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from '#jobs';
import { eventually } from '#kernel/testing';
import { snapshotIdOf } from '#snapshots';
import type { Snapshot } from '#snapshots';
import { unzipped } from '../libs/snapshots/src/testing/unzipped.js';
import { AYear, bodies, indicatorOf, itemOf, yearsIssues, yearsPlan, yearsRounds } from './support/a-year.js';
import type { MadeSnapshot, RoundName } from './support/a-year.js';
import { owedInCoverage, owedInSnapshot } from './support/owed.js';
import { tenant } from './support/running-system.js';

type Item = Snapshot['items'][number];

/** Three rounds as they are lived, from their planning to their decisions: each step rests on the ones before. */
describe('A year of follow-up', () => {
  let year: AYear;

  const made = async (round: RoundName, issue: number): Promise<MadeSnapshot & { snapshot: Snapshot }> => {
    const found = await year.made(round, issue);
    return { ...found, snapshot: JSON.parse(found.bytes.toString('utf8')) as Snapshot };
  };
  const itemIn = ({ items }: Snapshot, key: string): Item => items.find((item) => item.itemId === itemOf(key))!;
  const seriesIn = ({ indicators }: Snapshot, key: string, period: string) =>
    indicators
      .find(({ indicatorId }) => indicatorId === indicatorOf(key))!
      .series.find((entry) => entry.period === period);
  const compared = (from: string, to: string) => year.get(`snapshots/${from}/comparison?with=${to}`);

  /** What a job says, from now until it has ended. */
  const followed = async (jobId: string): Promise<Job[]> => {
    const answer = await fetch(new URL(`/v1/jobs/${jobId}/events`, await year.system.app.getUrl()), {
      headers: { authorization: `Bearer ${await year.system.token('controller')}` },
      signal: AbortSignal.timeout(15_000),
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const told = (await answer.text()).matchAll(/^event: job\n(?:id: .*\n)?data: (.*)$/gm);
    return [...told].map(([, data]) => JSON.parse(data!) as Job);
  };

  beforeAll(async () => {
    year = await AYear.begin();
  }, 60_000);
  afterAll(() => year.end());

  it('is planned out of the calendar of the plan', async () => {
    await year.plan();
    const { items: rounds } = await year.get(`plans/${yearsPlan}/rounds`);
    expect(rounds).toMatchObject([
      {
        id: yearsRounds.april,
        key: 'april-2025',
        label: 'Delårsuppföljning april',
        status: 'planned',
        referenceDate: '2025-03-31',
        deadline: '2025-04-30',
        scope: ['uppdrag', 'atgard'],
        schedule: { opensOn: '2025-04-01', remindsOn: ['2025-04-22'], freezesOn: '2025-05-02' },
      },
      { key: 'augusti-2025', referenceDate: '2025-08-31', scope: ['fokusmal', 'uppdrag', 'atgard'] },
      { key: 'bokslut-2025', deadline: '2026-02-28', scope: ['fokusmal', 'uppdrag', 'namndmal', 'atgard'] },
    ]);
    const early = { roundId: yearsRounds.april, bodyId: bodies.amn, level: 'on-track', motivation: 'För tidigt.' };
    const refused = await year.send(`items/${itemOf('uppdrag-1')}/assessments`, early, 'amn');
    expect(refused).toMatchObject({ status: 409, body: { rule: 'round-open' } });
  });

  it('opens its first round by the schedule, and no other', async () => {
    await year.openApril();
    const statuses = (await year.get(`plans/${yearsPlan}/rounds`)).items.map(
      ({ status }: { status: string }) => status,
    );
    expect(statuses).toEqual(['open', 'planned', 'planned']);
    const { items, totals } = await year.coverage('april');
    expect(totals).toMatchObject({ items: 65, expected: 67, assessed: 0, missing: 67, bodies: 3, ready: 0 });
    expect(
      items.map(({ body, counts }: { body: { name: string }; counts: { expected: number } }) => [
        body.name,
        counts.expected,
      ]),
    ).toEqual([
      ['Arbetsmarknadsnämnden', 65],
      ['Kommunstyrelsen', 1],
      ['Utbildningsnämnden', 1],
    ]);
  });

  it('lets reporters assess for their own body, correct and withdraw', async () => {
    const others = { roundId: yearsRounds.april, bodyId: bodies.amn, level: 'on-track', motivation: 'Inte vår.' };
    expect((await year.send(`items/${itemOf('uppdrag-1')}/assessments`, others, 'ks')).status).toBe(403);
    await year.assessApril();
    expect((await year.coverage('april')).totals).toMatchObject({ assessed: 8, missing: 59, afterDeadline: 0 });
    expect(await year.assessmentOf('april', 'amn', 'uppdrag-2')).toMatchObject({
      capacity: 'owner',
      assessment: { level: { label: 'Gul' }, role: 'reporter', correctedAfterFreeze: false },
    });
    expect(await year.assessmentOf('april', 'amn', 'atgard-22')).toMatchObject({ state: 'missing' });
    expect(await year.assessmentOf('april', 'ks', 'uppdrag-14')).toMatchObject({ capacity: 'contribution' });
    // Kommunstyrelsen's is no status.
    expect(await year.get(`items/${itemOf('uppdrag-14')}`)).toMatchObject({
      status: { level: { label: 'Grön' }, trend: 'first' },
      contributions: [{ body: { name: 'Kommunstyrelsen' }, level: { label: 'Gul' } }],
    });
  });

  it('has its reminder reach the receiver, signed, with what each body lacks', async () => {
    await year.remindOfApril();
    expect(year.reminded.taken).toHaveLength(1);
    const { headers, message, text } = year.reminded.taken[0]!;
    expect(message).toMatchObject({
      type: 'round.reminded',
      timestamp: '2025-04-22T06:00:00.000Z',
      data: { round: 'Delårsuppföljning april', deadline: '2025-04-30' },
    });
    expect(message.data.bodies.map(({ missing, name }) => [name, missing.length])).toEqual([
      ['Arbetsmarknadsnämnden', 58],
      // It has only not said that it is ready.
      ['Kommunstyrelsen', 0],
      ['Utbildningsnämnden', 1],
    ]);
    const signed = [headers['webhook-id'], headers['webhook-timestamp'], text].join('.');
    const signature = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  });

  it('knows which bodies are ready, also where one takes it back', async () => {
    await year.reportApril();
    const { items, totals } = await year.coverage('april');
    expect(totals).toMatchObject({ bodies: 3, ready: 2 });
    expect(items.map(({ ready }: { ready: object | null }) => ready)).toMatchObject([
      { role: 'reporter', comment: 'Några åtgärder bedöms först i augusti.' },
      { role: 'reporter' },
      null,
    ]);
  });

  it('refuses to freeze while a body is not ready, by schedule as by hand, and freezes for a reason', async () => {
    const before = await year.send(`rounds/${yearsRounds.april}/freeze`, {});
    expect(before).toMatchObject({ status: 409, body: { rule: 'bodies-ready' } });
    expect(before.body.detail).toContain('Utbildningsnämnden lacks Uppdrag 4');
    expect(before.body.detail).not.toContain('Kommunstyrelsen');
    await year.freezeApril();
    const scheduled = await year.jobOf('round-action', ({ error }) => error !== undefined);
    expect(scheduled.error).toContain('Utbildningsnämnden lacks Uppdrag 4');
    expect(await year.round('april')).toMatchObject({
      status: 'frozen',
      frozen: {
        override: 'Nämndens papper går ut i dag.',
        missing: [{ bodyId: bodies.ubn, itemIds: [itemOf('uppdrag-4')] }],
      },
    });
  });

  it('shows how the making of the snapshot went, in the list of jobs and as server-sent events', async () => {
    const { sha256, snapshotId } = await made('april', 1);
    const job = await year.jobOf('make-snapshot');
    expect(job).toMatchObject({ tenant, state: 'completed', attempts: 1 });
    // The round, the issue, and the event that bounds it.
    expect(job.key).toMatch(new RegExp(`^${yearsRounds.april}/1/[0-9a-f-]{36}$`));
    expect(job.result).toMatchObject({ snapshotId, sha256 });
    expect(job.progress.done).toBe(job.progress.total);
    expect(job.progress).toMatchObject({ note: 'events', done: expect.any(Number) });
    expect(job.progress.done).toBeGreaterThan(300);
    expect((await followed(job.id)).at(-1)).toEqual(job);
  });

  it('has a first snapshot that says what was known at the freeze', async () => {
    const { snapshot } = await made('april', 1);
    expect(snapshot).toMatchObject({
      round: { label: 'Delårsuppföljning april', referenceDate: '2025-03-31' },
      previousRound: null,
      issue: { number: 1, frozenAt: '2025-05-02T09:00:01.000Z', override: 'Nämndens papper går ut i dag.' },
      totals: { all: { items: 65, notAssessed: 58, discontinued: 0 } },
    });
    expect(snapshot.totals.all.levels.map(({ count, label }) => [label, count])).toEqual([
      ['Grön slutfört', 0],
      ['Grön', 4],
      ['Gul', 3],
      ['Röd', 0],
    ]);
    expect(owedInSnapshot(snapshot)).toEqual(owedInCoverage((await year.coverage('april')).items));
    expect(itemIn(snapshot, 'uppdrag-1').status).toMatchObject({
      level: { label: 'Grön' },
      evidence: [
        { item: { label: 'Åtgärd 1' } },
        { indicator: { indicatorId: indicatorOf('besok-ekonomiskt-bistand') } },
        { note: 'Nämndens protokoll i mars' },
      ],
    });
    expect(itemIn(snapshot, 'uppdrag-2').status).toMatchObject({
      level: { label: 'Gul' },
      corrections: [{ before: { level: { label: 'Grön' } }, reason: 'Fel färg valdes.' }],
    });
    expect(itemIn(snapshot, 'atgard-22')).toMatchObject({
      status: null,
      withdrawn: [{ level: { code: 'completed' }, reason: 'Gällde en annan lokal.' }],
    });
    expect(itemIn(snapshot, 'uppdrag-14').contributions).toMatchObject([{ body: { abbreviation: 'KS' } }]);
  });

  it('gives “5 787 (okt)” and a gap back as they were printed', async () => {
    const { snapshot } = await made('april', 1);
    expect(seriesIn(snapshot, 'besok-ekonomiskt-bistand', '2024')).toMatchObject({
      total: { value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2024-10' },
      women: { gap: 'no-reason' },
      ...{ movement: 'not-comparable', against: '2023', notComparable: ['cut-off'] },
    });
    expect(seriesIn(snapshot, 'besok-ujc-a', '2025')).toMatchObject({ total: { asPrinted: '1 702 (mar)' } });
    expect(seriesIn(snapshot, 'barn-i-familjer-med-bistand', '2025')).toMatchObject({ total: { gap: 'not-reported' } });
    const { indicators } = await year.coverage('april');
    expect(indicators).toContainEqual(
      expect.objectContaining({
        indicatorId: indicatorOf('barn-i-familjer-med-bistand'),
        reason: 'not-reported',
        period: '2025',
      }),
    );
    expect(indicators).toContainEqual(
      expect.objectContaining({ indicatorId: indicatorOf('arbetsloshet'), reason: 'not-recorded' }),
    );
    expect(indicators.map(({ indicatorId }: { indicatorId: string }) => indicatorId)).not.toContain(
      indicatorOf('besok-ujc-a'),
    );
  });

  it('shows what is said after the freeze as late, and what is corrected as corrected', async () => {
    await year.speakLateOfApril();
    const { totals } = await year.coverage('april');
    expect(totals).toMatchObject({ assessed: 9, afterDeadline: 1, afterFreeze: 1, correctedAfterFreeze: 1 });
    expect(await year.assessmentOf('april', 'ubn', 'uppdrag-4')).toMatchObject({
      assessment: { afterDeadline: true, afterFreeze: true },
    });
    expect(await year.assessmentOf('april', 'amn', 'uppdrag-7')).toMatchObject({
      assessment: { level: { label: 'Grön' }, afterFreeze: false, correctedAfterFreeze: true },
    });
    // The first issue stays as it was.
    const { snapshot, snapshotId } = await made('april', 1);
    expect(itemIn(snapshot, 'uppdrag-4').contributions).toEqual([]);
    expect(await year.get(`snapshots/${snapshotId}/verification`)).toMatchObject({ verdict: 'same' });
  });

  it('takes it in with a new issue, marked, with what the one before said', async () => {
    await year.reissueApril();
    const { snapshot } = await made('april', 2);
    expect(snapshot.issue).toMatchObject({
      number: 2,
      replaces: 1,
      reason: 'En sen och en rättad bedömning.',
      firstFrozenAt: '2025-05-02T09:00:01.000Z',
    });
    expect(itemIn(snapshot, 'uppdrag-4').contributions).toMatchObject([
      { body: { name: 'Utbildningsnämnden' }, afterDeadline: true, late: true, previously: null },
    ]);
    expect(itemIn(snapshot, 'uppdrag-7').status).toMatchObject({
      level: { label: 'Grön' },
      late: true,
      previously: { level: { label: 'Gul' }, motivation: 'Samverkan med regionen har inte kommit i gång.' },
      corrections: [{ late: true, reason: 'Uppgiften från regionen var gammal.' }],
    });
    expect(itemIn(snapshot, 'uppdrag-1').status).not.toHaveProperty('late');
    const [first, second] = [await made('april', 1), await made('april', 2)];
    const { changedItems } = await compared(first.snapshotId, second.snapshotId);
    expect(changedItems.map(({ item }: { item: { label: string } }) => item.label)).toEqual(['Uppdrag 4', 'Uppdrag 7']);
  });

  it('is decided by the owner of the plan, on the newest issue', async () => {
    const notOwner = { decision: { bodyId: bodies.ks, date: '2025-05-20', paragraph: '§ 1' } };
    const refused = await year.send(`rounds/${yearsRounds.april}/decide`, notOwner);
    expect(refused).toMatchObject({ status: 409, body: { rule: 'owner-decides' } });
    await year.decide('april', { date: '2025-05-20', paragraph: '§ 51' });
    const round = await year.round('april');
    expect(round.status).toBe('decided');
    expect(round.issues[0]).not.toHaveProperty('decision');
    expect(round.issues[1]).toMatchObject({ decision: { paragraph: '§ 51' } });
  });

  it('revises the plan between rounds, and freezes the next by the schedule once all are ready', async () => {
    await year.reviseThePlan();
    await year.openAugust();
    await year.assessAugust();
    await year.freezeAugust();
    const round = await year.round('augusti');
    expect(round.frozen).toMatchObject({ at: '2025-10-01T06:00:00.000Z', missing: [] });
    expect(round.frozen).not.toHaveProperty('override');
    const { snapshot } = await made('augusti', 1);
    expect(snapshot.issue).not.toHaveProperty('override');
    expect(snapshot.coverage.missingAtFreeze).toEqual([]);
    expect(itemIn(snapshot, 'uppdrag-4').contributions).toMatchObject([{ afterDeadline: true }]);
  });

  it('tells in the next snapshot what has become of the plan', async () => {
    const { snapshot } = await made('augusti', 1);
    expect(snapshot.previousRound).toMatchObject({ roundId: yearsRounds.april });
    expect(snapshot.revisions.map(({ item, kind }) => `${item.label} ${kind}`)).toEqual([
      'Uppdrag 7 reworded',
      'Åtgärd 16b renumbered',
      'Åtgärd 13 succeeded',
      'Åtgärd 13 discontinued',
      'Åtgärd 22 discontinued',
    ]);
    expect(snapshot.revisions[0]).toMatchObject({
      effectiveOn: '2025-06-16',
      before: { title: expect.stringContaining('Åstadkomma en omställning') },
      after: { title: 'Ställ om till en nära vård tillsammans med regionen' },
      printedLabel: 'Omformulerad',
      decision: { body: { name: 'Arbetsmarknadsnämnden' }, diarienummer: 'AMN-2025-00210', paragraph: '§ 63' },
    });
    expect(snapshot.revisions[1]).toMatchObject({ before: { number: '16' }, after: { number: '16b' } });
    expect(itemIn(snapshot, 'atgard-13')).toMatchObject({
      lifecycle: { state: 'discontinued', reason: 'merged' },
      successors: [{ kind: 'merged', item: { label: 'Åtgärd 14' } }],
    });
    expect(itemIn(snapshot, 'atgard-14').predecessors).toMatchObject([{ item: { label: 'Åtgärd 13' } }]);
    expect(snapshot.totals.all).toMatchObject({ items: 69, discontinued: 2 });
    // What had ended by August is no longer told of at the end of the year.
    const { expected } = snapshot.coverage.bodies[0]!;
    expect(expected).toBe(67);
  });

  it('tells the trend against the round before', async () => {
    const { snapshot } = await made('augusti', 1);
    const trends = (['uppdrag-1', 'uppdrag-2', 'uppdrag-7', 'atgard-14', 'fokusmal-2'] as const).map(
      (key) => itemIn(snapshot, key).trend?.direction,
    );
    // Uppdrag 7 is held against what it was corrected to.
    expect(trends).toEqual(['worse', 'better', 'unchanged', 'better', 'first']);
    expect(itemIn(snapshot, 'uppdrag-2').trend!.against).toMatchObject({
      round: { label: 'Delårsuppföljning april' },
      level: { label: 'Gul' },
    });
  });

  it('keeps what was provisional beside what replaced it, and “5,0” its zero', async () => {
    const { snapshot } = await made('augusti', 1);
    expect(seriesIn(snapshot, 'besok-ekonomiskt-bistand', '2024')).toMatchObject({
      total: { value: '6954', asPrinted: '6 954' },
      movement: 'towards',
      corrections: [{ before: { total: { asPrinted: '5 787 (okt)' } }, reason: 'Helårsvärdet är klart.' }],
    });
    expect(seriesIn(snapshot, 'arbetsloshet', '2024')).toMatchObject({ total: { value: '5.0', asPrinted: '5,0' } });
    const { series } = await year.get(`indicators/${indicatorOf('arbetsloshet')}`);
    const now = series.find(({ period }: { period: string }) => period === '2024');
    expect(now.total).toMatchObject({ value: '5.0', shown: '5,0' });
    // The snapshot of April, which is older, still says what was known then.
    expect(seriesIn((await made('april', 2)).snapshot, 'besok-ekonomiskt-bistand', '2024')).toMatchObject({
      total: { asPrinted: '5 787 (okt)' },
    });
  });

  it('compares April with August', async () => {
    const [april, august] = [await made('april', 2), await made('augusti', 1)];
    const comparison = await compared(april.snapshotId, august.snapshotId);
    expect(comparison).toMatchObject({
      same: false,
      then: { round: { label: 'Delårsuppföljning april' }, issue: 2 },
      now: { round: { label: 'Delårsuppföljning augusti' }, issue: 1 },
      removedItems: [],
    });
    expect(comparison.addedItems.map(({ label }: { label: string }) => label)).toEqual([
      'Fokusmål 1',
      'Fokusmål 2',
      'Fokusmål 3',
      'Fokusmål 4',
    ]);
    const changesOf = (key: string) =>
      comparison.changedItems.find(({ item }: { item: { itemId: string } }) => item.itemId === itemOf(key)).changes;
    expect(changesOf('uppdrag-1')).toContainEqual({ what: 'level', then: 'Grön', now: 'Gul' });
    expect(changesOf('uppdrag-7')).toContainEqual({
      what: 'title',
      then: expect.stringContaining('Åstadkomma en omställning'),
      now: 'Ställ om till en nära vård tillsammans med regionen',
    });
    expect(changesOf('atgard-13')).toContainEqual({
      what: 'lifecycle',
      then: expect.stringContaining('active'),
      now: expect.stringContaining('discontinued'),
    });
    expect(comparison.totals).toContainEqual({ what: 'discontinued', label: 'Utgångna', then: 0, now: 2 });
  });

  it('ends with the year', async () => {
    await year.decide('augusti', { date: '2025-10-16', paragraph: '§ 98' });
    await year.openBokslut();
    await year.assessBokslut();
    await year.freezeBokslut();
    await year.decide('bokslut', { date: '2026-03-19', paragraph: '§ 24' });
    const { snapshot } = await made('bokslut', 1);
    expect(snapshot).toMatchObject({
      previousRound: { roundId: yearsRounds.augusti },
      totals: { all: { items: 70, discontinued: 0 } },
      revisions: [],
    });
    expect(itemIn(snapshot, 'uppdrag-1').trend).toMatchObject({ direction: 'better' });
    expect(itemIn(snapshot, 'uppdrag-7').trend).toMatchObject({ direction: 'worse' });
    expect(itemIn(snapshot, 'atgard-13')).toBeUndefined();
    expect(seriesIn(snapshot, 'besok-ekonomiskt-bistand', '2025')).toMatchObject({
      total: { value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2025-10' },
    });
    const statuses = (await year.get(`plans/${yearsPlan}/rounds`)).items.map(
      ({ status }: { status: string }) => status,
    );
    expect(statuses).toEqual(['decided', 'decided', 'decided']);
  });

  it('has a snapshot of each issue that its bytes, the log and what was recorded agree on', async () => {
    for (const [round, issue] of yearsIssues) {
      const { bytes, sha256, snapshotId } = await made(round, issue);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(await year.get(`snapshots/${snapshotId}/verification`)).toMatchObject({ verdict: 'same', folded: sha256 });
    }
  });

  it('asks the same of bodies in the coverage and in the snapshot of each round', async () => {
    for (const round of ['augusti', 'bokslut'] as const) {
      expect(owedInCoverage((await year.coverage(round)).items)).toEqual(
        owedInSnapshot((await made(round, 1)).snapshot),
      );
    }
  });

  it('comes as a page, a table and a workbook that say what the snapshot says', async () => {
    const { sha256, snapshotId } = await made('april', 2);
    const page = (await year.download(snapshotId, 'report')).toString('utf8');
    for (const text of ['Delårsuppföljning april', 'Utgåva 2', '5 787 (okt)', sha256]) expect(page).toContain(text);
    expect(page).toContain('Samverkan med regionen har inte kommit i gång.');
    const table = (await year.download(snapshotId, 'table')).toString('utf8');
    expect(table.split('\r\n').filter(Boolean)).toHaveLength(66);
    expect(table).toMatch(/"Uppdrag";"7";.*Grön/);
    const workbook = unzipped(await year.download(snapshotId, 'workbook'));
    const texts = [...workbook.values()].join('');
    for (const text of ['5 787 (okt)', 'Utbildningsnämnden', sha256]) expect(texts).toContain(text);
    const august = await made('augusti', 1);
    const sheets = unzipped(await year.download(august.snapshotId, 'workbook'));
    expect([...sheets.values()].join('')).toContain('>5,0<');
  });

  describe('in the end', () => {
    let wronglyKept: string;

    beforeAll(async () => {
      // Somebody has put other bytes where the third issue of April will lie.
      wronglyKept = snapshotIdOf(tenant, yearsRounds.april, 3);
      const document = { _id: wronglyKept, version: 1, parts: 0, text: '{}' };
      expect(await year.system.stores.documentStore.compareAndSet('snapshots', document, undefined)).toBe(true);
      await year.record(`rounds/${yearsRounds.april}/reissue`, { reason: 'En sista gång.' });
    });

    it('compares what was reported with what is known now', async () => {
      const { snapshotId } = await made('bokslut', 1);
      expect(await compared(snapshotId, 'now')).toMatchObject({ same: true, now: { issue: null } });
      await year.assess('ks', 'bokslut', 'uppdrag-14', 'delayed', 'Avtalet är uppsagt.');
      const { changedItems } = await compared(snapshotId, 'now');
      expect(changedItems).toMatchObject([
        {
          item: { label: 'Uppdrag 14' },
          changes: [
            { what: 'contribution', body: { name: 'Kommunstyrelsen' }, now: expect.stringContaining('uppsagt') },
          ],
        },
      ]);
    });

    it('says why a snapshot could not be made, and makes it when it is asked to once that is mended', async () => {
      const key = `${yearsRounds.april}/3/`;
      const failed = await eventually(
        'the job to fail for good',
        () => year.jobOf('make-snapshot', (job) => job.key.startsWith(key) && job.state === 'failed'),
        (job) => job !== undefined,
        30_000,
      );
      expect(failed.error).toContain(wronglyKept);
      expect((await year.round('april')).issues[2]).not.toHaveProperty('snapshot');
      expect((await year.get(`rounds/${yearsRounds.april}/snapshots`)).items[2]).toMatchObject({
        ...{ id: wronglyKept, issue: 3, state: 'failed', error: failed.error },
      });
      expect(await year.get(`snapshots/${wronglyKept}/verification`)).toMatchObject({ verdict: 'not-made-yet' });
      await year.system.stores.documentStore.drop('snapshots');
      const controller = await year.system.token('controller');
      expect((await year.system.request('POST', `/v1/jobs/${failed.id}/retry`, controller)).status).toBe(202);
      const seen = await followed(failed.id);
      expect(seen.at(-1)).toMatchObject({ state: 'completed', result: { snapshotId: wronglyKept } });
      expect(seen.at(-1)).not.toHaveProperty('error');
      expect(await year.get(`snapshots/${wronglyKept}/verification`)).toMatchObject({ verdict: 'same' });
    }, 40_000);

    it('gives the very same bytes where those that were kept are lost', async () => {
      const { bytes, sha256, snapshotId } = await made('augusti', 1);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(await year.get(`snapshots/${snapshotId}/verification`)).toMatchObject({ verdict: 'kept-bytes-missing' });
    });
  });
});
