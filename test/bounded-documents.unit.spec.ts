import { describe, expect, it } from '@jest/globals';
import { indicators, indicatorSeries } from '#indicators';
import { factOf, newId, RuleViolation } from '#kernel';
import type { Decider, DomainCommand, DomainEvent, RecordedEvent } from '#kernel';
import { bodies, bodyDirectory, correctedDecisions, decisions, groupDirectory, groups } from '#organisation';
import { scaleDirectory, scales } from '#planning';
import type { Document } from '#document-store';
import type { Projection, Reaction } from '#projecting';
import { roundDirectory, rounds } from '#rounds';

const id = newId();
const ids = Array.from({ length: 100 }, () => newId());
const long = (length: number, nth: number) => `${nth} `.padEnd(length, 'å');

/** What is asked for: the first makes a thing, and each of the others says as much of it as a request may. */
type Asked = (
  nth: number,
) => Pick<DomainCommand, 'type' | 'data'> & { readonly facts?: object; readonly effectiveOn?: string };

const day = (nth: number) => new Date(Date.UTC(2025, 0, 1 + nth)).toISOString().slice(0, 10);

const levels = (nth: number) =>
  Array.from({ length: 100 }, (_, index) => ({
    ...{ code: `niva-${index + 1}`, label: long(100, nth), meaning: long(500, nth), colour: 'green', icon: 'check' },
    rank: index + 1,
  }));
const definition = {
  ...{ planId: id, name: 'Andel', ownerId: id, measure: { unit: 'procent', kind: 'share' }, direction: 'decrease' },
  ...{ source: 'Egen', splitBySex: true, itemIds: [] },
};
const cells = (nth: number) => ({ total: { value: `${nth}` }, women: { value: `${nth}` }, men: { value: `${nth}` } });
const plan = {
  title: 'Plan',
  scale: { scaleId: '018f0000-0000-7000-8000-000000000001', version: 1 },
  kinds: [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }],
  calendar: [],
};
const round = { planId: id, kind: 'april', label: 'April', year: 2025, scope: ['uppdrag'] };
const days = { referenceDate: '2025-03-31', deadline: '2025-04-30' };

