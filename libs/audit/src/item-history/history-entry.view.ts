import {
  ActorView,
  AnyTextField,
  BooleanField,
  CodesField,
  DayField,
  FormalDecisionFields,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ProvenanceView,
  RecordField,
  ValueField,
} from '#http-api';
import { kind, provenanceInSwedish } from '#kernel';
import type { Provenance } from '#kernel';
import { calledInWords, wordsOf } from '#planning';
import type { RevisionDocument } from '#planning';
import type { Directory } from '#reading';
import { swedishBy, swedishDecision } from '#snapshots';
import type { RecordEntry } from '../read-models/plan-history/record-entry.js';
import type { NamesOfEntries, Scale } from './entry-names.js';
import type { HistoryEntry } from './history-entry.js';

export class HistoryEntryView extends ProvenanceView {
  @AnyTextField({
    example: 'Arbetsmarknadsnämnden ändrade bedömningen från Grön till Gul',
    description: 'What happened, in words',
  })
  summary!: string;
  @AnyTextField({ example: 'ItemAssessed', description: 'The type of the event' })
  type!: string;
  @InstantField({ description: 'When the log learnt it' })
  recordedAt!: string;
  @DayField({ example: '2025-04-08', description: 'The day that it speaks of' })
  effectiveOn!: string;
  @AnyTextField({ example: 'Delårsuppföljning april 2025', description: 'The round of an assessment', optional: true })
  round?: string;
  @AnyTextField({
    example: 'Upphandlingen är överklagad.',
    description: 'The motivation of an assessment',
    optional: true,
  })
  motivation?: string;
  @AnyTextField({ example: 'Ny formulering', description: 'How the document itself calls a revision', optional: true })
  printedLabel?: string;
  @AnyTextField({
    example: 'rapportör, Arbetsmarknadsnämnden',
    description: 'Who recorded it: role and body, in words',
  })
  by!: string;
  @AnyTextField({
    example: 'Arbetsmarknadsnämnden, 2024-12-20, § 87',
    description: 'The formal decision, in words',
    optional: true,
  })
  decisionInWords?: string;
  @IdField({ description: 'The event that it corrects or takes back, of whose day it speaks', optional: true })
  corrects?: string;
  @IdField({
    description: 'The event that took its place before it took effect: it never came into force',
    optional: true,
  })
  overtakenBy?: string;
  @ObjectField(() => ActorView, { description: 'Who acted: an id, a role and a body' })
  actor!: ActorView;
  @AnyTextField({ example: 'Arbetsmarknadsnämnden', description: 'The name of the body that acted', optional: true })
  actorBody?: string;
  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision', optional: true })
  decision?: FormalDecisionFields;
  @BooleanField({
    description: 'That it was recorded otherwise, as the answer about the decision tells',
    optional: true,
  })
  decisionCorrected?: boolean;
  @CodesField({
    description: 'The rules by which it looked like a mistake, and was confirmed to be meant',
    example: ['decision-made'],
    optional: true,
  })
  confirmed?: readonly string[];
  @RecordField({ example: { reason: 'Rättat' }, description: 'What it speaks of: the round, the body, the reason' })
  about!: object;
  @RecordField({ example: { level: 'on-track' }, description: 'What was in force before it took effect' })
  before!: object;
  @RecordField({ example: { level: 'delayed' }, description: 'What it says since' })
  after!: object;
  @IntegerField({ min: 0, example: 4, description: 'Its place in the stream' })
  revision!: number;
  @ValueField(kind.position, { example: '00000000000000000412', description: 'Its place in the log' })
  position!: string;
  @IdField({ description: 'The event' })
  eventId!: string;
  @IdField({ description: 'The command that led to it' })
  commandId!: string;
  @IdField({ description: 'The event or command that led to that, where one did', optional: true })
  causedBy?: string;
  @IdField({ description: 'The revision of many items that it is a part of', optional: true })
  revisionId?: string;
}

const correcting: readonly HistoryEntry['type'][] = [
  'AssessmentCorrected',
  'AssessmentWithdrawn',
  'AssessmentReinstated',
  'ItemRevisionRetracted',
  'ItemCancelled',
];

/** Whether an event takes the place of one of its own type; others that name one say themselves what becomes of it. */
const isCorrection = ({ corrects, type }: HistoryEntry): boolean =>
  corrects !== undefined && !correcting.includes(type);

/** An entry with its words. @param names of at least what the entry names */
export function entryView(entry: HistoryEntry, names: NamesOfEntries): HistoryEntryView {
  const { directory, items, revisions } = names;
  const revision = entry.causedBy === undefined ? undefined : revisions.get(entry.causedBy);
  const told = {
    body: (id: string) => directory.body(id).name,
    level: (code: unknown, scale: unknown) =>
      typeof code === 'string' ? directory.levelLabel(code, scale as Scale | undefined) : '–',
    round: (id: string) => roundIn(directory, id),
    item: (id: string) => {
      const item = items.get(id);
      return item ? calledInWords(item) : id;
    },
  };
  const correction = isCorrection(entry) ? 'Rättelse: ' : '';
  const overtaken = entry.overtakenBy === undefined ? '' : ' (ersattes innan det trädde i kraft)';
  const words = `${correction}${wordsOf(entry.type, entry, told)}${overtaken}${revision ? partOf(revision) : ''}`;
  return {
    summary: withProvenance(words, entry),
    ...entry,
    ...inWords(entry, directory),
    ...(revision && { revisionId: revision._id }),
  };
}

const roundIn = (directory: Directory, id: string): string => directory.round(id)?.label ?? id;

/** What an entry of any history holds in codes and ids, as a reader is told it. */
export function inWords({ about, actor, after, decision }: HistoryEntry | RecordEntry, directory: Directory) {
  const { printedLabel, roundId } = about;
  const { motivation } = after;
  const nameOf = (id: string) => ({ bodyId: id, name: directory.body(id).name });
  return {
    by: swedishBy({ role: actor.role, ...(actor.body && { body: nameOf(actor.body) }) }),
    ...(actor.body && { actorBody: nameOf(actor.body).name }),
    ...(typeof roundId === 'string' && { round: roundIn(directory, roundId) }),
    ...(typeof motivation === 'string' && { motivation }),
    ...(typeof printedLabel === 'string' && { printedLabel }),
    ...(decision && { decisionInWords: swedishDecision({ ...decision, body: nameOf(decision.bodyId) }) }),
  };
}

/** Words that say where what they tell comes from: `Påhittat: … (sagt 2024-04-08 av ordföranden, enligt Protokoll)`. */
export const withProvenance = (words: string, whence: Provenance): string =>
  [`${whence.invented ? 'Påhittat: ' : ''}${words}`, ...provenanceInSwedish(whence).map((told) => `(${told})`)].join(
    ' ',
  );

/** Such as ` (del av revideringen ”Inför 2026” av 6 uppdrag)`. */
function partOf({ comment, items }: RevisionDocument): string {
  return ` (del av revideringen${comment === undefined ? '' : ` ”${comment}”`} av ${items} uppdrag)`;
}
