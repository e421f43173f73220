import { describe, expect, it } from '@jest/globals';
import { everyEvent, goldenEvents, goldenRound } from '../../testing/golden-log.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';
import { foldSnapshot } from '../fold-snapshot.js';

describe('Rule 1', () => {
  const golden = describeGoldenRule(1, {
    1: 'efcd7086a5a529dba04d974718f7bedd92da226692442c0e4557b810b3d5aa82',
    2: '8cbd1e33dfef9703064759230896f903691b339c65ea1d0d99bc35135bd3d786',
  });
  const { fold } = golden;

  it('tells nothing of where the log keeps what it read', async () => {
    const text = (await fold(2)).bytes.toString();
    expect(text).not.toMatch(/"(position|revision|sequence|stream|commandId)"/);
    expect(text).not.toContain('En annan kommuns nämnd');
  });

  it('gives an issue the same bytes whatever came after it', async () => {
    const events = goldenEvents();
    const bound = events.findLastIndex(({ type }) => type === 'RoundFrozen');
    const short = await golden.storeOf(events.slice(0, bound + 1));
    expect((await fold(1, short)).sha256).toBe((await fold(1)).sha256);
  });

  it('folds what is known now without calling it an issue', async () => {
    const { snapshot } = await fold('now');
    expect(snapshot.issue).toBeNull();
    const u3 = snapshot.items.find(({ key }) => key === 'u3')!;
    expect(u3).toMatchObject({ status: { level: { code: 'not-carried-out' }, late: true, previously: null } });
  });

  it('refuses a round and an issue that do not exist', async () => {
    await expect(fold(3)).rejects.toMatchObject({ code: 'not-found' });
    const nowhere = { tenant: 'umea', roundId: goldenRound(), issue: 1 };
    await expect(foldSnapshot(golden.store, everyEvent(), nowhere)).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('tells', () => {
    const item = async (issue: number, key: string) =>
      (await fold(issue)).snapshot.items.find((one) => one.key === key)!;

    it('what bodies were called on the reference date, and who was in a group', async () => {
      const { concerned } = await item(1, 'u1');
      expect(concerned).toMatchObject({ group: 'Alla nämnder och bolag' });
      expect(concerned!.bodies.map(({ name }) => name)).toEqual([
        'Arbetsmarknadsnämnden',
        'Barn- och utbildningsnämnden',
        'Kommunstyrelsen',
      ]);
      expect((await item(1, 'u3')).responsible).toMatchObject([
        { name: 'Gatu- och samhällsmiljönämnden' },
        { name: 'Uppsalahem AB' },
      ]);
    });

    it('the status with its level as the scale explained it, and what it rests on', async () => {
      expect((await item(1, 'u1')).status).toMatchObject({
        level: { code: 'delayed', label: 'Gul', meaning: 'Uppdraget är försenat/inte påbörjat', colour: 'yellow' },
        motivation: 'E-tjänsten är försenad.',
        evidence: [
          { item: { label: 'Åtgärd 1', title: 'Gå igenom processer' } },
          { indicator: { name: 'Besök' } },
          { note: 'Protokoll' },
        ],
      });
    });

    it('an item of another plan by what it was called there', async () => {
      expect((await item(1, 'u2')).status!.evidence).toMatchObject([
        { item: { label: 'Uppdrag 20', title: 'Förebygg ungdomsbrott' } },
      ]);
      expect((await item(1, 'u3')).predecessors).toMatchObject([{ item: { label: 'Uppdrag 20' }, inferred: true }]);
    });

    it('trends against the round before', async () => {
      expect((await item(1, 'u1')).trend).toMatchObject({
        direction: 'worse',
        against: { round: { label: 'Delårsuppföljning april 2025' }, level: { code: 'on-track' } },
      });
      expect((await item(1, 'u2')).trend).toMatchObject({ direction: 'better' });
      expect((await item(1, 'a3')).trend).toMatchObject({ direction: 'first', against: null });
      expect((await item(1, 'u3')).trend).toBeNull();
    });

    it('what was replaced, corrected, withdrawn and given after the deadline', async () => {
      expect((await item(1, 'u2')).status!.replaced).toMatchObject([{ motivation: 'Fortfarande överklagad.' }]);
      expect((await item(1, 'a3')).status!.corrections).toMatchObject([
        { before: { motivation: '214 feriejobb.' }, after: { motivation: '241 feriejobb.' } },
      ]);
      expect((await item(1, 'u1')).withdrawn).toMatchObject([{ reason: 'Gällde ett annat uppdrag' }]);
      expect((await item(1, 'f4')).status).toMatchObject({ afterDeadline: true });
      expect((await item(1, 'u1')).status).not.toHaveProperty('late');
    });

    it('in a new issue what is late, and what the one before it said', async () => {
      const { contributions, status } = await item(2, 'u1');
      expect(status).toMatchObject({
        late: true,
        level: { code: 'on-track' },
        previously: { level: { code: 'delayed' }, motivation: 'E-tjänsten är försenad.' },
      });
      expect(contributions).toMatchObject([{ body: { name: 'Kommunstyrelsen' }, late: true, previously: null }]);
      expect((await item(2, 'u2')).status).not.toHaveProperty('previously');
      expect((await fold(2)).snapshot.issue).toMatchObject({
        number: 2,
        replaces: 1,
        reason: 'Rättad bedömning av uppdrag 7',
        frozenAt: '2025-10-01T09:00:00.000Z',
        firstFrozenAt: '2025-09-19T09:00:00.000Z',
        override: 'Kommunstyrelsen lämnar muntligt',
        decision: { body: { name: 'Arbetsmarknadsnämnden' }, paragraph: '§ 98' },
      });
    });

    it('what happened to the plan since the round before, also what was recorded late', async () => {
      const { revisions } = (await fold(1)).snapshot;
      const told = revisions.map(({ item: { label }, kind }) => `${label} ${kind}`);
      expect(told).toEqual([
        'Uppdrag 34 reworded',
        'Uppdrag 7 reworded',
        'Åtgärd 2 discontinued',
        'Åtgärd 43 renumbered',
        'Åtgärd 2 succeeded',
        'Åtgärd 1 completed',
      ]);
      expect(revisions[1]).toMatchObject({
        before: { title: 'Enklare processer' },
        after: { title: 'Enklare och digitala processer' },
        decision: { diarienummer: 'AMN-2025-00210' },
      });
      expect(revisions[3]).toMatchObject({ before: { number: null }, after: { number: '43' } });
      expect(revisions[4]).toMatchObject({ successor: { kind: 'merged', item: { label: 'Åtgärd 3' } } });
    });

    it('numbers exactly as recorded, with gaps, corrections, movement and difference', async () => {
      const { indicators } = (await fold(1)).snapshot;
      expect(indicators.map(({ name }) => name)).toEqual(['Andel vuxna med ekonomiskt bistånd', 'Besök']);
      expect(indicators[0]).toMatchObject({ target: { atMost: '1', by: '2026-12-31' }, targetMet: false });
      expect(indicators[0]!.series).toMatchObject([
        { period: '2023', movement: 'unknown', women: { value: '1.50' } },
        {
          period: '2024',
          total: { value: '1.24' },
          women: { value: '1.3', asPrinted: '1,3' },
          difference: '0.06',
          movement: 'towards',
          corrections: [{ before: { total: { asPrinted: '1,25 (okt)' } }, reason: 'Helårsvärdet är klart' }],
        },
        { period: '2025', total: { provisionalAsOf: '2025-07' } },
      ]);
      expect(indicators[1]!.series).toMatchObject([{ total: { value: '5787' }, women: { gap: 'not-split-by-sex' } }]);
      const reissued = (await fold(2)).snapshot.indicators[0]!.series.at(-1)!;
      expect(reissued).toMatchObject({ total: { value: '1.18' }, late: true, corrections: [{ late: true }] });
    });

    it('who was ready, and what is missing', async () => {
      const { bodies, missingAtFreeze } = (await fold(1)).snapshot.coverage;
      const of = (name: string) => bodies.find(({ body }) => body.name === name)!;
      expect(of('Arbetsmarknadsnämnden')).toMatchObject({
        owner: true,
        ready: { recordedAt: '2025-09-15T10:00:00.000Z', comment: 'Klart', afterDeadline: true },
        assessed: 4,
      });
      // Dissolved on 1 August, so that it owed nothing on the 31st.
      expect(bodies.map(({ body }) => body.name)).not.toContain('Uppsalahem AB');
      expect(bodies[0]!.owner).toBe(true);
      expect(of('Kommunstyrelsen')).toMatchObject({ ready: null, expected: 2, assessed: 0 });
      // It answers for one, and another concerns it, which in a body's own plan it owes nothing for.
      expect(of('Barn- och utbildningsnämnden')).toMatchObject({ expected: 1, assessed: 1 });
      expect(missingAtFreeze).toMatchObject([
        { body: { name: 'Kommunstyrelsen' }, items: [{ label: 'Uppdrag 7' }, { label: 'Uppdrag 10' }] },
      ]);
    });

    it('what bodies owe in a plan of the council: also what only concerns them', async () => {
      const ofCouncil = goldenEvents().map((event) =>
        event.type === 'BodyRegistered' && event.data['key'] === 'amn'
          ? { ...event, data: { ...event.data, kind: 'council' } }
          : event,
      );
      const other = await golden.storeOf(ofCouncil);
      const { bodies } = (await fold(1, other)).snapshot.coverage;
      const owed = bodies.map(({ body, expected }) => [body.name, expected]);
      expect(owed).toEqual([
        ['Arbetsmarknadsnämnden', 8],
        ['Barn- och utbildningsnämnden', 2],
        ['Gatu- och samhällsmiljönämnden', 1],
        ['Kommunstyrelsen', 2],
      ]);
    });

    it('how many items have each level', async () => {
      const { all, byKind, byTopItem } = (await fold(1)).snapshot.totals;
      expect(all).toMatchObject({ items: 9, discontinued: 1, completed: 1, notAssessed: 4 });
      expect(all.levels.map(({ code, count }) => [code, count])).toEqual([
        ['completed', 0],
        ['on-track', 3],
        ['delayed', 1],
        ['not-carried-out', 0],
      ]);
      expect(byKind.map(({ id, items }) => [id, items])).toEqual([
        ['fokusmal', 2],
        ['uppdrag', 3],
        ['atgard', 4],
      ]);
      // Uppdrag 34 lies under both.
      expect(byTopItem.map(({ items, label }) => [label, items])).toEqual([
        ['Fokusmål 1: En stark ekonomi', 4],
        ['Fokusmål 4: Tryggare med jämlika livsvillkor', 6],
      ]);
    });
  });
});
