import type { Document } from '#document-store';
import { provenanceOf } from '#kernel';
import type { DomainEvent, FormalDecision, Provenance, RecordedEvent, Role } from '#kernel';
import { partId, partsOf } from '#projecting';
import type { Projection } from '#projecting';
import type { Lacking, LackingCounts, MissingPart } from '../../missing-list.js';
import type {
  BodyDeadlineExtended,
  BodyExtensionRecalled,
  BodyReported,
  BodyReportRecalled,
  RoundAmended,
  RoundCancelled,
  RoundDecided,
  RoundEvent,
  RoundFrozen,
  RoundMissingListed,
  RoundOpened,
  RoundPlanned,
  RoundReminded,
  SnapshotRecorded,
  SnapshotReissued,
} from '../../round.events.js';
import type { RoundContent, Schedule } from '../../round.js';

/** A body that is ready: which role said so, and when. */
export interface ReportedBody {
  readonly bodyId: string;
  readonly at: string;
  readonly role: Role;
  readonly comment?: string;
}

/** A body that may assess for longer than the others. */
export interface ExtensionDocument {
  readonly bodyId: string;
  /** The last day for its assessments. */
  readonly deadline: string;
  readonly at: string;
  readonly reason: string;
}

/** A change of a round's name, days, scope, schedule or who may contribute: what it was before, and what it was then. */
export interface AmendmentDocument {
  readonly at: string;
  readonly reason: string;
  readonly before: Amended;
  readonly after: Amended;
}
export type Amended = Omit<RoundAmended['data'], 'roundId' | 'planId' | 'reason'>;

/** Whom a reminder went to, and of what: `round|reminder|<revision>`. Written once. */
export interface ReminderDocument extends Document {
  readonly ofRound: string;
  /** Its place in the round's stream. */
  readonly revision: number;
  /** The event that tells of it. */
  readonly eventId: string;
  readonly at: string;
  readonly lacking: LackingCounts;
  readonly missing: readonly Lacking[];
}

/** A part of a list of what bodies lacked, where that is long: `round|listed|<revision>`. Written once. */
export interface ListedDocument extends Document, Pick<MissingPart, 'bodies' | 'items'> {
  readonly ofRound: string;
  /** Its place in the round's stream: the parts of a list stand right before what they belong to. */
  readonly revision: number;
}

/** Who was not ready when a round was frozen, and what they lacked: `round|freeze`. Written once. */
export interface UnreadyDocument extends Document {
  readonly ofRound: string;
  readonly revision: number;
  readonly lacking: LackingCounts;
  readonly missing: readonly Lacking[];
}

/** The freeze: its place in the log tells what came too late. */
export interface Freeze {
  readonly at: string;
  readonly position: string;
  /** How many bodies were not ready. */
  readonly missing: number;
  readonly override?: string;
}

/** An issue of the snapshot. */
export interface IssueDocument {
  readonly issue: number;
  readonly rule: number;
  readonly at: string;
  /** What was recorded up to here is in it. */
  readonly position: string;
  readonly replaces?: number;
  readonly reason?: string;
  /** Undefined until it has been made. */
  readonly snapshot?: {
    readonly snapshotId: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly at: string;
  };
  /** The formal decision on it, and the event that it was recorded with. */
  readonly decision?: FormalDecision;
  readonly decidedBy?: string;
  /** That it was recorded otherwise: told by the reader. */
  readonly decisionCorrected?: true;
}

/** A round as its stream tells it; it comes from where its opening does. What bodies lacked in reminders and at the freeze stands beside it, for whom it is shown to. */
export interface RoundDocument extends Document, RoundContent, Provenance {
  readonly tenant: string;
  readonly status: 'planned' | 'open' | 'frozen' | 'decided' | 'cancelled';
  readonly schedule?: Schedule;
  /** In the order in which they were given. */
  readonly extensions?: readonly ExtensionDocument[];
  /** Oldest first. */
  readonly amendments?: readonly AmendmentDocument[];
  readonly cancelled?: { readonly at: string; readonly reason: string };
  /** In the order in which they became ready. */
  readonly ready: readonly ReportedBody[];
  /** How many there have been. */
  readonly reminders: number;
  /** When the newest was recorded. */
  readonly remindedAt?: string;
  readonly frozen?: Freeze;
  readonly issues: readonly IssueDocument[];
  readonly revision: number;
}

/** Answers: which rounds does a plan have, which day does each speak of, and how far has it come? */
export const roundDirectory: Projection<
  RoundDocument,
  RoundEvent,
  ReminderDocument | UnreadyDocument | ListedDocument
