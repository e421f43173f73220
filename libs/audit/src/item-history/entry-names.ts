import { Inject, Injectable } from '@nestjs/common';
import type { FormalDecision } from '#kernel';
import { LineageReader, RevisionReader } from '#planning';
import type { CalledItem, RevisionDocument } from '#planning';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import { Directory } from '#reading';
import type { Asked } from '#reading';
import type { RecordEntry } from '../read-models/plan-history/record-entry.js';
import type { HistoryEntry } from './history-entry.js';

type Entry = HistoryEntry | RecordEntry;

/** What is needed to tell entries in words. */
export interface NamesOfEntries {
  /** Bodies, levels and rounds. */
  readonly directory: Directory;
  /** The items that entries name, by id. */
  readonly items: ReadonlyMap<string, CalledItem>;
  /** The revisions that entries are a part of, by the events that decided them. */
  readonly revisions: ReadonlyMap<string, RevisionDocument>;
}

/** Looks up what entries of any histories name: bodies, scales, rounds, items and revisions. */
@Injectable()
export class EntryNames {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(LineageReader) private readonly lineage: LineageReader,
    @Inject(RevisionReader) private readonly revisions: RevisionReader,
  ) {}

  /**
   * @param moment of which things are called by their names
   * @param also what else is to be named
   */
  async of(
    tenant: string,
    entries: readonly Entry[],
    moment: MomentOfDay,
    { bodies = [], rounds = [], scales = [] }: Asked = {},
  ): Promise<NamesOfEntries> {
    const named = {
      bodies: [...bodies, ...entries.flatMap(bodiesIn)],
      scales: [...scales, ...entries.flatMap(scalesIn)],
      rounds: [...rounds, ...entries.flatMap(roundsIn)],
    };
    const [directory, items, revisions] = await Promise.all([
      Directory.of(this.readModels, tenant, moment, named),
      this.lineage.called(tenant, entries.flatMap(itemsIn), moment),
      this.revisions.decidedBy(
        tenant,
        entries.flatMap(({ causedBy }) => causedBy ?? []),
      ),
    ]);
    return { directory, items, revisions };
  }
}

/** The bodies that an entry names. */
function bodiesIn({ about, actor, after, decision }: Entry): string[] {
  const { bodyId } = about;
  const decided = after['decided'] as FormalDecision | undefined;
  return [bodyId, decided?.bodyId, decision?.bodyId, actor.body].filter((id) => typeof id === 'string');
}

/** The version of a scale that an entry tells a level by. */
export type Scale = Parameters<Directory['levels']>[0];

/** The scales that an entry about an assessment names. */
function scalesIn({ about, after, before }: Entry): string[] {
  if (about['assessmentId'] === undefined) return [];
  return [after, before].flatMap(({ scale }) => (scale as Scale | undefined)?.scaleId ?? []);
}

const roundsIn = ({ about: { roundId } }: Entry): string[] => (typeof roundId === 'string' ? [roundId] : []);

/** The items at the other ends of the links that an entry tells of. */
function itemsIn({ about: { answersId, successor, successorId } }: Entry): string[] {
  const gone = (successor as { readonly itemId?: string } | undefined)?.itemId;
  return [answersId, successorId, gone].filter((id) => typeof id === 'string');
}
