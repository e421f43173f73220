import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventCatalog, newId, RuleViolation } from '#kernel';
import type { DecidedEvent, RecordedFact, StoredEvent } from '#kernel';
import { datedProperties } from './item.properties.js';
import { unadopted } from './item.js';
import { evolve, folding } from './item.state.js';
import type { ItemState } from './item.state.js';
import { discontinuationReasons, itemEvents, successionKinds } from './item.events.js';
import type { ItemEvent } from './item.events.js';
import { assessing, command, decider, goal, ids, levels, plan, takeBack, toldBy } from './testing/item.examples.js';
import type { AnyCommand } from './testing/item.examples.js';

const catalog = new EventCatalog(itemEvents);
const recordedAt = '2025-01-01T12:00:00.000Z';
const actor = { id: 'controller', role: 'controller' } as const;
let place = 0;

const day = fc.oneof(
  { arbitrary: fc.constantFrom('2025-01-01', '2025-02-15', '2025-03-31', '2025-06-30', '2025-12-31'), weight: 9 },
  { arbitrary: fc.constant('2024-06-01'), weight: 1 },
);
// Composed and decomposed forms of one text, blanks inside, and what JSON has to escape.
const text = fc.oneof(
  fc.constantFrom('Fler i arbete', 'Färre utanför', 'Färre utanför'.normalize('NFD'), 'a "b"\n\\c', '5\u00a0787'),
  fc.string({ minLength: 1, unit: 'grapheme' }),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** The first value nine times out of ten: what breaks a rule each time leaves nothing to look at. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 9 },
    { arbitrary: fc.constantFrom(...others), weight: others.length },
  );
const reason = maybe(text);
const label = maybe(text);
const bodyId = fc.constantFrom(ids.owner, ids.body, ids.otherBody);
const bodyIds = fc.uniqueArray(bodyId);
const assessmentId = fc.constantFrom(ids.assessment, ids.otherAssessment);
const documents = mostly([], ['trygghetsprogram'], ['okant']);
const level = fc.constantFrom(...levels, ...levels, 'blue');
const concerned = maybe(
  fc.oneof(
    fc.record({ bodies: bodyIds, asPrinted: text }, { requiredKeys: ['bodies'] }),
    // As a request carries it: every field of its class.
    fc.record({ groupId: fc.constant(ids.group), bodies: fc.constant(undefined) }) as fc.Arbitrary<{ groupId: string }>,
  ),
);
const evidence = fc.array(
  fc.oneof(
    fc.record({ itemId: fc.constant(ids.successor) }),
    fc.record({ indicatorId: fc.constant(ids.indicator) }),
    fc.record({ note: text }),
  ),
  { maxLength: 2 },
);
// Most places are good ones: an item that is never placed has no history.
const placing = fc
  .oneof(
    { arbitrary: fc.subarray([goal(), goal({ itemId: ids.successor })]), weight: 4 },
    {
      arbitrary: fc.constantFrom(
        [goal({ itemId: ids.otherGoal, lifecycle: { value: { state: 'discontinued' }, since: '2025-02-15' } })],
        [goal(), goal({ itemId: ids.successor, ancestors: [ids.item] })],
        [goal({ planId: ids.otherPlan })],
      ),
      weight: 1,
    },
  )
  .map((parents) => ({ plan, parents }));
const rounds = fc.record({
  planId: mostly(ids.plan, ids.otherPlan),
  label: fc.constant('Delårsuppföljning'),
  referenceDate: fc.constantFrom('2025-03-31', '2025-08-31'),
  othersMayContribute: mostly(true, false),
  scope: mostly(['uppdrag', 'fokusmal'], ['fokusmal']),
  isOpened: mostly(true, false),
});

/** Left out rather than undefined, or the other way round: a caller may do either. */
const given = (data: object): any =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

const adoption = fc
  .tuple(
    placing,
    fc.record({
      kind: mostly('uppdrag', 'aktivitet'),
      number: maybe(fc.constantFrom('34', '7', 'N.1.1.')),
      title: text,
      text: maybe(text),
      concerned,
      responsible: bodyIds,
      documents,
      expectedEffects: fc.array(text, { maxLength: 2 }),
    }),
    day,
  )
  .map(([facts, data, on]) =>
    command(
      'AdoptItem',
      { ...given(data), planId: ids.plan, parents: facts.parents.map(({ itemId }) => itemId) },
      facts,
      on,
    ),
  );

