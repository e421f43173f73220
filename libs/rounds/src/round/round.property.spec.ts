import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventCatalog, idOf, isKnown, RuleViolation, streamName } from '#kernel';
import type { RecordedEvent, RecordedFact, StoredEvent } from '#kernel';
import { foldedWhere } from '#projecting';
import { april, ids, plan } from '../testing/round.examples.js';
import { currentRule } from './current-rule.js';
import { missingList } from './missing-list.js';
import { roundDirectory } from './read-models/round-directory/round-directory.projection.js';
import type { RoundDocument } from './read-models/round-directory/round-directory.projection.js';
import { rounds } from './round.decider.js';
import type { RoundCommand } from './round.decider.js';
import { roundEvents } from './round.events.js';
import type { RoundEvent } from './round.events.js';
import { evolve, unopened } from './round.js';
import type { Round } from './round.js';

const catalog = new EventCatalog(roundEvents);
const metadata = { tenant: 'uppsala', recordedAt: '2025-05-01T12:00:00.000Z', actor: { id: 'a', role: 'controller' } };

const body = fc.constantFrom(ids.owner, ids.body);
const text = fc.constantFrom('Därför', 'Färdig', 'a "b"\n\\c');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const day = fc.constantFrom('2025-03-31', '2025-04-20', '2025-05-02', '2025-05-20');
/** More than stand in one event. */
const manyItems = Array.from({ length: 120 }, (_, number) => idOf('item', String(number)));
const standing = fc
  .subarray([ids.owner, ids.body])
  .chain((bodies) =>
    fc.tuple(
      ...bodies.map((bodyId) =>
        fc
          .oneof({ weight: 5, arbitrary: fc.subarray([ids.item, ids.otherItem]) }, fc.constant(manyItems))
          .map((missing) => ({
            bodyId,
            name: bodyId,
            missing: missing.map((itemId) => ({ itemId, label: itemId })),
          })),
      ),
    ),
  )
  .map((bodies) => ({ standing: bodies }));
const sha256 = fc.constantFrom('a'.repeat(64), 'b'.repeat(64));
const opening = { plan, sameOccasion: undefined };

const command = (type: RoundCommand['type'], data: object, facts: unknown, effectiveOn: string): RoundCommand =>
  ({ type, id: ids.round, data, facts, effectiveOn }) as unknown as RoundCommand;
const asked = (
  type: RoundCommand['type'],
  data: fc.Arbitrary<object>,
  facts: fc.Arbitrary<unknown> = fc.constant(undefined),
): fc.Arbitrary<RoundCommand> =>
  fc.tuple(data, facts, day).map(([given, known, on]) => command(type, given, known, on));

