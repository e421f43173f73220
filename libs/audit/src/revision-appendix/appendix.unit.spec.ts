import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '#kernel';
import type { DiscontinuationReason, ItemEvent, SuccessionKind } from '#planning';
import { csvOf } from '#snapshots';
import { totalsOf } from './appendix.js';
import type { Appendix, AppendixItem, AppendixRow } from './appendix.js';
import { outcomeOf, rowOf, sharedIn } from './appendix-rows.js';
import type { Outcome, ToldItem } from './appendix-rows.js';
import { appendixHtml } from './appendix.html.js';
import { appendixMarkdown } from './appendix.markdown.js';
import { appendixTable } from './appendix.table.js';
import { comparedWords } from './compared-words.js';

const revisedOn = '2025-01-01';
const called = (id: string, title: string): AppendixItem => ({ id, label: `Åtgärd ${id}`, number: id, title });

/** An item that was adopted the year before, and what was recorded of it since. */
function item(id: string, title: string, ...events: readonly (Pick<ItemEvent, 'type'> & { data: object })[]): ToldItem {
  const subject = { itemId: id, planId: 'older' };
  const lists = { parents: [], responsible: [], documents: [], expectedEffects: [] };
  const adopted = { type: 'ItemAdopted', data: { kind: 'atgard', number: id, title, ...lists } };
  return {
    called: called(id, title),
    events: [adopted, ...events].map(
      ({ data, type }, revision) =>
        ({
          ...{ id: `${id}-${revision}`, type, data: { ...subject, ...data }, revision, position: `${revision}` },
          metadata: {
            effectiveOn: revision === 0 ? '2024-01-01' : revisedOn,
            recordedAt: '2025-01-01T00:00:00.000Z',
            actor: { id: 'a', role: 'controller' },
          },
        }) as unknown as RecordedEvent<ItemEvent>,
    ),
  };
}

const succeeded = (successorId: string, kind: SuccessionKind, printedLabel?: string) => ({
  type: 'ItemSucceeded' as const,
  data: { successorId, successorPlanId: 'newer', kind, inferred: false, ...(printedLabel && { printedLabel }) },
});
const completed = { type: 'ItemCompleted' as const, data: { printedLabel: 'Klart' } };
const ended = (reason: DiscontinuationReason) => ({
  type: 'ItemDiscontinued' as const,
  data: { reason, comment: 'Så beslutat', printedLabel: 'Utgår' },
});

function rowsOf(olds: readonly ToldItem[], news: readonly ToldItem[]): AppendixRow[] {
  const outcomes = olds.map((old) => outcomeOf(old, 'newer', '2025-06-01')!);
  const told = new Map(news.map((one) => [one.called.id, one]));
  return outcomes.map((outcome: Outcome) => rowOf(outcome, sharedIn(outcomes), told, undefined));
}

