import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import type { CalledItem, ItemEvent } from '#planning';
import type { Directory } from '#reading';
import type { NamesOfEntries } from './entry-names.js';
import { entriesOf } from './history-entry.js';
import type { HistoryEntry } from './history-entry.js';
import { entryView } from './history-entry.view.js';

const item = { itemId: 'item', planId: 'plan' };

function recorded(events: readonly ItemEvent[]): RecordedEvent<ItemEvent>[] {
  return events.map((event, revision) => ({
    ...event,
    id: `event-${revision}`,
    stream: 't.item-item',
    revision,
    position: String(revision + 1).padStart(20, '0'),
    metadata: {
      tenant: 't',
      schema: 1,
      recordedAt: `2025-01-0${revision + 1}T12:00:00.000Z`,
      effectiveOn: '2025-01-01',
      actor: { id: 'a', role: 'controller' },
      commandId: `command-${revision}`,
      commandDigest: '0',
      correlationId: 'c',
      causationId: 'c',
    },
  })) as unknown as RecordedEvent<ItemEvent>[];
}

const adopted: ItemEvent = {
  type: 'ItemAdopted',
  data: {
    ...item,
    kind: 'uppdrag',
    number: '7',
    title: 'Fler i arbete',
    parents: [],
    responsible: [],
    documents: [],
    expectedEffects: [],
  },
};
const scale = { scaleId: 'scale', version: 1 };
const said = (level: string) => ({ level, motivation: `Nu ${level}`, evidence: [] });
const made = (level: string) => ({ ...said(level), scale });
const assessed = (assessmentId: string, bodyId: string, level: string): ItemEvent => ({
  type: 'ItemAssessed',
  data: {
    ...item,
    assessmentId,
    bodyId,
    roundId: 'round',
    capacity: 'owner',
    ...made(level),
  },
});
const about = (assessmentId: string, bodyId: string) => ({
  ...item,
  assessmentId,
  bodyId,
  roundId: 'round',
  capacity: 'owner' as const,
  reason: 'Fel',
});
const corrected = (assessmentId: string, bodyId: string, level: string): ItemEvent => ({
  type: 'AssessmentCorrected',
  data: { ...about(assessmentId, bodyId), ...said(level) },
});
const withdrawn = (assessmentId: string, bodyId: string): ItemEvent => ({
  type: 'AssessmentWithdrawn',
  data: about(assessmentId, bodyId),
});

/** A double of what is looked up: bodies by their ids in capitals, levels by code and version. */
const named = (): NamesOfEntries => {
  const directory = {
    body: (id: string) => ({ id, name: id.toUpperCase() }),
    levelLabel: (code: string, of?: { readonly version: number }) => `${code} ${of?.version ?? ''}`.trim(),
    round: () => ({ label: 'April' }),
  } as unknown as Directory;
  const twenty: CalledItem = {
    ...{ id: 'twenty', planId: 'new', plan: 'VP 2025' },
    ...{ label: 'Åtgärd 20', number: '20', title: 'Fler' },
  };
  return { directory, items: new Map([['twenty', twenty]]), revisions: new Map() };
};

const befores = (...events: ItemEvent[]) => entriesOf(recorded(events)).map(({ before }) => before);

