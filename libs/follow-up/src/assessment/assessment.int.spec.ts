import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decideWith, DecisionRunner } from '#deciding';
import type { Ask, CommandContext, DecisionCommand } from '#deciding';
import { openSqliteEventStore } from '#event-store/sqlite';
import { indicatorEvents } from '#indicators';
import { EventCatalog, Forbidden, newId, NotFound, streamName } from '#kernel';
import type { Actor } from '#kernel';
import { bodyEvents, DissolveBodyCommand, RegisterBodyCommand } from '#organisation';
import {
  AdoptItemCommand,
  AdoptPlanCommand,
  AmendPlanCommand,
  AssessItemCommand,
  assessmentIdOf,
  CorrectAssessmentCommand,
  DefineScaleCommand,
  itemEvents,
  planEvents,
  ReviseScaleCommand,
  scaleEvents,
  WithdrawAssessmentCommand,
} from '#planning';
import { OpenRoundCommand } from '../round/round.commands.js';
import { roundEvents } from '../round/round.events.js';
import './assessment.handlers.js';

const tenant = 'uppsala';
const scaleOf = (...codes: string[]) =>
  codes.map((code, index) => ({ code, label: code, meaning: code, colour: 'green', icon: 'check', rank: index + 1 }));
const now = '2025-09-15';

/** No plan has a round yet, as far as the read models know: a double of them. */
const noRounds = (() => Promise.resolve([])) as unknown as Ask;

