import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decideWith, DecisionRunner } from '#deciding';
import type { CommandContext, DecisionCommand } from '#deciding';
import { openSqliteEventStore } from '#event-store/sqlite';
import { requestValidation } from '#http-api';
import { EventCatalog, newId, streamName } from '#kernel';
import { bodyEvents, groupEvents, RegisterBodyCommand } from '#organisation';
import { AdoptPlanCommand, AmendPlanCommand } from '../plan/plan.commands.js';
import { planEvents } from '../plan/plan.events.js';
import { DefineScaleCommand } from '../scale/scale.commands.js';
import { scaleEvents } from '../scale/scale.events.js';
import { AdoptItemCommand } from './adopt/adopt.js';
import { ChangeConcernedCommand, ChangeConcernedRequest } from './change-concerned/change-concerned.js';
import { ChangeResponsibleCommand } from './change-responsible/change-responsible.js';
import { CompleteItemCommand } from './complete/complete.js';
import { DiscontinueItemCommand } from './discontinue/discontinue.js';
import { itemEvents } from './item.events.js';
import { MoveItemCommand } from './move/move.js';
import { RewordItemCommand } from './reword/reword.js';
import { SucceedItemCommand } from './succeed/succeed.js';
import { ids, plan } from './testing/item.examples.js';

const tenant = 'uppsala';
const validation = requestValidation();