> = {
  name: 'rounds',
  version: 7,
  indexes: [
    { fields: ['tenant', 'planId', 'referenceDate', '_id', 'status'] },
    { fields: ['status'] },
    { fields: ['ofRound'] },
  ],
  on: {
    RoundPlanned: { key, evolve: (round, event) => ({ ...begun(event), status: 'planned', ...changesOf(round) }) },
    RoundOpened: {
      key,
      evolve: (round, event) => ({
        ...begun(event),
        status: 'open',
        ...(round?.schedule && { schedule: round.schedule }),
        ...changesOf(round),
      }),
    },
    RoundAmended: on<RoundAmended>((round, { data, metadata: { recordedAt: at } }) => {
      const { planId: _plan, reason, roundId: _round, ...after } = data;
      const changed = Object.keys(after) as (keyof Amended)[];
      const before = Object.fromEntries(
        changed.flatMap((property) => (round[property] === undefined ? [] : [[property, round[property]]])),
      ) as Amended;
      return { ...round, ...after, amendments: [...(round.amendments ?? []), { at, reason, before, after }] };
    }),
    RoundCancelled: on<RoundCancelled>((round, { data: { reason }, metadata: { recordedAt: at } }) => ({
      ...round,
      status: 'cancelled',
      cancelled: { at, reason },
    })),
    BodyDeadlineExtended: on<BodyDeadlineExtended>((round, { data, metadata: { recordedAt: at } }) => {
      const { bodyId, deadline, reason } = data;
      return { ...round, extensions: [...othersExtended(round, bodyId), { bodyId, deadline, at, reason }] };
    }),
    BodyExtensionRecalled: on<BodyExtensionRecalled>((round, { data }) => ({
      ...round,
      extensions: othersExtended(round, data.bodyId),
    })),
    BodyReported: on<BodyReported>((round, { data: { bodyId, comment }, metadata: { actor, recordedAt } }) => ({
      ...round,
      ready: [
        ...round.ready.filter((ready) => ready.bodyId !== bodyId),
        { bodyId, at: recordedAt, role: actor.role, ...(comment !== undefined && { comment }) },
      ],
    })),
    BodyReportRecalled: on<BodyReportRecalled>((round, { data }) => ({
      ...round,
      ready: round.ready.filter(({ bodyId }) => bodyId !== data.bodyId),
    })),
    RoundMissingListed: {
      ...on<RoundMissingListed>((round) => round),
      derive: ({ after: { _id: ofRound } }, { data: { bodies, items }, revision }) => [
        { document: { _id: partId(ofRound, `listed|${revision}`), ofRound, revision, bodies, items } },
      ],
    },
    RoundReminded: {
      ...on<RoundReminded>((round, { metadata: { recordedAt: remindedAt } }) => ({
        ...round,
        reminders: round.reminders + 1,
        remindedAt,
      })),
      derive: (
        { after: { _id: ofRound } },
        { data: { lacking, missing }, id: eventId, metadata: { recordedAt: at }, revision },
      ) => [
        {
          document: { _id: partId(ofRound, `reminder|${revision}`), ofRound, revision, eventId, at, lacking, missing },
        },
      ],
    },
    RoundFrozen: {
      ...on<RoundFrozen>((round, event) => {
        const { data, metadata, position } = event;
        const { lacking, override } = data;
        const told = { at: metadata.recordedAt, position, missing: lacking.bodies };
        const frozen = { ...told, ...(override !== undefined && { override }) };
        return { ...round, status: 'frozen', frozen, issues: [issued(event)] };
      }),
      derive: ({ after: { _id: ofRound } }, { data: { lacking, missing }, revision }) => [
        { document: { _id: partId(ofRound, 'freeze'), ofRound, revision, lacking, missing } },
      ],
    },
    SnapshotReissued: on<SnapshotReissued>((round, event) => {
      const { reason, replaces } = event.data;
      return { ...round, issues: [...round.issues, { ...issued(event), replaces, reason }] };
    }),
    SnapshotRecorded: on<SnapshotRecorded>((round, { data, metadata }) => {
      const { bytes, issue, sha256, snapshotId } = data;
      return withIssue(round, issue, { snapshot: { snapshotId, sha256, bytes, at: metadata.recordedAt } });
    }),
    RoundDecided: on<RoundDecided>((round, { data, id: decidedBy, metadata: { decision } }) => ({
      ...withIssue(round, data.issue, decision ? { decision, decidedBy } : {}),
      status: 'decided',
    })),
  },
};

/** What bodies lacked, whenever that was recorded. */
export const lackingInRounds = partsOf<ReminderDocument | UnreadyDocument>(roundDirectory);

function key({ data }: { readonly data: { readonly roundId: string } }): string {
  return data.roundId;
}

/** A reaction of a round that exists; the document also notes how far its stream has come. */
function on<Event extends DomainEvent<string, { roundId: string }>>(
  evolve: (round: RoundDocument, event: RecordedEvent<Event>) => RoundDocument,
) {
  return {
    key,
    evolve: (round: RoundDocument | undefined, event: RecordedEvent<Event>): RoundDocument => ({
      ...evolve(round!, event),
      revision: event.revision,
    }),
  };
}

function begun({ data, metadata, revision }: RecordedEvent<RoundPlanned> | RecordedEvent<RoundOpened>) {
  const { roundId, ...content } = data;
  const begun = { _id: roundId, tenant: metadata.tenant, ...content, ...provenanceOf(metadata) };
  return { ...begun, ready: [], reminders: 0, issues: [], revision };
}

/** What was changed in a round stays told when it is planned anew or opened. */
const changesOf = (round: RoundDocument | undefined) => ({
  ...(round?.extensions && { extensions: round.extensions }),
  ...(round?.amendments && { amendments: round.amendments }),
});

const othersExtended = ({ extensions = [] }: RoundDocument, bodyId: string): ExtensionDocument[] =>
  extensions.filter((one) => one.bodyId !== bodyId);

function issued({ data, metadata, position }: RecordedEvent<RoundFrozen> | RecordedEvent<SnapshotReissued>) {
  return { issue: data.issue, rule: data.rule, at: metadata.recordedAt, position };
}

function withIssue(round: RoundDocument, number: number, change: Partial<IssueDocument>): RoundDocument {
  const issues = round.issues.map((known) => (known.issue === number ? { ...known, ...change } : known));
  return { ...round, issues };
}
