import type { Directory } from '#follow-up';
import type { Level } from '#planning';
import type { HistoryEntry } from './history-entry.js';
import type { Values } from './item-change.js';

const stages: Readonly<Record<string, string>> = {
  ItemRetained: 'Behölls oförändrad',
  ItemCompleted: 'Slutfördes',
  ItemDiscontinued: 'Upphörde',
};

/**
 * What an event says to a Swedish reader, in one line. The motivation itself stands in the entry.
 * @param levels the levels of the plan's scale
 */
export function describeEntry(entry: HistoryEntry, directory: Directory, levels: readonly Level[]): string {
  const levelOf = ({ level }: Values): string => levels.find(({ code }) => code === level)?.label ?? textOf(level);
  const { about, after, before } = entry;
  switch (entry.type) {
    case 'ItemAdopted':
      return `Antogs: ”${textOf(after['title'])}”`;
    case 'ItemReworded':
      return after['title'] === undefined
        ? 'Beskrivningen ändrades'
        : `Omformulerades från ”${textOf(before['title'])}” till ”${textOf(after['title'])}”`;
    case 'ItemRenumbered':
      return `Numret ändrades från ${textOf(before['number'])} till ${textOf(after['number'])}`;
    case 'ItemMoved':
      return 'Flyttades till en annan plats i planen';
    case 'ItemConcernedChanged':
      return 'Berörda ändrades';
    case 'ItemResponsibleChanged':
      return 'Ansvariga ändrades';
    case 'ItemRetained':
    case 'ItemCompleted':
    case 'ItemDiscontinued':
      return [stages[entry.type], about['comment']].filter(Boolean).join(': ');
    case 'ItemSucceeded':
      return `Fick en efterföljare (${textOf(about['kind'])})`;
    case 'ItemAssessed':
      return before['level'] === undefined
        ? `${whose(entry, directory)} bedömde: ${levelOf(after)}`
        : `${whose(entry, directory)} ändrade bedömningen från ${levelOf(before)} till ${levelOf(after)}`;
    case 'AssessmentCorrected':
      return `${whose(entry, directory)} rättade bedömningen från ${levelOf(before)} till ${levelOf(after)}: ${textOf(about['reason'])}`;
    case 'AssessmentWithdrawn':
      return `${whose(entry, directory)} tog tillbaka bedömningen ${levelOf(before)}: ${textOf(about['reason'])}`;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '–');

const whose = ({ about }: HistoryEntry, directory: Directory): string => directory.body(textOf(about['bodyId'])).name;