describe('A command to an item', () => {
  let folder: string;
  let store: ReturnType<typeof openSqliteEventStore>;
  let runner: DecisionRunner;

  const asked = (effectiveOn?: string): CommandContext => {
    const commandId = newId();
    const actor = { id: 'c', role: 'controller' as const };
    return { tenant, actor, commandId, correlationId: commandId, ...(effectiveOn && { effectiveOn }) };
  };
  const put = (command: DecisionCommand<any>) => decideWith(runner, command);
  const adopt = async (kind: string, parents: readonly string[] = []) => {
    const id = newId();
    await put(new AdoptItemCommand(id, { planId: ids.plan, kind, title: kind, parents }, asked()));
    return id;
  };
  const eventsOf = (itemId: string) => store.readStream(streamName(tenant, 'item', itemId));
  const newest = async (itemId: string) => (await store.readStream(streamName(tenant, 'item', itemId))).at(-1)!;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-item-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    const definitions = [bodyEvents, groupEvents, scaleEvents, planEvents, itemEvents].flat();
    runner = new DecisionRunner(store, new EventCatalog(definitions), { now: () => new Date('2025-09-15T12:00:00Z') });
    const look = { label: 'Grön', meaning: 'Enligt plan', colour: 'green', icon: 'check' };
    const levels = ['completed', 'on-track'].map((code, index) => ({ ...look, code, rank: index + 1 }));
    await put(new DefineScaleCommand(ids.scale, { name: 'Färger', levels }, asked()));
    for (const id of [ids.owner, ids.body]) {
      await put(new RegisterBodyCommand(id, { name: id, kind: 'board' }, asked()));
    }
    const { series: _series, since: _since, status: _status, ...content } = plan;
    await put(new AdoptPlanCommand(ids.plan, content, asked()));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('adopts it from the day that its plan holds, whichever day it is recorded', async () => {
    expect((await newest(await adopt('uppdrag'))).metadata.effectiveOn).toBe('2025-01-01');
  });

  it('lies under a plan that is amended, and corrected by what names the amendment or the adoption', async () => {
    const told = async () => store.readStream(streamName(tenant, 'plan', ids.plan));
    const amend = (data: object, more: object = {}) =>
      put(new AmendPlanCommand(ids.plan, data, { ...asked(), ...more }));
    await amend({ title: 'Fel' }, { effectiveOn: '2025-10-01' });
    const [adoption, wrong] = await told();
    await amend({ title: 'Rätt' }, { corrects: wrong!.id });
    expect((await told()).at(-1)).toMatchObject({
      data: { title: 'Rätt' },
      metadata: { effectiveOn: '2025-10-01', corrects: wrong!.id },
    });
    await expect(amend({ title: 'En till' }, { corrects: wrong!.id })).rejects.toMatchObject({
      rule: 'amendment-stands',
    });
    const decision = { bodyId: ids.owner, date: '2024-11-20', paragraph: '§ 78' };
    const corrected = await amend({}, { corrects: adoption!.id, decision });
    expect(corrected.recorded).toEqual(['PlanAmended']);
    expect((await told()).at(-1)!.metadata).toMatchObject({ effectiveOn: adoption!.metadata.effectiveOn, decision });
    await expect(amend({ title: 'Ingen' }, { corrects: newId() })).rejects.toMatchObject({ rule: 'amendment-of-plan' });
  });

  it('names bodies or a group as a request brings them', async () => {
    const item = await adopt('uppdrag');
    const concern = async (body: object) => {
      const request = await validation.transform(body, { type: 'body', metatype: ChangeConcernedRequest });
      return put(new ChangeConcernedCommand(item, request as ChangeConcernedRequest, asked()));
    };
    await concern({ concerned: { bodies: [ids.body], asPrinted: 'AMN' } });
    expect((await newest(item)).data).toMatchObject({ concerned: { bodies: [ids.body], asPrinted: 'AMN' } });
    expect((await concern({ concerned: { bodies: [ids.body], asPrinted: 'AMN' } })).recorded).toEqual([]);
    await expect(concern({ concerned: { bodies: [ids.otherBody] } })).rejects.toThrow(/no body/);
    await expect(concern({ concerned: { groupId: ids.group } })).rejects.toThrow(/no group/);
  });

  it('names bodies that exist as responsible', async () => {
    const item = await adopt('uppdrag');
    const { recorded } = await put(new ChangeResponsibleCommand(item, { responsible: [ids.body] }, asked()));
    expect(recorded).toEqual(['ItemResponsibleChanged']);
    const unknown = put(new ChangeResponsibleCommand(item, { responsible: [ids.otherBody] }, asked()));
    await expect(unknown).rejects.toThrow(/no body/);
  });

  it('places it under items as they are on that day', async () => {
    const goal = await adopt('fokusmal');
    const item = await adopt('uppdrag', [goal]);
    const ended = await adopt('fokusmal');
    const end = { reason: 'decided', comment: 'Beslut i KF' } as const;
    await put(new DiscontinueItemCommand(ended, end, asked('2025-06-01')));
    const move = (parent: string, on: string) => put(new MoveItemCommand(item, { parents: [parent] }, asked(on)));
    await expect(move(ended, '2025-06-01')).rejects.toMatchObject({ rule: 'parent-in-force' });
    expect((await move(ended, '2025-05-31')).recorded).toEqual(['ItemMoved']);
    await expect(move(newId(), '2025-06-01')).rejects.toThrow(/no item/);
    await expect(move(item, '2025-06-01')).rejects.toMatchObject({ rule: 'items-nest' });
  });

  it('links it to a successor that exists, and says of which plan that is', async () => {
    const [older, newer] = [await adopt('uppdrag'), await adopt('uppdrag')];
    await put(new SucceedItemCommand(older, { successorId: newer, kind: 'replaced' }, asked()));
    expect((await newest(older)).data).toMatchObject({
      successorId: newer,
      successorPlanId: ids.plan,
      inferred: false,
    });
    const unknown = put(new SucceedItemCommand(older, { successorId: newId(), kind: 'replaced' }, asked()));
    await expect(unknown).rejects.toThrow(/no item/);
  });

  it('corrects an event of its kind on the day of that, also after the item has ended', async () => {
    const item = await adopt('uppdrag');
    await put(new RewordItemCommand(item, { title: 'Fel' }, asked('2025-09-16')));
    await put(new CompleteItemCommand(item, {}, asked('2025-09-17')));
    const [, wrong, end] = await eventsOf(item);
    const context = { ...asked(), corrects: wrong!.id };
    await put(new RewordItemCommand(item, { title: 'Rätt' }, context));
    const right = await newest(item);
    expect(right).toMatchObject({
      type: 'ItemReworded',
      data: { title: 'Rätt' },
      metadata: { corrects: wrong!.id, effectiveOn: '2025-09-16' },
    });
    const again = put(new RewordItemCommand(item, { title: 'Rättare' }, { ...asked(), corrects: wrong!.id }));
    await expect(again).rejects.toMatchObject({ rule: 'revision-stands', message: expect.stringContaining(right.id) });
    const other = put(new RewordItemCommand(item, { title: 'Rättare' }, { ...asked(), corrects: end!.id }));
    await expect(other).rejects.toMatchObject({ rule: 'corrects-its-kind' });
    const late = put(new CompleteItemCommand(item, {}, { ...asked('2025-09-18'), corrects: end!.id }));
    await expect(late).rejects.toMatchObject({ rule: 'day-of-corrected' });
    await put(new CompleteItemCommand(item, { comment: 'Enligt bokslutet' }, { ...asked(), corrects: end!.id }));
    expect((await newest(item)).metadata).toMatchObject({ corrects: end!.id, effectiveOn: '2025-09-17' });
    const foreign = put(new CompleteItemCommand(item, {}, { ...asked(), corrects: newId() }));
    await expect(foreign).rejects.toMatchObject({ rule: 'revision-of-item' });
  });

  it('is corrected by what was said before it was, itself as its plan', async () => {
    const evidence = [{ kind: 'protocol' as const, title: 'Protokoll' }];
    const attested = { on: '2025-09-10', role: 'Ordförande', evidence };
    const item = await adopt('uppdrag');
    await put(new RewordItemCommand(item, { title: 'Fel' }, asked('2025-09-01')));
    const wrong = await newest(item);
    await put(new RewordItemCommand(item, { title: 'Rätt' }, { ...asked(), corrects: wrong.id, attested }));
    const right = await newest(item);
    expect(right.metadata).toMatchObject({ attested: { on: '2025-09-10' }, saidAfter: '2025-09-15' });
    // What counts is what corrects: the same words are recorded no second time, and those that were wrong are.
    await put(new RewordItemCommand(item, { title: 'Rätt' }, asked('2025-09-01')));
    expect((await newest(item)).id).toBe(right.id);
    await put(new RewordItemCommand(item, { title: 'Rättare' }, { ...asked(), corrects: right.id, attested }));
    expect((await newest(item)).metadata).toMatchObject({ saidAfter: '2025-09-15' });
    await put(new RewordItemCommand(item, { title: 'Ny' }, { ...asked('2025-09-02'), attested }));
    expect((await newest(item)).metadata).not.toHaveProperty('saidAfter');

    const ofPlan = async () => (await store.readStream(streamName(tenant, 'plan', ids.plan))).at(-1)!;
    await put(new AmendPlanCommand(ids.plan, { title: 'Fel' }, asked('2025-09-01')));
    const amended = await ofPlan();
    await put(new AmendPlanCommand(ids.plan, { title: 'Rätt' }, { ...asked(), corrects: amended.id, attested }));
    const corrected = await ofPlan();
    expect(corrected).toMatchObject({ data: { title: 'Rätt' }, metadata: { saidAfter: '2025-09-15' } });
    await put(new AmendPlanCommand(ids.plan, { title: 'Rätt' }, asked('2025-09-01')));
    expect((await ofPlan()).id).toBe(corrected.id);
  });
});