const revision: fc.Arbitrary<AnyCommand> = fc.oneof(
  adoption,
  fc
    .tuple(
      fc.record({
        title: maybe(text),
        text: maybe(text),
        documents: maybe(documents),
        expectedEffects: maybe(fc.array(text, { maxLength: 2 })),
        printedLabel: label,
        reason,
      }),
      day,
    )
    .map(([data, on]) => command('RewordItem', given(data), { plan }, on)),
  fc
    .tuple(fc.record({ number: fc.constantFrom('34', '7', null), printedLabel: label, reason }), day)
    .map(([data, on]) => command('RenumberItem', given(data), undefined, on)),
  fc
    .tuple(placing, fc.record({ printedLabel: label, reason }), day)
    .map(([facts, data, on]) =>
      command('MoveItem', { ...given(data), parents: facts.parents.map(({ itemId }) => itemId) }, facts, on),
    ),
  fc
    .tuple(fc.record({ concerned, reason }), day)
    .map(([data, on]) =>
      command('ChangeConcerned', { ...data, concerned: data.concerned ?? null } as any, undefined, on),
    ),
  fc
    .tuple(fc.record({ responsible: bodyIds, reason }), day)
    .map(([data, on]) => command('ChangeResponsible', given(data), undefined, on)),
  fc
    .tuple(fc.constantFrom('RetainItem', 'CompleteItem'), fc.record({ comment: reason, printedLabel: label }), day)
    .map(([type, data, on]) => command(type, given(data), undefined, on)),
  fc
    .tuple(fc.record({ reason: fc.constantFrom(...discontinuationReasons), comment: text, printedLabel: label }), day)
    .map(([data, on]) => command('DiscontinueItem', given(data), undefined, on)),
  fc
    .tuple(
      fc.record({
        successorId: fc.constantFrom(ids.successor, ids.item),
        kind: fc.constantFrom(...successionKinds),
        inferred: maybe(fc.boolean()),
        comment: reason,
      }),
      day,
    )
    .map(([data, on]) => command('SucceedItem', given(data), { successor: goal().item }, on)),
  fc
    .tuple(
      fc.record({
        answersId: fc.constantFrom(ids.successor, ids.otherGoal),
        inferred: maybe(fc.boolean()),
        comment: reason,
      }),
      mostly(ids.otherPlan, ids.plan),
      day,
    )
    .map(([data, planId, on]) => command('DeclareAnswer', given(data), { answered: goal({ planId }).item }, on)),
  fc
    .tuple(fc.record({ until: mostly('2025-09-01', '2025-02-15'), reason: text }), day)
    .map(([data, on]) => command('HoldItem', data, undefined, on)),
  fc.tuple(fc.record({ comment: reason }), day).map(([data, on]) => command('ResumeItem', given(data), undefined, on)),
);

const assessment: fc.Arbitrary<AnyCommand> = fc.oneof(
  fc
    .tuple(
      fc.record({
        roundId: fc.constantFrom(ids.april, ids.august),
        bodyId,
        level,
        motivation: text,
        evidence: maybe(evidence),
      }),
      fc.record({
        assessmentId,
        round: rounds,
        bodyDissolvedOn: mostly(undefined, '2025-03-31'),
        isTaken: fc.boolean(),
      }),
    )
    .map(([data, facts]) => command('AssessItem', given(data), assessing(facts), facts.round.referenceDate)),
  fc
    .tuple(
      fc.record({
        assessmentId,
        level: maybe(level),
        motivation: maybe(text),
        evidence: maybe(evidence),
        reason: text,
      }),
      day,
    )
    .map(([data, on]) => command('CorrectAssessment', given(data), { levels }, on)),
  fc
    .tuple(fc.record({ assessmentId, reason: text }), day)
    .map(([data, on]) => command('WithdrawAssessment', data, undefined, on)),
);

