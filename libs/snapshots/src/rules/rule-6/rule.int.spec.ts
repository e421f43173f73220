import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { IndicatorContent, ItemContent, Snapshot } from '../../format/snapshot.js';
import { goldenEvents, goldenFolderOf } from '../../testing/golden-log.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';

describe('Rule 6', () => {
  const { fold, storeOf } = describeGoldenRule(6, {
    1: 'b8f59a2f4857511b5059a705776ab3c299e83225ed4ffa5ec12b53f1da03cfeb',
    2: '31d68bf7511ad71c0e8225b3ffc7ec215f34f58865f1b86efe94d4fcf7d67f8a',
  });
  const itemIn = ({ items }: Snapshot, key: string): ItemContent => items.find((one) => one.key === key)!;
  const indicatorIn = ({ indicators }: Snapshot, key: string): IndicatorContent =>
    indicators.find((one) => one.key === key)!;

  it.each([1, 2])(
    'tells in issue %i nothing else than rule 5 where nothing more is said of anything',
    async (issue) => {
      const events = goldenEvents(5).map((event) =>
        'rule' in event.data ? { ...event, data: { ...event.data, rule: 6 } } : event,
      );
      const kept = JSON.parse(await readFile(join(goldenFolderOf(5), `issue-${issue}.json`), 'utf8')) as Snapshot;
      const { snapshot } = await fold(issue, await storeOf(events));
      const told = JSON.parse(JSON.stringify(snapshot)) as Snapshot;
      const link = ({ printedLabel: _, ...one }: ItemContent['successors'][number]) => one;
      const items = told.items.map((item) => ({
        ...item,
        successors: item.successors.map(link),
        predecessors: item.predecessors.map(link),
      }));
      expect({ ...told, items, rule: 5 }).toEqual(kept);
    },
  );

  it('tells of an item what was inferred of what it still is, what is retold, and every remark', async () => {
    const { snapshot } = await fold(1);
    // It was reworded since: what its first title was inferred from says nothing of the one that it has.
    expect(itemIn(snapshot, 'u1')).toMatchObject({
      inferred: [{ fact: 'number', ground: 'Ordningen i listan.' }],
      retold: ['text'],
      note: 'Står två gånger i dokumentet.\nLydelsen är protokollets.',
    });
    expect(itemIn(snapshot, 'u1').lifecycle).not.toHaveProperty('note', expect.anything());
    expect(itemIn(snapshot, 'u3').hold).toMatchObject({ inferred: [{ fact: 'until', ground: 'Årets sista dag.' }] });
    expect(snapshot.revisions.find(({ kind }) => kind === 'discontinued')).toMatchObject({
      inferred: [{ fact: 'reason', ground: 'Protokollets skäl.' }],
    });
  });

  it('has those that an item concerns owe it in a plan that the council adopted, whoever owns it', async () => {
    const [council, concerned] = ['ks', 'gsn'].map(
      (key) => goldenEvents(6).find(({ data }) => data['key'] === key)!.data['bodyId'],
    ) as [string, string];
    const concerning = (rule: number): ReturnType<typeof goldenEvents> =>
      goldenEvents(rule).map((event) =>
        event.type === 'ItemAdopted'
          ? { ...event, data: { ...event.data, concerned: { bodies: [concerned] } } }
          : event,
      );
    const adopted = (rule: number) =>
      concerning(rule).map((event) => {
        const { data, metadata, type } = event;
        if (type === 'BodyRegistered' && data['key'] === 'ks') return { ...event, data: { ...data, kind: 'council' } };
        if (type !== 'PlanAdopted' || data['key'] !== 'vp-2025') return event;
        return { ...event, metadata: { ...metadata, decision: { bodyId: council, date: '2024-12-20' } } };
      });
    const owed = async (events: ReturnType<typeof goldenEvents>) => {
      const { bodies } = (await fold(1, await storeOf(events))).snapshot.coverage;
      return new Map(bodies.map(({ body, expected }) => [body.bodyId, expected]));
    };
    const [before, after] = [await owed(concerning(6)), await owed(adopted(6))];
    expect(after.get(concerned)).toBeGreaterThan(before.get(concerned) ?? 0);
    // As every snapshot says that an earlier rule has made.
    expect(await owed(adopted(5))).toEqual(await owed(concerning(5)));
  });

  it('tells of an item its numbers elsewhere, who gave it, and who acts through whom', async () => {
    expect(itemIn((await fold(1)).snapshot, 'u2')).toMatchObject({
      otherNumbers: [{ number: '3.2', where: 'Bilaga 1' }],
      given: { body: { name: 'Kommunstyrelsen' }, on: '2021', reference: '2021:8' },
      acting: [{ body: { name: 'Arbetsmarknadsnämnden' }, through: [{ name: 'Uppsalahem AB' }] }],
    });
  });

  it('tells how the document calls a link, and what it was read from', async () => {
    const { items, revisions } = (await fold(1)).snapshot;
    const merged = revisions.find(({ kind, successor }) => kind === 'succeeded' && successor!.kind === 'merged')!;
    const told = { printedLabel: 'Slås ihop med', inferredFrom: [{ ground: 'Samma lydelse.' }], note: 'Se bilaga 2.' };
    expect(merged).toMatchObject({ inferred: [{ ground: 'Samma lydelse.' }], note: 'Se bilaga 2.', successor: told });
    const links = items.flatMap(({ predecessors, successors }) => [...successors, ...predecessors]);
    expect(links.filter(({ printedLabel }) => printedLabel === told.printedLabel)).toMatchObject([told, told]);
    expect(links.map(({ printedLabel }) => printedLabel)).toContain('Nytt nummer');
  });

  it('tells it of judgements, corrections, withdrawals and that bodies were ready', async () => {
    const { coverage, items } = (await fold(1)).snapshot;
    const told = itemIn((await fold(1)).snapshot, 'u1');
    expect(told.status).toMatchObject({ note: 'Muntlig redovisning.' });
    expect(told.withdrawn).toMatchObject([
      { note: 'Enligt brev.', made: { inferred: [{ ground: 'Färgen i tabellen.' }] } },
    ]);
    const corrections = items.flatMap(({ contributions, status }) => [...(status ? [status] : []), ...contributions]);
    expect(corrections.flatMap((one) => one.corrections.map(({ retold }) => retold))).toContainEqual(['motivation']);
    expect(coverage.bodies.map(({ ready }) => ready?.note)).toContain('Per brev.');
  });

  it('tells it of indicators, their targets, values, corrections and sources, and of the plan and the round', async () => {
    const { snapshot } = await fold(1);
    const share = indicatorIn(snapshot, 'vuxna');
    expect(share).toMatchObject({ retold: ['name'], target: { note: 'Målet gäller hela staden.' } });
    expect(share.series.find(({ period }) => period === '2024')).toMatchObject({
      inferred: [{ fact: 'total', ground: 'Avläst ur diagram.' }],
      corrections: [{ note: 'Rättad i tryck.' }],
    });
    const derived = indicatorIn(snapshot, 'andel-genomforda').series.map(
      ({ computed }) => computed?.total?.denominator,
    );
    expect(derived.map((source) => source?.note)).toContain('Källa till kvoten.');
    // Its title was amended since.
    expect(snapshot.plan).toMatchObject({
      inferred: [{ fact: 'validity.from', ground: 'Omslaget anger åren.' }],
      note: 'Tryckt utan diarienummer.\nOmtryckt i juni.',
    });
    expect(snapshot.round).toMatchObject({ inferred: [{ fact: 'deadline', ground: 'Kallelsen.' }] });
    expect(snapshot.round.amendments!.map(({ note }) => note)).toContain('Efter nämndens möte.');
  });
});
