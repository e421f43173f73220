import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commandChangedNothing, decideWith, DecisionRunner } from '#deciding';
import type { CommandContext, DecisionCommand, Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { EventCatalog, newId, StoreUnavailable, streamName } from '#kernel';
import { bodyEvents, RegisterBodyCommand } from '#organisation';
import { AdoptItemCommand } from '../item/adopt/adopt.js';
import { DiscontinueItemCommand } from '../item/discontinue/discontinue.js';
import { itemEvents } from '../item/item.events.js';
import { RenumberItemCommand } from '../item/renumber/renumber.js';
import { ids, plan } from '../item/testing/item.examples.js';
import { AdoptPlanCommand } from '../plan/plan.commands.js';
import { planEvents } from '../plan/plan.events.js';
import { DecideRevisionCommand } from '../revision/revision.commands.js';
import type { RevisionStep } from '../revision/revision.events.js';
import { RevisionProcess } from '../revision/revision-process.js';
import { RevisionRehearsal } from '../revision/revision-rehearsal.js';
import { DefineScaleCommand } from '../scale/scale.commands.js';
import { scaleEvents } from '../scale/scale.events.js';
import { HeldNumbers } from './held-numbers.js';
import { numberEvents } from './number.js';

const tenant = 'uppsala';
const definitions = [[commandChangedNothing], bodyEvents, scaleEvents, planEvents, itemEvents, numberEvents].flat();
const catalog = new EventCatalog(definitions);
const clock = { now: () => new Date('2025-09-15T12:00:00Z') };
const taken = { rule: 'number-once-a-time' };

describe('A number of an item', () => {
  let folder: string;
  let store: EventStore;
  /** What a double of the documents tells of those who have a number that nobody claimed. */
  let told: string[];

  const asked = (effectiveOn?: string): CommandContext => {
    const commandId = newId();
    const actor = { id: 'c', role: 'controller' as const };
    return { tenant, actor, commandId, correlationId: commandId, ...(effectiveOn && { effectiveOn }) };
  };
  /** A process of its own. */
  const processOn = (log: EventStore) => {
    const runner = new DecisionRunner(log, catalog, clock);
    const readers = (reader: unknown) =>
      reader === HeldNumbers ? { holdersOf: () => Promise.resolve(told) } : new RevisionRehearsal(log, catalog, clock);
    return (command: DecisionCommand<any>) => decideWith(runner, command, readers as Readers);
  };
  let put: ReturnType<typeof processOn>;
  const adoption = (number: string, on = '2025-01-01', kind = 'uppdrag', planId: string = ids.plan) =>
    new AdoptItemCommand(newId(), { planId, kind, number, title: `Uppdrag ${number}` }, asked(on));
  const adopt = async (...given: Parameters<typeof adoption>) => (await put(adoption(...given))).id;
  const renumber = (id: string, number: string | null, on: string) =>
    put(new RenumberItemCommand(id, { number }, asked(on)));
  const decide = (steps: readonly RevisionStep[], effectiveOn = '2025-07-01') =>
    put(new DecideRevisionCommand(ids.plan, { revisionId: newId(), steps }, asked(effectiveOn)));
  const step = (itemId: string, number: string): RevisionStep => ({
    itemId,
    command: 'RenumberItem',
    data: { number },
  });
  const carryOut = (at: number) => new RevisionProcess(store, catalog, put).carryOut({ tenant, planId: ids.plan, at });
  const streamOf = (id: string) => store.readStream(streamName(tenant, 'item', id));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-numbers-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    put = processOn(store);
    told = [];
    const look = { label: 'Grön', meaning: 'Enligt plan', colour: 'green', icon: 'check' };
    const levels = ['completed', 'on-track'].map((code, index) => ({ ...look, code, rank: index + 1 }));
    await put(new DefineScaleCommand(ids.scale, { name: 'Färger', levels }, asked()));
    await put(new RegisterBodyCommand(ids.owner, { name: 'Nämnden', kind: 'board' }, asked()));
    const { series: _series, since: _since, status: _status, ...content } = plan;
    for (const id of [ids.plan, ids.otherPlan]) await put(new AdoptPlanCommand(id, content, asked()));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('stands once in a plan for items of a kind', async () => {
    await adopt('7');
    const eight = await adopt('8');
    const head = await store.head();
    await expect(adopt('7')).rejects.toMatchObject(taken);
    await expect(renumber(eight, '7', '2025-06-01')).rejects.toMatchObject(taken);
    expect(await store.head()).toBe(head);
    await adopt('7', '2025-01-01', 'fokusmal');
    await adopt('7', '2025-01-01', 'uppdrag', ids.otherPlan);
  });

  it("is another's from the day on which it is given up, and not before", async () => {
    const item = await adopt('7');
    await renumber(item, '9', '2025-07-01');
    await expect(adopt('7', '2025-06-30')).rejects.toMatchObject(taken);
    const next = await adopt('7', '2025-07-01');
    await expect(renumber(item, '7', '2025-12-01')).rejects.toMatchObject(taken);
    const end = { reason: 'decided', comment: 'Beslut i KF' } as const;
    await put(new DiscontinueItemCommand(next, end, asked('2025-11-01')));
    expect((await renumber(item, '7', '2025-12-01')).recorded).toEqual(['ItemRenumbered']);
    await renumber(item, null, '2026-01-01');
    await adopt('7', '2026-01-01');
  });

  it('is not given twice where it was given before there were claims', async () => {
    const item = await adopt('7');
    const { type, data, metadata } = (await streamOf(item))[0]!;
    const id = newId();
    const event = { id, type, data: { ...data, itemId: id, number: '8' }, metadata: { ...metadata, commandId: id } };
    await store.append(streamName(tenant, 'item', id), [event], 'no-stream');
    told = [id];
    await expect(adopt('8')).rejects.toMatchObject(taken);
  });

  it('is given to one of those who want it at once in processes of their own', async () => {
    const logs = [1, 2, 3].map(() => openSqliteEventStore(join(folder, 'events.db')));
    const processes = logs.map(processOn);
    for (const number of ['11', '12', '13', '14', '15']) {
      const ends = await Promise.allSettled(processes.map((process) => process(adoption(number))));
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject(taken);
    }
    for (const log of logs) await log.close();
  });

  it('does not stay with one who died before it had it, nor comes to it later', async () => {
    let isHeldUp!: () => void;
    let goOn!: () => void;
    const heldUp = new Promise<void>((resolve) => (isHeldUp = resolve));
    const released = new Promise<void>((resolve) => (goOn = resolve));
    // A double of a process that sleeps just before it records what it has claimed a number for.
    let sleeps = true;
    const sleepy = new Proxy(store, {
      get: (log, name) => {
        if (name !== 'append') {
          const member: unknown = Reflect.get(log, name);
          return typeof member === 'function' ? (member as () => unknown).bind(log) : member;
        }
        return async (...given: Parameters<EventStore['append']>) => {
          if (sleeps && given[0].includes('.item-')) {
            sleeps = false;
            isHeldUp();
            await released;
          }
          return log.append(...given);
        };
      },
    });
    const late = processOn(sleepy)(adoption('7'));
    await heldUp;
    const item = await adopt('7');
    goOn();
    await expect(late).rejects.toMatchObject(taken);
    expect(await streamOf(item)).toMatchObject([{ type: 'ItemAdopted', data: { number: '7' } }]);
  });

  it('is swapped and handed on by one decision, and by no other', async () => {
    const [seven, eight, nine] = [await adopt('7'), await adopt('8'), await adopt('9')];
    await expect(renumber(seven, '8', '2025-07-01')).rejects.toMatchObject(taken);
    await expect(decide([step(seven, '8')])).rejects.toMatchObject({ refused: [{ step: 0, error: taken }] });
    await expect(decide([step(seven, '8'), step(eight, '10'), step(nine, '10')])).rejects.toMatchObject({
      refused: [
        { step: 1, error: taken },
        { step: 2, error: taken },
      ],
    });
    const swapped = await decide([step(seven, '8'), step(eight, '7')]);
    expect((await carryOut(swapped.revision)).data.undone).toEqual([]);
    const chain = await decide([step(seven, '9'), step(nine, '10')], '2025-08-01');
    expect((await carryOut(chain.revision)).data.undone).toEqual([]);
    await expect(adopt('8', '2025-07-31')).rejects.toMatchObject(taken);
    await adopt('8', '2025-08-01');
  });

  it('is given to nobody while a decision is carried out that may give it away', async () => {
    const [seven, eight] = [await adopt('7'), await adopt('8')];
    const { revision } = await decide([step(seven, '9')]);
    const underWay = { rule: 'revision-under-way' };
    await expect(adopt('7', '2025-07-01')).rejects.toMatchObject(underWay);
    await expect(renumber(eight, '9', '2025-07-01')).rejects.toMatchObject(underWay);
    await carryOut(revision);
    await expect(renumber(eight, '9', '2025-07-01')).rejects.toMatchObject(taken);
    await adopt('7', '2025-07-01');
  });

  it('goes to a decision or to a command at the same time in another process, not to both', async () => {
    const logs = [1, 2].map(() => openSqliteEventStore(join(folder, 'events.db')));
    const [one, other] = logs.map(processOn) as [typeof put, typeof put];
    for (const number of ['21', '22', '23', '24']) {
      const item = await adopt(`1${number}`);
      const steps = [step(item, number)];
      const ends = await Promise.allSettled([
        one(new DecideRevisionCommand(ids.plan, { revisionId: newId(), steps }, asked('2025-07-01'))),
        other(adoption(number)),
      ]);
      const [decided] = ends;
      if (decided.status === 'fulfilled') await carryOut(decided.value.revision);
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    for (const log of logs) await log.close();
  });

  it('is claimed again where its claim was recorded and nothing else', async () => {
    let dies = true;
    const dying = new Proxy(store, {
      get: (log, name) => {
        const member: unknown = Reflect.get(log, name);
        if (name !== 'append') return typeof member === 'function' ? (member as () => unknown).bind(log) : member;
        return (...given: Parameters<EventStore['append']>) => {
          if (!dies || !given[0].includes('.item-')) return log.append(...given);
          dies = false;
          return Promise.reject(new StoreUnavailable('log', new Error('killed')));
        };
      },
    });
    const command = adoption('7');
    await expect(processOn(dying)(command)).rejects.toThrow(StoreUnavailable);
    expect((await put(command)).recorded).toEqual(['ItemAdopted']);
    await expect(adopt('7')).rejects.toMatchObject(taken);
  });
});
