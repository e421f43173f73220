import type { AttestingDocument, FormalDecision, Inference, Role } from '#kernel';

/**
 * What a snapshot of version 1 holds, whichever rule filled it: a later rule may tell what an earlier one had nothing of,
 * and takes nothing away. It is read by people and programs that have nothing else: every code comes with
 * what it meant, every id with what it was called on the reference date. It holds nothing that tells one store or one
 * run from another. A property that is `undefined` is left out of the canonical JSON.
 */
export interface Snapshot {
  readonly format: 'sparbar-snapshot';
  readonly version: 1;
  /** By which it was made. */
  readonly rule: number;
  readonly tenant: string;
  /** From rule 5 on: something that it tells was made up, and says so. */
  readonly invented?: true | undefined;
  readonly round: RoundContent;
  /** The round of the plan before it, by the day they speak of. */
  readonly previousRound: RoundRef | null;
  readonly plan: PlanContent;
  /** Null in what is no issue: the same fold, of everything that is known. */
  readonly issue: IssueContent | null;
  readonly totals: Totals;
  /** The topmost items, in the order of the plan, and the items in scope under each. */
  readonly topItems: readonly { readonly item: ItemRef; readonly itemIds: readonly string[] }[];
  /** The items in scope, by kind, number and title. */
  readonly items: readonly ItemContent[];
  /** What happened to the plan's items since the previous round, by the day it speaks of. */
  readonly revisions: readonly RevisionContent[];
  readonly indicators: readonly IndicatorContent[];
  readonly coverage: Coverage;
}

/** From rule 5 on: where what is told beside it comes from, where that is not who recorded it. */
export interface ProvenanceContent {
  /** When it was said in the world, by whom, and what proves it. */
  readonly attested?: AttestationContent | undefined;
  /** It never happened: it was made up, to try the system on. */
  readonly invented?: true | undefined;
  /** From rule 6 on: what of it no document states, and what that was read from. */
  readonly inferred?: readonly Inference[] | undefined;
  /** From rule 6 on: what of it is retold in short, and not as the document words it: names of properties. */
  readonly retold?: readonly string[] | undefined;
  /** From rule 6 on: remarks for the reader, each on a line of its own. */
  readonly note?: string | undefined;
}

export interface AttestationContent {
  readonly on: string;
  /** The office of who said it. */
  readonly role: string;
  readonly body?: BodyRef | undefined;
  readonly evidence: readonly AttestingDocument[];
}

export interface RoundRef {
  readonly roundId: string;
  readonly label: string;
  readonly referenceDate: string;
}

/** It comes from where its opening does. */
export interface RoundContent extends RoundRef, ProvenanceContent {
  readonly key?: string | undefined;
  readonly kind: string;
  readonly year: number;
  readonly deadline: string;
  readonly scope: readonly string[];
  /** What was changed in it after it was planned or opened, oldest first; left out where nothing was. */
  readonly amendments?: readonly RoundAmendment[] | undefined;
}

/** A change of a round's name, days, scope, schedule or who may contribute. */
export interface RoundAmendment extends ProvenanceContent {
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly reason: string;
  /** What was changed alone: as it was, and as it was then. */
  readonly before: AmendedRound;
  readonly after: AmendedRound;
}

export interface AmendedRound {
  readonly label?: string;
  readonly referenceDate?: string;
  readonly deadline?: string;
  readonly scope?: readonly string[];
  /** Whether bodies contribute also to items that do not concern them. */
  readonly othersMayContribute?: boolean;
  readonly schedule?: {
    readonly opensOn?: string;
    readonly remindsOn: readonly string[];
    readonly freezesOn?: string;
  };
}

export interface BodyRef {
  readonly bodyId: string;
  readonly name: string;
  readonly abbreviation?: string | undefined;
}

export interface ItemRef {
  readonly itemId: string;
  /** Its kind and number, such as `Uppdrag 34`. */
  readonly label: string;
  readonly title: string;
}

export interface DecisionContent extends Omit<FormalDecision, 'bodyId'> {
  readonly body: BodyRef;
}

/** Who acted: a role, and the body on whose behalf. */
export interface By {
  readonly role: Role;
  readonly body?: BodyRef | undefined;
}

export interface LevelContent {
  readonly code: string;
  readonly label: string;
  readonly meaning: string;
  readonly colour: string;
  readonly icon: string;
  /** 1 is the best. */
  readonly rank: number;
}