const handingOver: fc.Arbitrary<AnyCommand> = fc
  .tuple(fc.subarray([ids.owner, ids.otherBody]), text, day)
  .map(([successors, reason, on]) =>
    command('HandOverItem', { bodyId: ids.body, successors, reason }, undefined as never, on),
  );

/** About a revision so many before the last; `aimed` names it. */
const takingBack: fc.Arbitrary<AnyCommand> = fc.oneof(
  fc.nat(4).map((back): AnyCommand => takeBack(back, '')),
  fc
    .tuple(fc.record({ assessmentId, reason: text }), rounds)
    .map(([data, round]) => command('ReinstateAssessment', data, { round })),
  handingOver,
);

/** Begins with an adoption on the first day nearly always, because nothing else happens to an item without one. */
const history = fc
  .tuple(
    fc.option(
      adoption.map((first): AnyCommand => ({ ...first, effectiveOn: '2025-01-01' })),
      { freq: 20, nil: undefined },
    ),
    fc.array(fc.oneof({ arbitrary: revision, weight: 2 }, { arbitrary: assessment, weight: 3 }, takingBack), {
      maxLength: 25,
      size: 'max',
    }),
  )
  .map(([first, rest]) => (first ? [first, ...rest] : rest));

describe('For every history of an item', () => {
  const seen = new Set<string>();

  it('what is decided can be stored and read, and what is refused breaks a rule that is named', () => {
    fc.assert(
      fc.property(history, (commands) => void play(commands, seen)),
      { numRuns: 300 },
    );
    // Histories in which something never happens would say nothing about it. What is cancelled, and begins anew, is in those of the
    // documents (`item-status.property`).
    const apart = ['ItemCancelled'];
    expect(itemEvents.map(({ type }) => type).filter((type) => !seen.has(type))).toEqual(apart);
    expect([...seen].filter((rule) => rule === rule.toLowerCase()).length).toBeGreaterThan(10);
  });

  it('a command that was followed changes nothing the second time', () => {
    fc.assert(
      fc.property(history, fc.oneof(revision, assessment, takingBack), (commands, one) => {
        fc.pre(one.type !== 'AdoptItem');
        const facts = play(commands);
        const last = aimed(one, facts);
        const item = fold(facts);
        const asked = onItsDay(toldBy(last, facts));
        const events = ask(asked, item);
        fc.pre(Array.isArray(events) && events.length > 0);
        const followed = stored(events as ItemEvent[], asked);
        const again = ask(onItsDay(toldBy(last, [...facts, ...followed])), fold(followed, item));
        expect(again).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('what is revised from a day on is otherwise on that day, whatever was said of it and of later ones before', () => {
    fc.assert(
      fc.property(history, revision, (commands, last) => {
        fc.pre(!['AdoptItem', 'SucceedItem', 'DeclareAnswer'].includes(last.type));
        const facts = play(commands);
        const events = ask(last, fold(facts));
        fc.pre(Array.isArray(events) && events.length > 0);
        const upTo = (known: readonly RecordedFact<ItemEvent>[]) =>
          fold(known.filter(({ effectiveOn }) => effectiveOn <= last.effectiveOn));
        const [before, after] = [facts, [...facts, ...stored(events as ItemEvent[], last)]].map(upTo);
        expect(valuesOf(after!)).not.toEqual(valuesOf(before!));
      }),
      { numRuns: 100 },
    );
  });

  it('the events up to any day, and any others in their order, fold to a state', () => {
    fc.assert(
      fc.property(history, day, fc.infiniteStream(fc.boolean()), (commands, asOf, kept) => {
        const facts = play(commands);
        fold(facts.filter(({ effectiveOn }) => effectiveOn <= asOf));
        const some = facts.filter(() => kept.next().value);
        const item = fold(some);
        expect(item.status).toBe(some.some(({ type }) => type === 'ItemAdopted') ? 'adopted' : 'unadopted');
      }),
      { numRuns: 150 },
    );
  });

  it('many events folded at once, on any state before them, lead where they lead one by one', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 25 }), (commands, already) => {
        const facts = play(commands);
        const before = fold(facts.slice(0, already));
        const [told, many] = [structuredClone(facts), folding(before)];
        const untouched = structuredClone(before);
        facts.slice(already).forEach((fact) => many.take(fact));
        expect(many.done()).toEqual(fold(facts));
        expect(before).toEqual(untouched);
        expect(facts).toEqual(told);
      }),
      { numRuns: 100 },
    );
  });

  it('a late record changes nothing that a newer one speaks of', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const facts = play(commands);
        const item = fold(facts);
        fc.pre(item.status === 'adopted');
        const gone = facts.flatMap(({ data }) => ('revisions' in data ? data.revisions : []));
        const numbered = facts.filter(
          ({ revision: at, type }) => (type === 'ItemAdopted' || type === 'ItemRenumbered') && !gone.includes(at),
        );
        const newest = numbered.reduce((left, right) => (right.effectiveOn >= left.effectiveOn ? right : left));
        expect(item.status === 'adopted' && item.number).toMatchObject({
          value: (newest.data as { number?: string }).number ?? null,
          since: newest.effectiveOn,
        });
      }),
      { numRuns: 100 },
    );
  });
});