describe('The revision appendix', () => {
  it('counts the 23 åtgärder of “Plan för 1000 fler” as the document does: 8, 4, 2, 4, 2 and 3', () => {
    const olds = [
      item('34', 'a', succeeded('17', 'reworded'), succeeded('17', 'merged')),
      item('38', 'a', succeeded('17', 'reworded'), succeeded('17', 'merged')),
      item('59', 'a', succeeded('35', 'reworded')),
      item('58', 'a', ended('core-work')),
      // Merged with one that lies outside of the plan.
      item('41', 'a', succeeded('20', 'reworded'), succeeded('20', 'merged')),
      item('49', 'a', ended('became-activity')),
      item('28', 'a', succeeded('12', 'reworded')),
      item('27', 'a', ended('outside-control')),
      item('31', 'a', completed),
      item('32', 'a', ended('core-work')),
      item('12', 'a', completed),
      item('33', 'a', ended('became-activity')),
      item('67', 'a', completed),
      item('21', 'a', succeeded('10', 'reworded'), succeeded('10', 'merged')),
      // Completed, though its work goes on in what succeeds another one.
      item('24', 'a', completed, succeeded('35', 'continues')),
      item('25', 'a', ended('outside-control')),
      item('26', 'a', ended('core-work')),
      item('35', 'a', succeeded('13', 'kept')),
      item('63', 'a', ended('core-work')),
      item('36', 'a', succeeded('16', 'kept')),
      item('60', 'a', succeeded('15', 'kept', 'Oförändrad')),
      item('62', 'a', succeeded('36', 'kept'), succeeded('36', 'reworded')),
      item('37', 'a', ended('outside-control')),
    ];
    const rows = rowsOf(olds, []);
    const totals = totalsOf(rows);
    expect(totals.reduce((sum, { count }) => sum + count, 0)).toBe(23);
    expect(totals.map(({ class: of, count, reason }) => [of, reason, count])).toEqual([
      ['kept', undefined, 3],
      ['reworded', undefined, 5],
      ['merged', undefined, 2],
      ['completed', undefined, 4],
      ['discontinued', 'core-work', 4],
      ['discontinued', 'outside-control', 3],
      ['discontinued', 'became-activity', 2],
    ]);
  });

  it('warns where the document says unchanged and the text is another', () => {
    const news = [item('15', 'Ge stöd åt alla'), item('13', 'Ge praktik'), item('16', 'Ge praktik')];
    const [differing, same, unlabelled, other] = rowsOf(
      [
        item('60', 'Ge stöd åt fler', succeeded('15', 'kept', 'Oförändrad')),
        item('35', 'Ge praktik', succeeded('13', 'kept', 'Oförändrad')),
        item('36', 'Ge mer praktik', succeeded('16', 'kept')),
        item('37', 'Ge mer', ended('core-work'), succeeded('16', 'continues', 'Oförändrad')),
      ],
      news,
    );
    expect(differing).toMatchObject({
      class: 'kept',
      printedLabel: 'Oförändrad',
      warnings: [{ code: 'unchanged-text-differs' }],
      successors: [
        {
          title: [{ text: 'Ge stöd åt ' }, { text: 'fler', change: 'removed' }, { text: 'alla', change: 'added' }],
        },
      ],
    });
    expect(same!.warnings).toEqual([]);
    expect(unlabelled!.warnings).toMatchObject([{ code: 'unchanged-text-differs' }]);
    expect(other!.warnings).toMatchObject([{ code: 'unchanged-text-differs' }, { code: 'label-says-otherwise' }]);
  });

  it('tells label, reason and comment apart, and forgets what was taken back', () => {
    const link = succeeded('17', 'reworded', 'Ny formulering');
    const back = {
      type: 'ItemRevisionRetracted' as const,
      data: {
        ...{ retracted: 'ItemSucceeded', revisions: [1], restores: {}, reason: 'Fel rad' },
        successor: { itemId: '17', kind: 'reworded' },
      },
    };
    const [gone, row] = rowsOf([item('1', 'a', link, back), item('2', 'a', ended('became-activity'))], []);
    expect(gone).toMatchObject({ class: 'untold', successors: [], warnings: [] });
    expect(gone).not.toHaveProperty('printedLabel');
    expect(row).toMatchObject({
      ...{ class: 'discontinued', reason: 'became-activity', classLabel: 'Upphörd, blev aktivitet' },
      ...{ printedLabel: 'Utgår', comment: 'Så beslutat' },
    });
  });

  it('sets texts against each other so that each can be read back, whatever they hold', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.lorem(),
      fc.constantFrom('', 'å ä ö', '5\u00a0787', '\n'),
    );
    fc.assert(
      fc.property(text, text, (older, newer) => {
        const words = comparedWords(older, newer);
        const without = (change: string) =>
          words.flatMap((word) => (word.change === change ? [] : [word.text])).join('');
        expect([without('added'), without('removed')]).toEqual([older, newer]);
      }),
    );
    const [many, others] = ['a', 'b'].map((one) => Array.from({ length: 3_000 }, (_, nth) => `${one}${nth}`).join(' '));
    expect(comparedWords(many!, others!)).toEqual([
      { text: many, change: 'removed' },
      { text: others, change: 'added' },
    ]);
  });

  it('is no way in for markup, formulas or orders to a device, in any form', () => {
    const evil = '=HYPERLINK("x")\u001b[31m<script>alert(1)</script> **fet** | `kod` \u202e';
    const [row] = rowsOf(
      [
        item(
          '60',
          evil,
          { ...ended('core-work'), data: { reason: 'other', comment: evil, printedLabel: evil } },
          succeeded('15', 'kept'),
        ),
      ],
      [item('15', `${evil} ny`)],
    );
    const plan = { id: 'p', title: evil };
    const appendix: Appendix = {
      ...{ older: plan, newer: plan, rows: [row!], totals: totalsOf([row!]) },
      added: [called('9', evil)],
    };
    const forms = [appendixHtml(appendix), csvOf(appendixTable(appendix)), appendixMarkdown(appendix)];
    // eslint-disable-next-line no-control-regex
    for (const form of forms) expect(form).not.toMatch(/[\u001b\u202e]/);
    expect(forms[0]).not.toContain('<script');
    expect(forms[1]).not.toMatch(/(^|;)"=/m);
    expect(forms[2]).not.toContain('<script');
    expect(forms[2]).not.toContain('**fet**');
    // A row of the table is a line, and a cell ends where its text does.
    expect(forms[2]!.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(4);
  });
});