/** What is given, without what is left out. */
const given = (data: object): object => JSON.parse(JSON.stringify(data)) as object;
const schedule = fc.record({ opensOn: maybe(day), remindsOn: fc.uniqueArray(day), freezesOn: maybe(day) });
const anyChange = fc.oneof(
  asked(
    'PlanRound',
    fc.record({ schedule: maybe(schedule) }).map((data) => ({ ...april, ...data })),
    fc.constant(opening),
  ),
  asked('OpenRound', fc.constantFrom(april, { ...april, deadline: '2025-05-15' }), fc.constant(opening)),
  asked('OpenPlannedRound', fc.constant({})),
  asked(
    'AmendRound',
    fc
      .record({
        ...{ deadline: maybe(day), referenceDate: maybe(day), schedule: maybe(schedule), reason: text },
        othersMayContribute: maybe(fc.boolean()),
      })
      .map(given),
    fc.constant(opening),
  ),
  asked('ExtendDeadline', fc.record({ bodyId: body, deadline: day, reason: text })),
  asked('RecallExtension', fc.record({ bodyId: body, reason: text })),
  { weight: 3, arbitrary: asked('MarkReady', fc.record({ bodyId: body, comment: maybe(text) }), standing) },
  asked('RecallReady', fc.record({ bodyId: body, reason: text })),
  asked('RemindBodies', fc.constant({}), standing),
  asked('FreezeRound', fc.record({ override: maybe(text) }), standing),
  asked('ReissueSnapshot', fc.record({ reason: text }), fc.record({ haveGroundsChanged: fc.boolean() })),
  {
    weight: 3,
    arbitrary: asked(
      'RecordSnapshot',
      fc.record({
        snapshotId: fc.constant(ids.snapshot),
        issue: fc.constantFrom(1, 1, 2, 3),
        rule: fc.constantFrom(currentRule, currentRule, currentRule, currentRule + 1),
        sha256,
        bytes: fc.constant(7),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: asked(
      'DecideRound',
      fc.record({ issue: maybe(fc.constantFrom(1, 2)) }),
      fc.record({
        decision: maybe(fc.record({ bodyId: body, date: day, paragraph: fc.constant('§ 1') })),
        ownerId: fc.constant(ids.owner),
      }),
    ),
  },
);
/** Few are cancelled: nothing more would be told of the others. */
const anyCommand = fc.oneof(
  { weight: 60, arbitrary: anyChange },
  { weight: 1, arbitrary: asked('CancelRound', fc.record({ reason: text })) },
);
const history = fc.array(anyCommand, { maxLength: 40, size: 'max' });

const places = { unopened: 0, planned: 1, open: 2, frozen: 3, decided: 4, cancelled: 5 };

describe('For every history of a round', () => {
  const seen = new Set<string>();

  it('it goes on and never back, and what is refused breaks a rule that is named', () => {
    fc.assert(
      fc.property(history, (commands) => {
        let place = 0;
        play(commands, seen, (round) => {
          expect(places[round.status]).toBeGreaterThanOrEqual(place);
          // What was frozen is never cancelled.
          if (place === places.frozen || place === places.decided) expect(round.status).not.toBe('cancelled');
          place = places[round.status];
        });
      }),
      { numRuns: 300 },
    );
    // Histories in which something never happens would say nothing about it.
    expect(roundEvents.map(({ type }) => type).filter((type) => !seen.has(type))).toEqual([]);
    expect([...seen].filter((rule) => rule === rule.toLowerCase()).length).toBeGreaterThan(10);
  });

  it('it is frozen at most once, and its issues are numbered from 1 without holes', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const events = play(commands);
        const numbers = events.flatMap(({ data, type }) =>
          type === 'RoundFrozen' || type === 'SnapshotReissued' ? [data.issue] : [],
        );
        expect(events.filter(({ type }) => type === 'RoundFrozen').length).toBeLessThanOrEqual(1);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }),
      { numRuns: 100 },
    );
  });

  it('bodies are ready in an open round only, an issue has the same bytes for ever, and is decided on once it has them', () => {
    fc.assert(
      fc.property(history, (commands) => {
        let round: Round = unopened;
        const bytes = new Map<number, string>();
        const decidedOn = new Set<number>();
        for (const event of play(commands)) {
          if (event.type === 'BodyReported') expect(round.status).toBe('open');
          if (event.type === 'SnapshotRecorded') {
            expect(bytes.has(event.data.issue)).toBe(false);
            bytes.set(event.data.issue, event.data.sha256);
          }
          if (event.type === 'RoundDecided') {
            expect(bytes.has(event.data.issue)).toBe(true);
            expect(decidedOn.has(event.data.issue)).toBe(false);
            decidedOn.add(event.data.issue);
          }
          round = evolve(round, event);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('whoever was not ready at the freeze is named in it, and it then has a reason', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const facts = play(commands);
        const at = facts.findIndex(({ type }) => type === 'RoundFrozen');
        fc.pre(at >= 0);
        const before = facts.slice(0, at).reduce(evolve, unopened);
        const { override, ...told } = (facts[at] as Extract<RoundEvent, { type: 'RoundFrozen' }>).data;
        const parts = facts.slice(0, at).flatMap(({ data, type }) => (type === 'RoundMissingListed' ? [data] : []));
        const missing = missingList(told, parts);
        const ready = before.status === 'open' ? Object.keys(before.ready) : [];
        expect(missing.filter(({ bodyId }) => ready.includes(bodyId))).toEqual([]);
        expect(override !== undefined).toBe(missing.length > 0);
      }),
      { numRuns: 100 },
    );
  });

  it('its days are in order for as long as they can be moved, also those of bodies and of its schedule', () => {
    fc.assert(
      fc.property(history, (commands) => {
        play(commands, undefined, (round) => {
          if (round.status !== 'planned' && round.status !== 'open') return;
          const { deadline, extensions, referenceDate, schedule: days } = round;
          expect(deadline >= referenceDate).toBe(true);
          if (days?.freezesOn === undefined) return;
          expect(
            Object.values(extensions)
              .concat(deadline)
              .every((last) => last < days.freezesOn!),
          ).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('nothing is said once it is cancelled', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const types = play(commands).map(({ type }) => type);
        const at = types.indexOf('RoundCancelled');
        if (at >= 0) expect(types.slice(at + 1)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('its document says what its state says', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const facts = play(commands);
        fc.pre(facts.length > 0);
        const state = facts.reduce(evolve, unopened);
        const document = facts.reduce<RoundDocument | undefined>(project, undefined)!;
        expect(document.status).toBe(state.status);
        if (state.status !== 'unopened') {
          const { deadline, label, referenceDate, scope } = state;
          expect(document).toMatchObject({ deadline, label, referenceDate, scope });
        }
        if (state.status === 'open' || state.status === 'planned') {
          expect(document.schedule).toEqual(state.schedule);
          const days = (document.extensions ?? []).map(({ bodyId, deadline }) => [bodyId, deadline]);
          expect(Object.fromEntries(days)).toEqual(state.extensions);
        }
        if (state.status === 'open') {
          expect(document.ready.map(({ bodyId }) => bodyId)).toEqual(Object.keys(state.ready));
        }
        if (state.status === 'frozen' || state.status === 'decided') {
          expect(document.issues.map(({ snapshot }) => snapshot?.sha256)).toEqual(
            state.issues.map(({ sha256: bytes }) => bytes),
          );
        }
        expect(document.revision).toBe(facts.length - 1);
      }),
      { numRuns: 100 },
    );
  });

  it('of which only some had been said by a day, its document tells that, and is there once it had begun', () => {
    const said = fc.array(fc.option(fc.constantFrom('2025-04-01', '2025-04-15', '2025-04-30'), { nil: undefined }), {
      minLength: 1,
      maxLength: 5,
    });
    let partly = 0;
    fc.assert(
      fc.property(history, said, fc.constantFrom('2025-04-10', '2025-04-20'), (commands, days, saidBy) => {
        const events = play(commands).map(({ envelope }, index) => {
          const on = days[index % days.length];
          const attested = on !== undefined && { attested: { on, role: 'Ordförande', evidence: [] } };
          return { ...envelope, metadata: { ...envelope.metadata, ...attested } };
        });
        const then = (by: string) =>
          foldedWhere(roundDirectory, events, (event) => isKnown(event.metadata, { saidBy: by }));
        expect(then('2025-05-01')).toEqual(foldedWhere(roundDirectory, events, () => true));
        const seen = events.filter(({ metadata: { attested } }) => attested !== undefined && attested.on <= saidBy);
        const document = then(saidBy);
        expect(document !== undefined).toBe(seen.some(({ type }) => type === events[0]!.type));
        if (!document) return;
        partly += seen.length < events.length ? 1 : 0;
        expect(seen.map(({ revision }) => revision)).toContain(document.revision);
        for (const { bodyId } of document.ready) {
          const reports = seen.filter(({ data, type }) => type === 'BodyReported' && data.bodyId === bodyId);
          expect(reports.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 250 },
    );
    expect(partly).toBeGreaterThan(10);
  });

  it('a command that was followed changes nothing the second time, or is refused', () => {
    fc.assert(
      fc.property(history, anyCommand, (commands, last) => {
        const facts = play(commands);
        const events = ask(last, facts.reduce(evolve, unopened));
        fc.pre(Array.isArray(events) && events.length > 0);
        // To remind again, and to issue anew, is to do something again.
        fc.pre(last.type !== 'RemindBodies' && last.type !== 'ReissueSnapshot');
        const after = [...facts, ...stored(events as RoundEvent[], last.effectiveOn, facts.length)];
        const again = ask(last, after.reduce(evolve, unopened));
        if (Array.isArray(again)) expect(again).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

type Fact = RecordedFact<RoundEvent> & { readonly envelope: RecordedEvent<RoundEvent> };

function play(commands: readonly RoundCommand[], seen = new Set<string>(), look?: (round: Round) => void): Fact[] {
  const facts: Fact[] = [];
  let round: Round = unopened;
  for (const one of commands) {
    const answer = ask(one, round);
    if (answer instanceof RuleViolation) {
      seen.add(answer.rule);
      continue;
    }
    answer.forEach(({ type }) => seen.add(type));
    const added = stored(answer, one.effectiveOn, facts.length);
    facts.push(...added);
    round = added.reduce<Round>(evolve, round);
    look?.(round);
  }
  return facts;
}

/** The events that follow, or the rule that stands in the way. Nothing else may come of a command. */
function ask(one: RoundCommand, round: Round): readonly RoundEvent[] | RuleViolation {
  try {
    return rounds.decider.decide(one, round);
  } catch (error) {
    if (error instanceof RuleViolation) return error;
    throw error;
  }
}

/** Events as a store gives them back: through the catalog in and out, and through JSON between. */
function stored(events: readonly RoundEvent[], effectiveOn: string, from: number): Fact[] {
  return events.map((event, index) => {
    const { data, schema } = catalog.encode(event);
    const revision = from + index;
    const envelope = catalog.decode(
      JSON.parse(
        JSON.stringify({
          id: ids.round,
          type: event.type,
          data,
          metadata: { ...metadata, schema, effectiveOn },
          stream: streamName('uppsala', 'round', ids.round),
          revision,
          position: String(revision).padStart(20, '0'),
        }),
      ) as StoredEvent,
    ) as unknown as RecordedEvent<RoundEvent>;
    return { type: event.type, data: envelope.data, effectiveOn, recordedAt: metadata.recordedAt, envelope } as Fact;
  });
}

function project(document: RoundDocument | undefined, { envelope, type }: Fact): RoundDocument {
  return roundDirectory.on[type]!.evolve(document, envelope as never);
}
