import type { RecordedEvent, RecordedFact, Role } from '#kernel';
import { isWithin } from '#projecting';
import type { Moment } from '#projecting';
import type { ItemEvent } from '../../item.events.js';
import { referenceTo, slimmed } from './slim-events.js';

/** An event without its words, and its place in the item's stream. */
export type Fact = RecordedFact<ItemEvent> & { readonly revision: number };

type Scale = { readonly scaleId: string; readonly version: number };

/** When and by whom: the beginning of every row. */
type Head = readonly [
  type: ItemEvent['type'],
  revision: number,
  effectiveOn: string,
  recordedAt: string,
  position: string,
  role: Role,
];
/** Of an assessment. What is named again and again is numbered; a withdrawal has no level, and a correction no scale. */
type AssessmentRow = readonly [
  ...Head,
  assessmentId: string,
  body: number,
  capacity: string,
  round: number,
  level: string | null,
  scale: number | null,
  attestedOn?: string,
];
/**
 * Of anything else: its payload. Both end in the day on which it was said, where that is attested, and of a correction that was
 * said before what it corrects in the day on which that was.
 */
type OtherRow = readonly [...Head, data: object, attestedOn?: string, saidAfter?: string];

/** Facts as a document keeps them: a row each, in the order of the record, since there are many and the names of fields weigh more. */
export interface Facts {
  readonly bodies: readonly string[];
  readonly rounds: readonly string[];
  readonly scales: readonly Scale[];
  readonly rows: readonly (AssessmentRow | OtherRow)[];
}

export const noFacts: Facts = { bodies: [], rounds: [], scales: [], rows: [] };

/** The facts, and what one more event says. @param day as of which it is seen; empty where that is not known */
export function withFact(known: Facts = noFacts, event: RecordedEvent<ItemEvent>, day: string): Facts {
  const { rows } = known;
  const { actor, attested, data, position, recordedAt, saidAfter, type } = slimmed(event);
  const head: Head = [type, event.revision, day, recordedAt, position, actor.role];
  const end = attested ? ([attested.on] as const) : ([] as const);
  if (!('assessmentId' in data)) {
    const { itemId: _, ...said } = data;
    const place = attested && saidAfter !== undefined ? ([attested.on, saidAfter] as const) : end;
    return { ...known, rows: [...rows, [...head, said, ...place]] };
  }
  const [bodies, body] = numbered(known.bodies, data.bodyId, (one) => one === data.bodyId);
  const [rounds, round] = numbered(known.rounds, data.roundId, (one) => one === data.roundId);
  const level = 'level' in data ? data.level : null;
  const about = [...head, data.assessmentId, body, data.capacity, round, level] as const;
  if (!('scale' in data)) return { bodies, rounds, scales: known.scales, rows: [...rows, [...about, null, ...end]] };
  const { scaleId, version } = data.scale;
  const isIt = (one: Scale) => one.scaleId === scaleId && one.version === version;
  const [scales, scale] = numbered(known.scales, data.scale, isIt);
  return { bodies, rounds, scales, rows: [...rows, [...about, scale, ...end]] };
}

/** As of which day an assessment is seen; undefined where the facts do not tell of its making. */
export const dayOfAssessment = ({ rows }: Facts = noFacts, assessmentId: string): string | undefined =>
  rows.find((row) => making.includes(row[0]) && row[6] === assessmentId)?.[2];

const making: readonly ItemEvent['type'][] = ['ItemAssessed', 'AssessmentReinstated'];

/** Whether each fact says by itself as of which day it is seen. */
export const tellDays = ({ rows }: Facts): boolean => rows.every(([, , day]) => day !== '');

/** The facts that a document keeps, in the order of the record: those that a moment sees by the days that they say. */
export const factsIn = (facts: Facts, itemId: string, moment: Moment): Fact[] =>
  facts.rows.filter(isIn(moment)).map((row) => factOfRow(row, facts, itemId));

/** The same without what others than the owner say, which is not counted. */
export const countedIn = (facts: Facts, itemId: string, moment: Moment): Fact[] =>
  facts.rows
    .filter((row) => row[8] !== 'contribution')
    .filter(isIn(moment))
    .map((row) => factOfRow(row, facts, itemId));

const isIn =
  (moment: Moment) =>
  ({ 2: effectiveOn, 3: recordedAt }: AssessmentRow | OtherRow): boolean =>
    isWithin({ effectiveOn, recordedAt }, moment);

/** The fact of one revision, where the document keeps it. */
export function factAt(facts: Facts, itemId: string, revision: number): Fact | undefined {
  const row = facts.rows.find(([, known]) => known === revision);
  return row && factOfRow(row, facts, itemId);
}

function factOfRow(row: AssessmentRow | OtherRow, { bodies, rounds, scales }: Facts, itemId: string): Fact {
  const [type, revision, effectiveOn, recordedAt, position, role] = row;
  const attestedOn = isOther(row) ? row[7] : row[12];
  const attested = attestedOn !== undefined && { attested: { on: attestedOn } };
  const head = { type, revision, effectiveOn, recordedAt, position, actor: { id: '', role }, ...attested };
  if (isOther(row)) {
    const [, , , , , , data, , saidAfter] = row;
    return { ...head, ...(saidAfter !== undefined && { saidAfter }), data: { itemId, ...data } } as unknown as Fact;
  }
  const [, , , , , , assessmentId, body, capacity, round, level, scale] = row;
  const about = { itemId, assessmentId, roundId: rounds[round], bodyId: bodies[body], capacity };
  const said = level !== null && { level, motivation: referenceTo(revision), evidence: [] };
  return { ...head, data: { ...about, ...(scale !== null && { scale: scales[scale] }), ...said } } as unknown as Fact;
}

const isOther = (row: AssessmentRow | OtherRow): row is OtherRow => typeof row[6] === 'object';

function numbered<One>(known: readonly One[], one: One, isIt: (known: One) => boolean): [readonly One[], number] {
  const place = known.findIndex(isIt);
  return place >= 0 ? [known, place] : [[...known, one], known.length];
}