/** A version of a scale. */
export interface ScaleRef {
  readonly scaleId: string;
  readonly version: number;
}

export interface ScaleContent extends ScaleRef, ProvenanceContent {
  readonly name: string;
  readonly levels: readonly LevelContent[];
}

/** It comes from where its adoption does. It was made up where an amendment that holds on the reference date was, too. */
export interface PlanContent extends ProvenanceContent {
  readonly planId: string;
  readonly key?: string | undefined;
  readonly title: string;
  readonly owner: { readonly body: BodyRef; readonly role?: string | undefined };
  readonly validity: { readonly from?: string; readonly to?: string };
  readonly kinds: readonly {
    readonly code: string;
    readonly label: string;
    readonly plural: string;
    readonly order: number;
    readonly parents: readonly string[];
  }[];
  readonly scale: ScaleContent;
  /** From rule 4 on: the other versions of scales that assessments in it were made on, where there are any. */
  readonly otherScales?: readonly ScaleContent[] | undefined;
  /** The decisions that adopted and amended it, where they are known. */
  readonly decisions: readonly (DecisionContent & { readonly about: 'adoption' | 'amendment' })[];
}

export interface IssueContent {
  readonly number: number;
  /** The event whose place in the log bounds the issue. */
  readonly eventId: string;
  /** When that event was recorded. */
  readonly frozenAt: string;
  /** When the first issue was frozen: what was recorded after it is late. */
  readonly firstFrozenAt: string;
  readonly by: By;
  readonly replaces?: number | undefined;
  /** Why there is a new issue. */
  readonly reason?: string | undefined;
  /** Why the round was frozen though bodies were not ready. */
  readonly override?: string | undefined;
  readonly decision?: DecisionContent | undefined;
}

export interface Counts {
  readonly items: number;
  /** Of those in force or completed, and from rule 2 on of those that are not on hold. */
  readonly notAssessed: number;
  /** From rule 2 on. */
  readonly onHold?: number | undefined;
  /** From rule 4 on: those on hold that are not assessed. With the levels, `notAssessed` and `discontinued` they make up `items`. */
  readonly onHoldNotAssessed?: number | undefined;
  readonly completed: number;
  /** In no other count but `items`. */
  readonly discontinued: number;
  /** Best first: those of the plan's scale, and from rule 4 on those of other versions that items were judged on. */
  readonly levels: readonly {
    readonly code: string;
    readonly label: string;
    readonly count: number;
    /** From rule 4 on: the version that it is of, where that is not the plan's. */
    readonly scale?: ScaleRef | undefined;
  }[];
}

export interface NamedCounts extends Counts {
  /** The code of a kind, or the id of an item or a body. */
  readonly id: string;
  readonly label: string;
}

export interface Totals {
  readonly all: Counts;
  readonly byKind: readonly NamedCounts[];
  readonly byTopItem: readonly NamedCounts[];
  /** By body that is concerned or responsible. */
  readonly byBody: readonly NamedCounts[];
}

export type EvidenceContent =
  | { readonly item: ItemRef }
  | { readonly indicator: { readonly indicatorId: string; readonly name: string } }
  | { readonly note: string };

/** What an assessment says. */
export interface Said {
  readonly level: LevelContent;
  readonly motivation: string;
  readonly evidence: readonly EvidenceContent[];
}

export interface AssessmentContent extends Said, ProvenanceContent {
  readonly assessmentId: string;
  readonly body: BodyRef;
  readonly by: By;
  readonly recordedAt: string;
  /** From rule 4 on: the version of the scale that it was made on, where that is not the plan's. */
  readonly scale?: ScaleRef | undefined;
  /** Recorded after the last day for assessments. */
  readonly afterDeadline?: true | undefined;
  /** Made or corrected after the first issue was frozen. */
  readonly late?: true | undefined;
  readonly corrections: readonly AssessmentCorrection[];
  /** What the body said earlier in the same round, oldest first. */
  readonly replaced: readonly (Said &
    ProvenanceContent & { readonly assessmentId: string; readonly recordedAt: string })[];
  /** What the issue that this one replaces said instead; null where it said nothing. */
  readonly previously?: Said | null | undefined;
}