describe('An entry of an item’s history', () => {
  it('tells from what to what a property went, each time it changed', () => {
    const [, first, second] = entriesOf(
      recorded([
        adopted,
        { type: 'ItemReworded', data: { ...item, title: 'Fler i jobb', reason: 'Klarspråk' } },
        { type: 'ItemReworded', data: { ...item, title: 'Alla i jobb', text: 'Och studier' } },
      ]),
    );
    expect(first).toMatchObject({
      about: { reason: 'Klarspråk' },
      before: { title: 'Fler i arbete' },
      after: { title: 'Fler i jobb' },
    });
    expect(second).toMatchObject({
      before: { title: 'Fler i jobb', text: null },
      after: { title: 'Alla i jobb', text: 'Och studier' },
    });
  });

  describe('of what was recorded out of the order of its days', () => {
    const reworded = (title: string): ItemEvent => ({ type: 'ItemReworded', data: { ...item, title } });
    /** What was recorded from the 2nd to the 9th of January, of which days. */
    const told = (...events: (readonly [day: string, event: ItemEvent, corrects?: string])[]) =>
      entriesOf(
        recorded([adopted, ...events.map(([, event]) => event)]).map((event, index) => {
          const [effectiveOn = '2025-01-01', , corrects] = events[index - 1] ?? [];
          return { ...event, metadata: { ...event.metadata, effectiveOn, ...(corrects && { corrects }) } };
        }),
      ).slice(1);

    it('says from what it went when it took effect', () => {
      const [later, earlier, last] = told(
        ['2025-06-01', reworded('Juni')],
        ['2025-03-01', reworded('Mars')],
        ['2025-09-01', reworded('September')],
      );
      expect([later, earlier, last].map((entry) => entry!.before)).toEqual([
        { title: 'Fler i arbete' },
        { title: 'Fler i arbete' },
        { title: 'Juni' },
      ]);
      expect([later, earlier, last].filter((entry) => 'overtakenBy' in entry!)).toEqual([]);
    });

    it('sets what was said earlier of the same day against what had been said by then', () => {
      const attested = { on: '2025-01-01', role: 'Ordförande', evidence: [] };
      const ofOneDay = recorded([adopted, reworded('Nytt'), reworded('Äldre'), reworded('Nyast')]).map(
        (event, index) => ({
          ...event,
          metadata: { ...event.metadata, effectiveOn: '2025-01-01', ...(index === 2 && { attested }) },
        }),
      );
      const [, , older, newest] = entriesOf(ofOneDay);
      expect([older!.before, newest!.before]).toEqual([{ title: 'Fler i arbete' }, { title: 'Nytt' }]);
    });

    it('passes over what was overtaken before it took effect, and says so', () => {
      const [wrong, right] = told(['2025-06-01', reworded('Fel')], ['2025-06-01', reworded('Rätt')]);
      expect(wrong).toMatchObject({ after: { title: 'Fel' }, overtakenBy: 'event-2' });
      expect(right!.before).toEqual({ title: 'Fler i arbete' });
      const summary = entryView(wrong!, named()).summary;
      expect(summary).toBe('Omformulerades från ”Fler i arbete” till ”Fel” (ersattes innan det trädde i kraft)');
    });

    it('sets what corrects another against it, where that was in force', () => {
      const [wrong, right] = told(['2025-01-01', reworded('Fel')], ['2025-01-01', reworded('Rätt'), 'event-1']);
      expect(wrong).not.toHaveProperty('overtakenBy');
      expect(right!.before).toEqual({ title: 'Fel' });
    });

    it('tells nothing of what was taken back as what was before', () => {
      const restores = { title: { value: 'Fler i arbete', since: '2025-01-01' } };
      const retracted: ItemEvent = {
        type: 'ItemRevisionRetracted',
        data: { ...item, retracted: 'ItemReworded', revisions: [1], restores, reason: 'Fel' },
      };
      const [wrong, gone, next] = told(
        ['2025-06-01', reworded('Fel')],
        ['2025-06-01', retracted],
        ['2025-07-01', reworded('Juli')],
      );
      expect(wrong).toMatchObject({ overtakenBy: 'event-2' });
      expect(gone).toMatchObject({ before: { title: 'Fel' }, after: { title: 'Fler i arbete' } });
      expect(next!.before).toEqual({ title: 'Fler i arbete' });
    });
  });

  it('tells of a number that went away, and of an end', () => {
    const entries = entriesOf(
      recorded([adopted, { type: 'ItemRenumbered', data: item }, { type: 'ItemCompleted', data: item }]),
    );
    expect(entries[1]).toMatchObject({ before: { number: '7' }, after: { number: null } });
    expect(entries[2]).toMatchObject({ before: { lifecycle: 'active' }, after: { lifecycle: 'completed' } });
  });

  it('sets an assessment against what the same body said last', () => {
    expect(
      befores(adopted, assessed('1', 'amn', 'green'), assessed('2', 'ks', 'red'), assessed('3', 'amn', 'red')),
    ).toEqual([{}, {}, {}, made('green')]);
  });

  it('sets a correction and a withdrawal against the assessment as it stood', () => {
    expect(
      befores(
        assessed('1', 'amn', 'green'),
        assessed('2', 'amn', 'red'),
        corrected('1', 'amn', 'yellow'),
        withdrawn('1', 'amn'),
      ),
    ).toEqual([{}, made('green'), made('green'), said('yellow')]);
  });

  it('passes over what was withdrawn', () => {
    expect(
      befores(
        assessed('1', 'amn', 'green'),
        assessed('2', 'amn', 'red'),
        withdrawn('2', 'amn'),
        assessed('3', 'amn', 'red'),
      ).at(-1),
    ).toEqual(made('green'));
  });

  it('holds what the event itself says of who, when and where', () => {
    expect(entriesOf(recorded([adopted]))[0]).toMatchObject({
      eventId: 'event-0',
      type: 'ItemAdopted',
      recordedAt: '2025-01-01T12:00:00.000Z',
      effectiveOn: '2025-01-01',
      actor: { id: 'a', role: 'controller' },
      revision: 0,
      position: '00000000000000000001',
      commandId: 'command-0',
      after: { title: 'Fler i arbete', lifecycle: 'active' },
    });
  });

  it('says of a correction that it is one, and of what', () => {
    const [, wrong, right] = recorded([
      adopted,
      { type: 'ItemReworded', data: { ...item, title: 'Fel' } },
      { type: 'ItemReworded', data: { ...item, title: 'Rätt' } },
    ]);
    const correction = { ...right!, metadata: { ...right!.metadata, corrects: wrong!.id } } as RecordedEvent<ItemEvent>;
    const view = (entry: HistoryEntry) => entryView(entry, named());
    const [first, second] = entriesOf([wrong!, correction]).map(view);
    expect(first!.summary).not.toContain('Rättelse');
    expect(first).not.toHaveProperty('corrects');
    expect(second).toMatchObject({ corrects: wrong!.id });
    expect(second!.summary).toMatch(/^Rättelse: Omformulerades från ”Fel” till ”Rätt”/);
  });

  it('compares no level with one of another version of the scale', () => {
    const second = assessed('2', 'amn', 'good');
    const onNewScale = { ...second, data: { ...second.data, scale: { ...scale, version: 2 } } } as ItemEvent;
    const entries = entriesOf(
      recorded([
        adopted,
        assessed('1', 'amn', 'green'),
        onNewScale,
        corrected('2', 'amn', 'bad'),
        assessed('3', 'amn', 'red'),
        assessed('4', 'amn', 'green'),
      ]),
    );
    expect(entries.slice(1).map((entry) => entryView(entry, named()).summary)).toEqual([
      'AMN bedömde: green 1 (April)',
      'AMN ändrade bedömningen till good 2, på en annan version av skalan än green 1, som det inte kan jämföras med (April)',
      'AMN rättade bedömningen från good 2 till bad (April): Fel',
      'AMN ändrade bedömningen från bad till red 1 (April)',
      'AMN ändrade bedömningen från red 1 till green 1 (April)',
    ]);
  });

  it('says that a level stands, and never that it changed from itself to itself', () => {
    const entries = entriesOf(
      recorded([
        adopted,
        assessed('1', 'amn', 'green'),
        assessed('2', 'amn', 'green'),
        corrected('2', 'amn', 'green'),
        withdrawn('2', 'amn'),
      ]),
    );
    expect(entries.slice(1).map((entry) => entryView(entry, named()).summary)).toEqual([
      'AMN bedömde: green 1 (April)',
      'AMN bedömde: fortsatt green 1 (April)',
      'AMN rättade bedömningen, som fortfarande är green 1 (April): Fel',
      'AMN tog tillbaka bedömningen green (April): Fel',
    ]);
  });

  it('tells a link by what the other item is called, and what the document calls it', () => {
    const link = { successorId: 'twenty', successorPlanId: 'new', inferred: false };
    const told = (events: readonly ItemEvent[]) =>
      entriesOf(recorded([adopted, ...events]))
        .slice(1)
        .map((entry) => entryView(entry, named()).summary);
    const kinds = ['kept', 'renumbered', 'reworded', 'merged', 'split', 'replaced', 'continues'] as const;
    const words = told(kinds.map((kind) => ({ type: 'ItemSucceeded', data: { ...item, ...link, kind } })));
    for (const [index, kind] of kinds.entries()) {
      expect(words[index]).toMatch(/ Åtgärd 20 ”Fler” i VP 2025$/);
      expect(words[index]).not.toContain(kind);
    }
    expect(
      told([
        {
          type: 'ItemSucceeded',
          data: { ...item, ...link, kind: 'merged', inferred: true, printedLabel: 'Ny formulering', comment: 'Med 42' },
        },
        {
          type: 'ItemRevisionRetracted',
          data: {
            ...{ ...item, retracted: 'ItemSucceeded', revisions: [1], restores: {}, reason: 'Fel rad' },
            successor: { itemId: 'twenty', kind: 'merged' },
          },
        },
      ]),
    ).toEqual([
      'Slogs ihop till Åtgärd 20 ”Fler” i VP 2025 (tolkning) (i dokumentet: ”Ny formulering”): Med 42',
      'Efterföljaren Åtgärd 20 ”Fler” i VP 2025 togs tillbaka: Fel rad',
    ]);
  });

  it('warns where the document calls a revision something else', () => {
    const told = (event: ItemEvent) => entryView(entriesOf(recorded([adopted, event]))[1]!, named());
    const kept = told({
      type: 'ItemRetained',
      data: { ...item, printedLabel: 'Ny formulering', comment: 'Slås ihop' },
    });
    expect(kept.summary).toBe('Behölls (i dokumentet: ”Ny formulering”, vilket säger något annat): Slås ihop');
    expect(kept).toMatchObject({ printedLabel: 'Ny formulering' });
    expect(told({ type: 'ItemRetained', data: { ...item, printedLabel: 'Oförändrad' } }).summary).toBe(
      'Behölls oförändrad (i dokumentet: ”Oförändrad”)',
    );
    expect(
      told({
        type: 'ItemReworded',
        data: { ...item, title: 'Ny', printedLabel: 'Oförändrad', reason: 'Förtydligad' },
      }).summary,
    ).toMatch(/ \(i dokumentet: ”Oförändrad”, vilket säger något annat\): Förtydligad$/);
    expect(
      told({
        type: 'ItemDiscontinued',
        data: { ...item, reason: 'became-activity', comment: 'Görs ändå', printedLabel: 'Utgår' },
      }).summary,
    ).toBe('Upphörde, blev aktivitet (i dokumentet: ”Utgår”): Görs ändå');
  });

  it('holds motivation, round, decision and who, in words', () => {
    const [, made] = recorded([adopted, assessed('1', 'amn', 'green')]);
    const decision = { bodyId: 'ks', date: '2025-04-08', paragraph: '§ 12' };
    const event = {
      ...made!,
      metadata: { ...made!.metadata, actor: { id: 'a', role: 'reporter', body: 'amn' }, decision },
    } as RecordedEvent<ItemEvent>;
    expect(entryView(entriesOf([event])[0]!, named())).toMatchObject({
      round: 'April',
      motivation: expect.any(String),
      by: 'rapportör, AMN',
      decisionInWords: 'KS, 2025-04-08, § 12',
    });
  });
});
