import type { Provenance } from '#kernel';

/** Answers of the API, as far as pages tell of them. Days are ISO dates, instants are RFC 3339. */

export interface BodyName {
  readonly id: string;
  readonly name: string;
  readonly abbreviation?: string;
}

export interface Level {
  readonly code: string;
  readonly label: string;
  readonly meaning?: string;
  readonly colour?: string;
  readonly icon?: string;
}

export interface PlanAnswer {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly validity: { readonly from?: string; readonly to?: string };
  readonly kinds: readonly { readonly code: string; readonly label: string; readonly plural: string }[];
  readonly scale?: { readonly scaleId: string; readonly version: number };
}

export interface Judgement {
  readonly assessmentId: string;
  readonly level: Level;
  readonly motivation: string;
  readonly evidence?: readonly { readonly itemId?: string; readonly indicatorId?: string; readonly note?: string }[];
  readonly body: BodyName;
  readonly round?: string;
  readonly roundId?: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly invented?: boolean;
  readonly trend?: string;
}

export interface ItemAnswer {
  readonly id: string;
  readonly planId: string;
  readonly kind: string;
  readonly number?: string;
  readonly label: string;
  readonly title: string;
  readonly text?: string;
  readonly parents: readonly { readonly id: string; readonly label: string }[];
  readonly responsible: readonly BodyName[];
  readonly concerned?: { readonly asPrinted?: string; readonly bodies: readonly BodyName[] };
  readonly expectedEffects: readonly (string | { readonly text: string })[];
  /** What of other plans it answers. */
  readonly answersTo: readonly { readonly itemId: string; readonly label: string; readonly plan: string }[];
  readonly lifecycle: { readonly state: string; readonly since?: string; readonly reason?: string };
  readonly status?: Judgement;
  readonly statusLabel: string;
  readonly contributions: readonly Judgement[];
  readonly asOf?: string;
}

export interface LevelCounts {
  readonly items: number;
  readonly notAssessed: number;
  readonly completed: number;
  readonly onHold: number;
  readonly discontinued: number;
  readonly levels: readonly { readonly code: string; readonly label: string; readonly count: number }[];
}

export interface OverviewAnswer {
  readonly all: LevelCounts;
  readonly byKind: readonly (LevelCounts & { readonly id: string; readonly label: string })[];
}

export interface HistoryEntry {
  readonly eventId: string;
  readonly summary: string;
  readonly type: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly actor: { readonly id: string; readonly role: string; readonly body?: string };
  readonly about: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly decision?: {
    readonly body?: string | BodyName;
    readonly date?: string;
    readonly diarienummer?: string;
    readonly paragraph?: string;
  };
  readonly attested?: { readonly on: string; readonly role?: string; readonly evidence?: unknown };
  readonly invented?: boolean;
}

export interface Cell {
  readonly value?: string;
  readonly shown?: string;
  readonly gap?: string;
}

/** How the items of other plans stand that answer an item. */
export interface GatheredAnswer {
  readonly items: readonly {
    readonly itemId: string;
    readonly label: string;
    readonly plan: string;
    readonly title: string;
    readonly level: Level | null;
  }[];
  readonly total: number;
  readonly bodies: readonly {
    readonly body: BodyName;
    readonly statuses: readonly { readonly statusLabel: string; readonly count: number }[];
  }[];
}

/** A column of which nothing is told is left out. */
export type Columns<Told> = Readonly<Partial<Record<'total' | 'women' | 'men', Told>>>;

export interface IndicatorAnswer extends Provenance {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly measure: { readonly unit: string; readonly kind: string };
  readonly directionLabel: string;
  readonly source?: string;
  readonly itemIds: readonly string[];
  readonly series: readonly (Columns<Cell> & {
    readonly period: string;
    readonly movement: string;
    readonly break?: unknown;
    readonly provisional?: unknown;
    readonly computed?: Columns<Cell & { readonly invented?: true }>;
    readonly corrections: readonly (Provenance & { readonly reason: string })[];
  } & Provenance)[];
}

export interface RoundAnswer {
  readonly id: string;
  readonly planId: string;
  readonly key: string;
  readonly label: string;
  readonly year: number;
  readonly status: string;
  readonly referenceDate: string;
  readonly deadline?: string;
}

/** An issue of the snapshot of a round. */
export interface IssueAnswer {
  readonly id: string;
  readonly roundId: string;
  readonly round: string;
  readonly issue: number;
  readonly rule: number;
  readonly frozenAt: string;
  readonly state: string;
  readonly digest?: string;
}

/** What happened to an item, to all that it came from and to all that came of it. */
export interface TimelineAnswer {
  readonly items: readonly (HistoryEntry & { readonly item: TimelineItem })[];
  readonly total: number;
  readonly lineage: readonly TimelineItem[];
  readonly links: readonly {
    readonly from: string;
    readonly to: string;
    readonly on: string;
    readonly words: string;
  }[];
  readonly isWhole: boolean;
}

export interface TimelineItem {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly plan?: string;
}

/** Where bodies judge items of a round differently. */
export interface DifferencesAnswer {
  readonly counts: { readonly differing: number };
  readonly items: readonly {
    readonly itemId: string;
    readonly label: string;
    readonly title: string;
    readonly agreement: string;
    readonly levels: readonly { readonly body: BodyName; readonly level: Level }[];
  }[];
  readonly total: number;
}