export interface AssessmentCorrection extends ProvenanceContent {
  readonly before: Said;
  readonly after: Said;
  readonly reason: string;
  readonly by: By;
  readonly recordedAt: string;
  readonly late?: true | undefined;
}

/** That it was withdrawn comes from elsewhere than what it said. */
export interface WithdrawnAssessment extends Said, ProvenanceContent {
  readonly assessmentId: string;
  readonly body: BodyRef;
  readonly reason: string;
  readonly recordedAt: string;
  readonly late?: true | undefined;
  /** Where what it said comes from. */
  readonly made?: ProvenanceContent | undefined;
}

export interface Trend {
  /** `first` where the plan's owner had not assessed it before; `not-comparable` where the levels are of other scales. */
  readonly direction: 'better' | 'worse' | 'unchanged' | 'first' | 'not-comparable';
  readonly against: (ProvenanceContent & { readonly round: RoundRef; readonly level: LevelContent }) | null;
}

export interface LifecycleContent extends ProvenanceContent {
  readonly state: 'active' | 'retained' | 'completed' | 'discontinued';
  readonly since: string;
  readonly reason?: string | undefined;
  readonly comment?: string | undefined;
  /** How the document itself calls it. */
  readonly printedLabel?: string | undefined;
  readonly decision?: DecisionContent | undefined;
}

/** A hold on the reference date. */
export interface HoldContent extends ProvenanceContent {
  readonly since: string;
  /** The day on which the item goes on. */
  readonly until: string;
  readonly reason: string;
  readonly decision?: DecisionContent | undefined;
}

export interface Succession extends Omit<ProvenanceContent, 'inferred'> {
  readonly item: ItemRef;
  readonly planId: string;
  readonly kind: string;
  /** Whether the link is a reading, not stated by a document. */
  readonly inferred: boolean;
  /** From rule 6 on: what of it no document states, and what that was read from. */
  readonly inferredFrom?: readonly Inference[] | undefined;
  readonly comment?: string | undefined;
  /** From rule 6 on: how the document itself calls it. */
  readonly printedLabel?: string | undefined;
  readonly on: string;
}

/**
 * It comes from where its title does. It was made up where anything that it is on the reference date was; from rule 6 on it tells
 * too what of that was inferred or retold, and the remarks on it.
 */
export interface ItemContent extends ItemRef, ProvenanceContent {
  readonly key?: string | undefined;
  readonly kind: string;
  readonly number?: string | undefined;
  readonly text?: string | undefined;
  readonly parents: readonly ItemRef[];
  /** The topmost items that it lies under; itself where it lies under nothing. */
  readonly topItemIds: readonly string[];
  readonly concerned?: ConcernedContent | undefined;
  readonly responsible: readonly BodyRef[];
  readonly documents: readonly { readonly code: string; readonly title: string }[];
  readonly expectedEffects: readonly string[];
  /** From rule 6 on: the numbers that it has in other documents. */
  readonly otherNumbers?: readonly { readonly number: string; readonly where: string }[] | undefined;
  /** From rule 6 on: who gave it, the day or the year of that, and its number there. */
  readonly given?: { readonly body: BodyRef; readonly on?: string; readonly reference?: string } | undefined;
  /** From rule 6 on: responsible bodies that act through others. */
  readonly acting?: readonly { readonly body: BodyRef; readonly through: readonly BodyRef[] }[] | undefined;
  readonly lifecycle: LifecycleContent;
  /** From rule 2 on: where it rests. Nobody owes an assessment of it then. */
  readonly hold?: HoldContent | undefined;
  /** The assessment of the plan's owner in the round; null: not assessed in it. */
  readonly status: AssessmentContent | null;
  /** What the status was in the issue that this one replaces, where the owner's assessment has been withdrawn since. */
  readonly previously?: Said | undefined;
  /** Null where there is no status. */
  readonly trend: Trend | null;
  /** What the other bodies say in the round, by name. */
  readonly contributions: readonly AssessmentContent[];
  readonly withdrawn: readonly WithdrawnAssessment[];
  readonly successors: readonly Succession[];
  readonly predecessors: readonly Succession[];
  /** The indicators that list it. */
  readonly indicatorIds: readonly string[];
}

export interface ConcernedContent {
  readonly group?: string | undefined;
  readonly asPrinted?: string | undefined;
  readonly bodies: readonly BodyRef[];
}