describe('An assessment', () => {
  const [scaleId, planId, owner, body, roundId, item] = Array.from({ length: 6 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const controller: Actor = { id: 'c', role: 'controller' };
  const reporter: Actor = { id: 'r', role: 'reporter', body };
  const judgement = { roundId, bodyId: body, level: 'delayed', motivation: 'Upphandlingen är överklagad.' };
  let folder: string;
  let store: ReturnType<typeof openSqliteEventStore>;
  let runner: DecisionRunner;

  const by = (actor: Actor, more: Partial<CommandContext> = {}): CommandContext => {
    const commandId = newId();
    return { tenant, actor, commandId, correlationId: commandId, ...more };
  };
  const put = (command: DecisionCommand<any>) => decideWith(runner, command, noRounds);
  const assess = async (actor = controller, data: object = {}) => {
    const context = by(actor);
    await put(new AssessItemCommand(item, { ...judgement, ...data }, context));
    return assessmentIdOf(context.commandId);
  };
  const newest = async () => (await store.readStream(streamName(tenant, 'item', item))).at(-1)!;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-assessment-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    const definitions = [bodyEvents, scaleEvents, planEvents, itemEvents, roundEvents, indicatorEvents].flat();
    runner = new DecisionRunner(store, new EventCatalog(definitions), { now: () => new Date(`${now}T12:00:00Z`) });
    const levels = scaleOf('on-track', 'delayed');
    await put(new DefineScaleCommand(scaleId, { name: 'Färger', levels }, by(controller)));
    for (const id of [owner, body]) {
      await put(new RegisterBodyCommand(id, { name: id, kind: 'board' }, by(controller)));
    }
    const kinds = [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }];
    const plan = {
      title: 'Verksamhetsplan 2025',
      owner: { bodyId: owner, role: 'Ekonomidirektör' },
      validity: { from: '2025-01-01' },
      scale: { scaleId, version: 1 },
      kinds,
      documents: [],
      calendar: [],
    };
    await put(new AdoptPlanCommand(planId, plan, by(controller)));
    await put(new AdoptItemCommand(item, { planId, kind: 'uppdrag', title: 'Fler i arbete' }, by(controller)));
    const round = {
      planId,
      kind: 'april',
      label: 'Delårsuppföljning april 2025',
      year: 2025,
      referenceDate: '2025-03-31',
      deadline: '2025-04-30',
      scope: ['uppdrag'],
    };
    await put(new OpenRoundCommand(roundId, round, by(controller)));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('speaks of the day that its round speaks of, and so do its correction and its withdrawal', async () => {
    const assessmentId = await assess();
    expect(await newest()).toMatchObject({ data: { assessmentId }, metadata: { effectiveOn: '2025-03-31' } });
    await put(new CorrectAssessmentCommand(item, { assessmentId, level: 'on-track', reason: 'Fel' }, by(controller)));
    expect(await newest()).toMatchObject({ type: 'AssessmentCorrected', metadata: { effectiveOn: '2025-03-31' } });
    await put(new WithdrawAssessmentCommand(item, { assessmentId, reason: 'Fel' }, by(controller)));
    expect(await newest()).toMatchObject({ type: 'AssessmentWithdrawn', metadata: { effectiveOn: '2025-03-31' } });
  });

  it('speaks of another day where the caller says so', async () => {
    const assessmentId = await assess();
    const context = by(controller, { effectiveOn: '2025-05-01' });
    await put(new CorrectAssessmentCommand(item, { assessmentId, level: 'on-track', reason: 'Fel' }, context));
    expect((await newest()).metadata.effectiveOn).toBe('2025-05-01');
  });

  it('is the status where the owner of the plan makes it', async () => {
    await assess(controller, { bodyId: owner });
    expect((await newest()).data).toMatchObject({ capacity: 'owner' });
    await assess();
    expect((await newest()).data).toMatchObject({ capacity: 'contribution' });
  });

  it('is made, corrected and withdrawn by a reporter for its own body only', async () => {
    const own = await assess(reporter);
    const others = await assess(controller, { bodyId: owner });
    const correct = (assessmentId: string) =>
      put(new CorrectAssessmentCommand(item, { assessmentId, level: 'on-track', reason: 'Fel' }, by(reporter)));
    const withdraw = (assessmentId: string) =>
      put(new WithdrawAssessmentCommand(item, { assessmentId, reason: 'Fel' }, by(reporter)));
    await expect(assess(reporter, { bodyId: owner, level: 'on-track' })).rejects.toThrow(Forbidden);
    await expect(correct(others)).rejects.toThrow(Forbidden);
    await expect(withdraw(others)).rejects.toThrow(Forbidden);
    expect((await correct(own)).recorded).toEqual(['AssessmentCorrected']);
    expect((await withdraw(own)).recorded).toEqual(['AssessmentWithdrawn']);
  });

  it('is corrected to a level of the scale that it was made on, whichever the plan has now', async () => {
    const assessmentId = await assess();
    const levels = scaleOf('on-track', 'late');
    await put(new ReviseScaleCommand(scaleId, { levels }, by(controller)));
    await put(new AmendPlanCommand(planId, { scale: { scaleId, version: 2 } }, by(controller)));
    const correct = (to: string) =>
      put(new CorrectAssessmentCommand(item, { assessmentId, level: to, reason: 'Fel' }, by(controller)));
    await expect(correct('late')).rejects.toMatchObject({ rule: 'level-on-scale' });
    expect((await correct('on-track')).recorded).toEqual(['AssessmentCorrected']);
    await assess(controller, { level: 'late' });
    expect((await newest()).data).toMatchObject({ level: 'late', scale: { version: 2 } });
  });

  it('rests on items and indicators that exist', async () => {
    await expect(assess(controller, { evidence: [{ itemId: newId() }] })).rejects.toThrow(NotFound);
    await expect(assess(controller, { evidence: [{ indicatorId: newId() }] })).rejects.toThrow(NotFound);
    const evidence = [{ itemId: item }, { note: 'Protokoll' }];
    await assess(controller, { evidence });
    expect((await newest()).data).toMatchObject({ evidence });
  });

  it('is made in a round, and by a body, that exist', async () => {
    await expect(assess(controller, { roundId: newId() })).rejects.toThrow(/no round/);
    await expect(assess(controller, { bodyId: newId() })).rejects.toThrow(/no body/);
    await put(new DissolveBodyCommand(body, { successors: [owner] }, by(controller, { effectiveOn: '2025-03-31' })));
    await expect(assess()).rejects.toMatchObject({ rule: 'body-not-dissolved' });
  });

  it('is not found where there is none', async () => {
    const data = { assessmentId: newId(), reason: 'Fel' };
    await expect(put(new CorrectAssessmentCommand(item, data, by(controller)))).rejects.toThrow(/no assessment/);
    await expect(put(new WithdrawAssessmentCommand(item, data, by(controller)))).rejects.toThrow(/no assessment/);
  });
});
