import fc from 'fast-check';
import { idNumbered } from '#kernel/testing';
import { RuleViolation } from '#kernel';
import type { Decider, DomainCommand, DomainEvent, RecordedFact } from '#kernel';
import { bodies, dayOfChange } from '../body/body.decider.js';
import type { BodyCommand } from '../body/body.decider.js';
import { registrationOf } from '../body/body.js';
import type { Body } from '../body/body.js';
import type { BodyEvent } from '../body/body.events.js';
import { dayOfMembership, groups } from '../group/group.decider.js';
import type { GroupCommand } from '../group/group.decider.js';
import { definitionOf } from '../group/group.js';
import type { Group } from '../group/group.js';
import type { GroupEvent } from '../group/group.events.js';

/** Days past and to come. */
export const days = ['2024-06-01', '2025-01-01', '2025-03-31', '2025-06-30', '2026-01-01', '2027-01-01'] as const;
const day = fc.constantFrom(...days);
const name = fc.constantFrom('Nämnden', 'Omsorgsnämnden', 'Äldrenämnden');
const alias = fc.constantFrom('OMN', 'OSN', 'ÄLN');
const maybeDay = fc.option(day, { nil: undefined });
const members = fc.subarray([idNumbered(81), idNumbered(82), idNumbered(83)], { minLength: 1 });
const reason = fc.constant('Fel');
const handOver = fc.record({
  bodyId: fc.constantFrom(idNumbered(81), idNumbered(82)),
  successors: fc.subarray([idNumbered(83), idNumbered(84)]),
  reason,
});

/** What somebody asks. `which` picks one of the events so far, where the command is about one. */
interface Asked<Type extends string> {
  readonly type: Type;
  readonly data: object;
  readonly on: string;
  readonly which: number;
  readonly corrects: boolean;
}

const asked = <const Type extends string>(type: Type, data: fc.Arbitrary<object>): fc.Arbitrary<Asked<Type>> =>
  fc.record({ type: fc.constant(type), data, on: day, which: fc.nat(20), corrects: fc.boolean() });

const bodyAsked = fc.oneof(
  { arbitrary: asked('RegisterBody', fc.record({ name, kind: fc.constantFrom('board', 'council') })), weight: 2 },
  { arbitrary: asked('RenameBody', fc.record({ name })), weight: 5 },
  asked('CorrectBody', fc.record({ name, kind: fc.constantFrom('board', 'council'), reason })),
  { arbitrary: asked('AddBodyAlias', fc.record({ alias, from: maybeDay, to: maybeDay })), weight: 3 },
  { arbitrary: asked('AmendBodyAlias', fc.record({ alias, from: maybeDay, to: maybeDay, reason })), weight: 2 },
  asked('DissolveBody', fc.record({ successors: fc.subarray([idNumbered(81), idNumbered(82)]) })),
  { arbitrary: asked('CancelBodyChange', fc.record({ reason })), weight: 3 },
  asked('CancelBody', fc.record({ reason })),
);
const groupAsked = fc.oneof(
  { arbitrary: asked('DefineGroup', fc.record({ name, members })), weight: 2 },
  { arbitrary: asked('ChangeGroupMembers', fc.record({ members })), weight: 5 },
  asked('CorrectGroup', fc.record({ name, reason })),
  { arbitrary: asked('CancelGroupChange', fc.record({ reason })), weight: 3 },
  asked('CancelGroup', fc.record({ reason })),
  { arbitrary: asked('HandOverGroup', handOver), weight: 2 },
);

interface Subject<State> {
  readonly id: string;
  readonly dayOf: (state: State, eventId: string) => string | undefined;
  readonly begunBy: (state: State) => { readonly id: string; readonly since: string } | undefined;
}

/** Decides on one after the other, as the runner does; what a rule refuses leaves no trace. */
function recorded<Command extends DomainCommand, State, Event extends DomainEvent>(
  { decide, evolve, initialState }: Decider<Command, State, Event>,
  { begunBy, dayOf, id }: Subject<State>,
  all: readonly Asked<string>[],
): RecordedFact<Event>[] {
  const events: RecordedFact<Event>[] = [];
  let state = initialState;
  for (const { corrects: isCorrection, data, on, type, which } of all) {
    const picked = events[which % Math.max(1, events.length)]?.id ?? idNumbered(99);
    const isAbout = type.endsWith('Change') || type === 'AmendBodyAlias';
    const isOfBeginning = ['CorrectBody', 'CancelBody', 'CorrectGroup', 'CancelGroup'].includes(type);
    const corrects = isAbout || (isCorrection && /Rename|Members|Dissolve/.test(type)) ? picked : undefined;
    const effectiveOn = (isOfBeginning ? begunBy(state)?.since : corrects && dayOf(state, corrects)) ?? on;
    const told = { effectiveOn, ...(corrects && { corrects }) };
    const facts = { takenBy: undefined, resting: [], held: [], begun: begunBy(state) };
    try {
      const about = type === 'AmendBodyAlias' ? { aliasId: picked } : isAbout ? { eventId: picked } : {};
      const command = { type, id, data: { ...data, ...about }, facts, ...told } as unknown as Command;
      for (const event of decide(command, state)) {
        const revision = events.length;
        const fact = {
          ...structuredClone(event),
          ...told,
          effectiveOn: event.effectiveOn ?? effectiveOn,
          id: idNumbered(revision),
          recordedAt: instantOf(revision),
          actor: { id: 'controller', role: 'controller' },
          revision,
          position: String(revision).padStart(20, '0'),
        } as RecordedFact<Event>;
        events.push(fact);
        state = evolve(state, fact);
      }
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
  }
  return events;
}

/** When the event of a revision was recorded. */
export const instantOf = (revision: number): string => new Date(Date.UTC(2025, 5, 1, 12, 0, revision)).toISOString();

export const bodyId = idNumbered(70);
export const groupId = idNumbered(71);

/** Stories of a body: named, corrected and taken back, on days past and to come. */
export const bodyHistories: fc.Arbitrary<RecordedFact<BodyEvent>[]> = fc
  .array(bodyAsked, { minLength: 1, maxLength: 25 })
  .map((all) =>
    recorded<BodyCommand, Body, BodyEvent>(
      bodies.decider,
      { id: bodyId, dayOf: dayOfChange, begunBy: registrationOf },
      all,
    ),
  );

/** The same of a group. */
export const groupHistories: fc.Arbitrary<RecordedFact<GroupEvent>[]> = fc
  .array(groupAsked, { minLength: 1, maxLength: 25 })
  .map((all) =>
    recorded<GroupCommand, Group, GroupEvent>(
      groups.decider,
      { id: groupId, dayOf: dayOfMembership, begunBy: definitionOf },
      all,
    ),
  );