/** What a revision changed, as a reader names it. */
export interface Wording {
  readonly title?: string | undefined;
  readonly text?: string | null | undefined;
  readonly number?: string | null | undefined;
  readonly expectedEffects?: readonly string[] | undefined;
  readonly documents?: readonly string[] | undefined;
  readonly parents?: readonly ItemRef[] | undefined;
  readonly concerned?: ConcernedContent | null | undefined;
  readonly responsible?: readonly BodyRef[] | undefined;
  readonly state?: LifecycleContent['state'] | undefined;
  /** From rule 2 on: up to which day it rests; null: it does not. */
  readonly heldUntil?: string | null | undefined;
}

export type RevisionKind =
  | 'adopted'
  | 'reworded'
  | 'renumbered'
  | 'moved'
  | 'concerned-changed'
  | 'responsible-changed'
  | 'retained'
  | 'completed'
  | 'discontinued'
  | 'succeeded'
  // From rule 2 on.
  | 'held'
  | 'resumed';

export interface RevisionContent extends ProvenanceContent {
  readonly item: ItemRef;
  readonly kind: RevisionKind;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly before: Wording;
  readonly after: Wording;
  readonly successor?: Succession | undefined;
  readonly reason?: string | undefined;
  readonly comment?: string | undefined;
  readonly printedLabel?: string | undefined;
  readonly by: By;
  readonly decision?: DecisionContent | undefined;
  /** Recorded after the first issue was frozen. */
  readonly late?: true | undefined;
}

/** A decimal exactly as recorded, or why there is none. */
export type CellContent =
  | { readonly value: string; readonly asPrinted?: string; readonly provisionalAsOf?: string }
  | { readonly gap: string; readonly asPrinted?: string };

export interface Columns {
  readonly total?: CellContent | undefined;
  readonly women?: CellContent | undefined;
  readonly men?: CellContent | undefined;
}

export interface ValueCorrection extends ProvenanceContent {
  readonly before: Columns;
  readonly after: Columns;
  readonly reason: string;
  readonly by: By;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly late?: true | undefined;
}

/** It comes from where it was recorded; what was corrected since says so itself. */
export interface PeriodContent extends Columns, ProvenanceContent {
  readonly period: string;
  /** From rule 5 on left out where nothing is recorded, and only the sources of a derived indicator tell of the period. */
  readonly recordedAt?: string | undefined;
  readonly late?: true | undefined;
  /** Women minus men, in the indicator's unit. */
  readonly difference?: string | undefined;
  /** Where the total went since the newest earlier period that has one, seen from the wanted direction. */
  readonly movement: 'towards' | 'away' | 'unchanged' | 'changed' | 'unknown' | 'not-comparable';
  /** From rule 4 on: the period that it moved since. */
  readonly against?: string | undefined;
  /** From rule 4 on: why the two are not comparable: `unit`, `measure-kind`, `stated` or `cut-off`. */
  readonly notComparable?: readonly string[] | undefined;
  /** From rule 4 on, where there are several: the version of the definition that it is told in. */
  readonly definition?: number | undefined;
  /** From rule 4 on: why the series breaks with it, against the period before it. */
  readonly break?: readonly string[] | undefined;
  /** From rule 5 on: women and men together, where they are counted and comparable. */
  readonly sumOfSexes?: string | undefined;
  /** From rule 5 on: that the total says otherwise than women and men together. */
  readonly contradiction?: { readonly total: string; readonly sumOfSexes: string } | undefined;
  /** From rule 5 on: what the sources of a derived indicator make, also where nothing is recorded. */
  readonly computed?:
    | {
        readonly total?: ComputedContent | undefined;
        readonly women?: ComputedContent | undefined;
        readonly men?: ComputedContent | undefined;
      }
    | undefined;
  readonly corrections: readonly ValueCorrection[];
}

/** What two indicators make of a column of a period. It was made up where one of theirs was. */
export interface ComputedContent {
  /** As it is rounded; left out where there is none. */
  readonly value?: string | undefined;
  /** The month up to which both sources are counted. */
  readonly provisionalAsOf?: string | undefined;
  /** Why there is none: `no-value`, `cut-off` or `zero-denominator`. */
  readonly notComputed?: string | undefined;
  /** The version of the definition that says how it is computed. */
  readonly definition: number;
  readonly numerator?: SourceContent | undefined;
  readonly denominator?: SourceContent | undefined;
  /** That another value is recorded, which is not this one rounded either. */
  readonly contradiction?: { readonly recorded: string; readonly computed: string } | undefined;
  readonly invented?: true | undefined;
}