const things: readonly [what: string, decider: unknown, projection: unknown, asked: Asked][] = [
  [
    'a body that is renamed',
    bodies.decider,
    bodyDirectory,
    (nth) =>
      nth === 0
        ? { type: 'RegisterBody', data: { name: 'Nämnden', kind: 'board' } }
        : { type: 'RenameBody', data: { name: long(200, nth) } },
  ],
  [
    'a body that gets aliases',
    bodies.decider,
    bodyDirectory,
    (nth) =>
      nth === 0
        ? { type: 'RegisterBody', data: { name: 'Nämnden', kind: 'board' } }
        : { type: 'AddBodyAlias', data: { alias: long(200, nth) }, facts: {} },
  ],
  [
    'a body whose dissolution is moved',
    bodies.decider,
    bodyDirectory,
    (nth) =>
      nth === 0
        ? { type: 'RegisterBody', data: { name: 'Nämnden', kind: 'board' } }
        : { type: 'DissolveBody', data: { successors: ids }, facts: { held: [] }, effectiveOn: day(10_000 - nth) },
  ],
  [
    'a group',
    groups.decider,
    groupDirectory,
    (nth) =>
      nth === 0
        ? { type: 'DefineGroup', data: { name: 'Alla', members: ids } }
        : { type: 'ChangeGroupMembers', data: { members: nth % 2 ? ids.slice(1) : ids } },
  ],
  [
    'a formal decision that is corrected',
    decisions.decider,
    correctedDecisions,
    (nth) => {
      const decided = { bodyId: id, date: day(nth), diarienummer: long(100, nth), paragraph: long(50, nth) };
      const about = { category: 'plan', subjectId: id, decided, reason: long(2_000, nth) };
      return { type: 'CorrectDecision', data: about, facts: { decision: { ...decided, date: day(-1) } } };
    },
  ],
  [
    'a scale',
    scales.decider,
    scaleDirectory,
    (nth) =>
      nth === 0
        ? { type: 'DefineScale', data: { name: 'Skala', levels: levels(0) } }
        : { type: 'ReviseScale', data: { levels: levels(nth) } },
  ],
  [
    'a round that is amended',
    rounds.decider,
    roundDirectory,
    (nth) =>
      nth === 0
        ? { type: 'OpenRound', data: { ...round, ...days }, facts: { plan } }
        : {
            type: 'AmendRound',
            data: { label: long(200, nth), reason: long(2_000, nth) },
            facts: { plan },
          },
  ],
  [
    'a round with issues',
    rounds.decider,
    roundDirectory,
    (nth) =>
      [
        { type: 'OpenRound', data: { ...round, ...days }, facts: { plan } },
        { type: 'FreezeRound', data: {}, facts: { standing: [] } },
      ][nth] ?? {
        type: 'ReissueSnapshot',
        data: { reason: long(2_000, nth) },
        facts: { haveGroundsChanged: true },
      },
  ],
  [
    'an indicator that is defined anew',
    indicators.decider,
    indicatorSeries,
    (nth) =>
      nth === 0
        ? { type: 'DefineIndicator', data: definition }
        : { type: 'RedefineIndicator', data: { ...definition, source: long(500, nth), reason: long(2_000, nth) } },
  ],
  [
    'an indicator that is measured',
    indicators.decider,
    indicatorSeries,
    (nth) =>
      nth === 0
        ? { type: 'DefineIndicator', data: definition }
        : { type: 'RecordValue', data: { period: String(nth).padStart(4, '0'), ...cells(nth) } },
  ],
  [
    'an indicator that is corrected',
    indicators.decider,
    indicatorSeries,
    (nth) =>
      [
        { type: 'DefineIndicator', data: definition },
        { type: 'RecordValue', data: { period: '2024', ...cells(0) } },
      ][nth] ?? { type: 'CorrectValue', data: { period: '2024', ...cells(nth), reason: long(2_000, nth) } },
  ],
];

/** What a document is after so many commands, or those before the first that is refused. */
function documentAfter(decider: unknown, projection: unknown, asked: Asked, commands: number) {
  const { decide, evolve, initialState } = decider as Decider<DomainCommand, object, DomainEvent>;
  const { on } = projection as Projection;
  let [state, document, revision] = [initialState, {}, 0];
  for (let nth = 0; nth < commands; nth++) {
    const command = { id, effectiveOn: day(nth), facts: undefined, ...asked(nth) } as DomainCommand;
    let events: readonly DomainEvent[];
    try {
      events = decide(command, state);
    } catch (error) {
      if (error instanceof RuleViolation && error.rule === 'room-for-more') return { bytes: bytesOf(document), nth };
      throw error;
    }
    expect(events).not.toEqual([]);
    for (const { data, type } of events) {
      const { effectiveOn } = command;
      const actor = { id: 'controller', role: 'controller' };
      const event = {
        ...{
          id: newId(),
          type,
          data,
          stream: 'uppsala.thing',
          revision,
          position: String(++revision).padStart(20, '0'),
        },
        metadata: { tenant: 'uppsala', recordedAt: `${effectiveOn}T12:00:00.000Z`, effectiveOn, actor },
      } as unknown as RecordedEvent;
      state = evolve(state, factOf(event));
      document = (on as Record<string, Reaction<Document, DomainEvent>>)[type]!.evolve(
        revision === 1 ? undefined : (document as Document),
        event,
      );
    }
  }
  return { bytes: bytesOf(document), nth: commands };
}

const bytesOf = (document: object): number => Buffer.byteLength(JSON.stringify(document));

describe('A document that every command makes larger', () => {
  it.each(things)('ends: %s', (_, decider, projection, asked) => {
    const [few, many] = [10, 1_100].map((commands) => documentAfter(decider, projection, asked, commands));
    expect(few!.bytes).toBeLessThanOrEqual(many!.bytes);
    expect(many!.nth).toBeLessThan(1_100);
    expect(many!.bytes).toBeLessThan(1.5 * 2 ** 20);
  });
});