/** Puts commands to the item one after another. Notes each type of event and each rule that came about. */
function play(commands: readonly AnyCommand[], seen = new Set<string>()): RecordedFact<ItemEvent>[] {
  const facts: RecordedFact<ItemEvent>[] = [];
  let item: ItemState = unadopted;
  for (const asked of commands) {
    const told = onItsDay(toldBy(aimed(asked, facts), facts));
    const answer = ask(told, item);
    if (answer instanceof RuleViolation) {
      seen.add(answer.rule);
      continue;
    }
    answer.forEach(({ type }) => seen.add(type));
    const followed = stored(answer, told);
    facts.push(...followed);
    item = fold(followed, item);
  }
  return facts;
}

/** A command that takes back a revision, of those that there are. */
function aimed(asked: AnyCommand, facts: readonly RecordedFact<ItemEvent>[]): AnyCommand {
  if (asked.type !== 'RetractItemRevision') return asked;
  const back = facts.length - 1 - Number(asked.data.retracts.slice(-12));
  const one = facts[back] ?? facts.at(-1);
  if (!one) return asked;
  return { ...asked, data: { ...asked.data, retracts: one.id }, effectiveOn: one.effectiveOn };
}

/** What changes an assessment speaks of its day: a caller who names another is refused. */
function onItsDay(asked: AnyCommand): AnyCommand {
  const { assessment } = (asked.facts ?? {}) as { readonly assessment?: { readonly effectiveOn: string } };
  return assessment ? { ...asked, effectiveOn: assessment.effectiveOn } : asked;
}

/** The events that follow, or the rule that stands in the way. Nothing else may come of a command. */
function ask(asked: AnyCommand, item: ItemState): readonly ItemEvent[] | RuleViolation {
  try {
    return decider.decide(asked, item);
  } catch (error) {
    if (error instanceof RuleViolation) return error;
    throw error;
  }
}

const fold = (facts: readonly RecordedFact<ItemEvent>[], item: ItemState = unadopted): ItemState =>
  facts.reduce(evolve, item);

/** What an item says of itself, and since when. */
const valuesOf = (item: ItemState) => (item.status === 'unadopted' ? item : datedProperties.map((name) => item[name]));

/** Events as a store gives them back: through the catalog in and out, and through JSON between. */
function stored(
  events: readonly ItemEvent[],
  { data: asked, effectiveOn }: Pick<AnyCommand, 'data' | 'effectiveOn'>,
): RecordedFact<ItemEvent>[] {
  return events.map((event) => {
    const on = (event as DecidedEvent<ItemEvent>).effectiveOn ?? effectiveOn;
    const told = { effectiveOn: on, ...('retracts' in asked && { corrects: asked.retracts }) };
    const { data, schema } = catalog.encode(event);
    const envelope = JSON.parse(
      JSON.stringify({ id: newId(), type: event.type, data, metadata: { schema } }),
    ) as StoredEvent;
    const read = catalog.decode(envelope);
    return {
      id: envelope.id,
      type: event.type,
      data: read.data,
      ...told,
      recordedAt,
      actor,
      revision: place,
      position: `${++place}`.padStart(20, '0'),
    } as RecordedFact<ItemEvent>;
  });
}