/** What a source tells of a period, and the event that recorded it or corrected it last. */
export type SourceContent = CellContent &
  ProvenanceContent & {
    readonly indicatorId: string;
    readonly name: string;
    /** The version of its own definition that it is of. */
    readonly definition: number;
    readonly eventId: string;
    readonly recordedAt: string;
  };

/** What an indicator is the quotient of: `numerator × factor ÷ denominator`. */
export interface DerivationContent {
  readonly numerator: { readonly indicatorId: string; readonly name: string };
  readonly denominator: { readonly indicatorId: string; readonly name: string };
  readonly factor: number;
  /** How many decimals it is told with. */
  readonly decimals: number;
  readonly rounding: 'half-away-from-zero';
}

export type TargetContent = (
  | { readonly direction: string }
  | { readonly atMost: string; readonly by: string }
  | { readonly atLeast: string; readonly by: string }
) &
  ProvenanceContent & { readonly comment?: string | undefined };

/** A version of what an indicator measures. */
export interface DefinitionContent extends ProvenanceContent {
  readonly version: number;
  readonly since: string;
  readonly name: string;
  readonly measure: { readonly unit: string; readonly kind: string };
  readonly direction: 'increase' | 'decrease' | 'maintain';
  readonly source: string;
  readonly splitBySex: boolean;
  readonly comparison?: string | undefined;
  /** From rule 5 on. */
  readonly derived?: DerivationContent | undefined;
  /** It was said that the series breaks with it. */
  readonly breaksSeries?: true | undefined;
  readonly reason?: string | undefined;
}

/** It comes from where its definition of the reference date does. */
export interface IndicatorContent extends ProvenanceContent {
  readonly indicatorId: string;
  readonly key?: string | undefined;
  readonly name: string;
  readonly owner: BodyRef;
  readonly measure: { readonly unit: string; readonly kind: string };
  readonly direction: 'increase' | 'decrease' | 'maintain';
  readonly source: string;
  readonly splitBySex: boolean;
  readonly comparison?: string | undefined;
  /** From rule 5 on: where it is computed from two others. */
  readonly derived?: DerivationContent | undefined;
  readonly items: readonly ItemRef[];
  readonly target?: TargetContent | undefined;
  /** From rule 4 on: the versions of the definition, oldest first, where there are several. */
  readonly definitions?: readonly DefinitionContent[] | undefined;
  /** Whether a threshold is met: up to rule 3 by the newest total, from rule 4 on as `targetStatus` says. */
  readonly targetMet?: boolean | undefined;
  /** From rule 4 on: how a threshold stands, told once its deadline has come by the last whole period up to it. */
  readonly targetStatus?: 'met' | 'not-met' | 'not-yet-due' | 'no-value' | 'not-comparable' | undefined;
  readonly retired?: (ProvenanceContent & { readonly on: string; readonly reason: string }) | undefined;
  /** In the order of the periods. */
  readonly series: readonly PeriodContent[];
}

/** How far a body has come in the round. */
export interface BodyCoverage {
  readonly body: BodyRef;
  /** Whether it owns the plan, so that its assessments are the status. */
  readonly owner: boolean;
  /** The last day for its assessments, where that is after the one of the others. */
  readonly deadline?: string | undefined;
  /** When it said that its assessments are complete; null where it has not, or has taken it back. */
  readonly ready:
    | (ProvenanceContent & {
        readonly recordedAt: string;
        readonly comment?: string | undefined;
        readonly afterDeadline?: true | undefined;
        readonly late?: true | undefined;
      })
    | null;
  /** How many items it was to assess, and how many of them it has. */
  readonly expected: number;
  readonly assessed: number;
  /** What it owes and has not assessed: of its own plan all in scope, else what it answers for, and what concerns it where the council owns the plan. */
  readonly missingItemIds: readonly string[];
}

export interface Coverage {
  readonly bodies: readonly BodyCoverage[];
  /** What the freeze itself recorded as missing. */
  readonly missingAtFreeze: readonly { readonly body: BodyRef; readonly items: readonly ItemRef[] }[];
}
