import type { Aggregate, RefusedPart, Undone } from '#deciding';
import { foldOf, rule, whileThereIsRoom } from '#kernel';
import type { DomainCommand, Doubt, Said } from '#kernel';
import { ReorganisationRefused } from './reorganisation-refused.js';
import type { ReorganisationEvent, ReorganisationKind, ReorganisationStep } from './reorganisation.events.js';

/** As its ids, and problems about it, are called. */
export const reorganisation = 'reorganisation';

/** Who takes over one thing that a body has. */
export interface NamedSuccessors {
  readonly category: 'item' | 'plan' | 'indicator' | 'group';
  readonly id: string;
  readonly successors: readonly string[];
}

/** A reorganisation as it is asked for. */
export interface AskedReorganisation {
  readonly reorganisationId: string;
  readonly kind: ReorganisationKind;
  /** The body that ends. */
  readonly bodyId: string;
  readonly successors: readonly string[];
  readonly named: readonly NamedSuccessors[];
  readonly comment?: string;
}

/** What would come of it, by all that the log holds. */
export interface PreparedFacts {
  /** The day that it speaks of. */
  readonly day: string;
  readonly steps: readonly ReorganisationStep[];
  /** What cannot be carried out, and what nobody is named for. */
  readonly refused: readonly RefusedPart[];
  /** What looks like a mistake, and is not confirmed. */
  readonly doubts: readonly Doubt[];
}

export type DecideReorganisation = DomainCommand<'DecideReorganisation', AskedReorganisation, PreparedFacts>;
/** It should not have been decided. */
export type RevokeReorganisation = DomainCommand<
  'RevokeReorganisation',
  { reorganisationId: string; revokes: string; reason: string },
  PreparedFacts & {
    /** The event that decided what is taken back; undefined where nothing stands. */
    readonly decidedBy: string | undefined;
    /** What rests on it, in words: the first few. */
    readonly resting: readonly Said[];
  }
>;
/** Nothing of a reorganisation is left to be carried out. */
export type CloseReorganisation = DomainCommand<
  'CloseReorganisation',
  { reorganisationId: string; undone: readonly Undone[] },
  void
>;
export type ReorganisationCommand = DecideReorganisation | RevokeReorganisation | CloseReorganisation;

/** A reorganisation that was decided. */
export interface KnownReorganisation {
  /** The event that decided it. */
  readonly decidedBy: string;
  /** Of a stream: where the event stands. */
  readonly at: number;
  readonly since: string;
  readonly bodyId: string;
  /** Who takes over what, where that is not everybody who takes over, by the ids of things. */
  readonly named: Readonly<Record<string, readonly string[]>>;
}

/** What decisions know of how a tenant's organisation changes as a whole. */
export interface Organisation {
  /** The reorganisation that is decided and not carried out yet. There is one at a time. */
  readonly underWay?: string;
  /** Those that were decided and not taken back. */
  readonly standing: Readonly<Record<string, KnownReorganisation>>;
}

/** So many that stand are kept. */
const mostStanding = 500;

const { evolve, folding } = foldOf<Organisation, ReorganisationEvent>((organisation, event, own) => {
  const next = own(organisation);
  const { reorganisationId } = event.data;
  switch (event.type) {
    case 'ReorganisationDecided': {
      const { bodyId, steps } = event.data;
      const standing = own(next.standing);
      const { effectiveOn: since, id: decidedBy, revision: at } = event;
      standing[reorganisationId] = { decidedBy, at, since, bodyId, named: namedIn(steps) };
      return { ...next, standing, underWay: reorganisationId };
    }
    case 'ReorganisationRevoked': {
      const { [event.data.revokes]: _, ...standing } = next.standing;
      return { ...next, standing, underWay: reorganisationId };
    }
    case 'ReorganisationCarriedOut': {
      const { underWay: _, ...closed } = next;
      return closed;
    }
  }
});

const namedIn = (steps: readonly ReorganisationStep[]): Record<string, readonly string[]> =>
  Object.fromEntries(steps.map(({ data, id }) => [id, (data['successors'] ?? []) as readonly string[]]));

export const organisations: Aggregate<ReorganisationCommand, Organisation, ReorganisationEvent> = {
  category: 'organisation',
  decider: { initialState: { standing: {} }, decide, evolve, folding },
};

function decide(command: ReorganisationCommand, organisation: Organisation): ReorganisationEvent[] {
  const subject = { organisationId: command.id, reorganisationId: command.data.reorganisationId };
  switch (command.type) {
    case 'DecideReorganisation': {
      checkNoReorganisation(organisation);
      const { bodyId, comment, kind, successors } = command.data;
      const { refused, steps } = command.facts;
      if (refused.length > 0) throw new ReorganisationRefused(refused);
      const said = { kind, bodyId, successors: [...successors], ...(comment !== undefined && { comment }) };
      const decided: ReorganisationEvent = {
        type: 'ReorganisationDecided',
        data: { ...subject, ...said, steps: [...steps] },
      };
      return whileThereIsRoom([decided], Object.keys(organisation.standing).length, mostStanding);
    }
    case 'RevokeReorganisation': {
      checkNoReorganisation(organisation);
      const { reason, revokes } = command.data;
      if (!organisation.standing[revokes]) throw notStanding({ reorganisation: revokes });
      const { refused, resting, steps } = command.facts;
      if (resting.length > 0) throw restsOn({ resting });
      if (refused.length > 0) throw new ReorganisationRefused(refused);
      return [{ type: 'ReorganisationRevoked', data: { ...subject, revokes, reason, steps: [...steps] } }];
    }
    case 'CloseReorganisation':
      // Whoever comes second finds it closed.
      if (organisation.underWay !== subject.reorganisationId) return [];
      return [{ type: 'ReorganisationCarriedOut', data: { ...subject, undone: [...command.data.undone] } }];
  }
}

/** What must not fall between a decision and what follows from it waits. @throws RuleViolation */
export function checkNoReorganisation({ underWay }: Pick<Organisation, 'underWay'>): void {
  if (underWay !== undefined) throw isUnderWay({ reorganisation: underWay });
}

const isUnderWay = rule(
  'reorganisation-under-way',
  'The reorganisation {reorganisation} is decided and not carried out yet',
  'Omorganisationen {reorganisation} är beslutad men inte genomförd ännu',
);
const notStanding = rule(
  'reorganisation-stands',
  'No reorganisation {reorganisation} stands that could be taken back',
  'Ingen omorganisation {reorganisation} gäller som kan tas tillbaka',
);
const restsOn = rule(
  'nothing-rests-on-it',
  'The reorganisation cannot be taken back, because of what rests on it: {resting}',
  'Omorganisationen kan inte tas tillbaka på grund av det som vilar på den: {resting}',
);
