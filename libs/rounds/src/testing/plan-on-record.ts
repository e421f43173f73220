import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decideWith, DecisionRunner } from '#deciding';
import type { CommandContext, DecisionCommand, Readers, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { indicatorEvents } from '#indicators';
import { EventCatalog, newId } from '#kernel';
import type { Actor, DomainCommand } from '#kernel';
import { bodyEvents, groupEvents, RegisterBodyCommand } from '#organisation';
import { AdoptPlanCommand, DefineScaleCommand, itemEvents, planEvents, scaleEvents } from '#planning';
import '../assessing/assess-item.handler.js';
import '../assessing/assessment.handlers.js';
import '../coverage/standing.handlers.js';
import { StandingReader } from '../coverage/standing.reader.js';
import { LoadsTakenBack } from '../round/loads-taken-back.js';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { roundEvents } from '../round/round.events.js';
import type { BodyStanding } from '../round/standing.js';

const tenant = 'uppsala';

export const controller: Actor = { id: 'controller', role: 'controller' };

/** Levels of a scale, best first. */
export const levelsOf = (...codes: string[]) =>
  codes.map((code, index) => ({ code, label: code, meaning: code, colour: 'green', icon: 'check', rank: index + 1 }));

/** A plan of 2025 with its scale and bodies in a log of its own, to put commands to. */
export class PlanOnRecord {
  readonly scaleId = newId();
  readonly planId = newId();
  readonly ownerId = newId();
  readonly bodyId = newId();
  readonly roundId = newId();
  /** A double of the read models: the rounds that they know of. */
  known: readonly RoundDocument[] = [];
  /** And the bodies that owe assessments, as they would answer. */
  standing: readonly BodyStanding[] = [];
  readonly #runner: DecisionRunner;

  private constructor(
    private readonly folder: string,
    readonly store: EventStore,
  ) {
    const definitions = [
      bodyEvents,
      groupEvents,
      scaleEvents,
      planEvents,
      itemEvents,
      roundEvents,
      indicatorEvents,
    ].flat();
    this.#runner = new DecisionRunner(store, new EventCatalog(definitions), {
      now: () => new Date('2025-09-15T12:00:00Z'),
    });
  }

  static async open(): Promise<PlanOnRecord> {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-plan-'));
    const record = new PlanOnRecord(folder, openSqliteEventStore(join(folder, 'events.db')));
    await record.#tell();
    return record;
  }

  async close(): Promise<void> {
    await this.store.close();
    await rm(this.folder, { recursive: true });
  }

  by(actor: Actor, more: Partial<CommandContext> = {}): CommandContext {
    const commandId = newId();
    return { tenant, actor, commandId, correlationId: commandId, ...more };
  }

  put<Domain extends DomainCommand>(command: DecisionCommand<Domain>): Promise<Receipt> {
    const standing = { of: () => Promise.resolve(this.standing) };
    const known = { ofPlan: () => Promise.resolve(this.known) };
    const loads = { underWayFor: () => Promise.resolve(undefined) };
    const others = new Map<unknown, object>([
      [StandingReader, standing],
      [LoadsTakenBack, loads],
    ]);
    const readers = (reader: unknown) => others.get(reader) ?? known;
    return decideWith(this.#runner, command, readers as Readers);
  }

  /** The round of April, as it is asked for. */
  april() {
    return {
      planId: this.planId,
      kind: 'april',
      label: 'Delårsuppföljning april 2025',
      year: 2025,
      referenceDate: '2025-03-31',
      deadline: '2025-04-30',
      scope: ['uppdrag'],
    };
  }

  async #tell(): Promise<void> {
    const scale = { name: 'Färger', levels: levelsOf('on-track', 'delayed') };
    await this.put(new DefineScaleCommand(this.scaleId, scale, this.by(controller)));
    for (const id of [this.ownerId, this.bodyId]) {
      await this.put(new RegisterBodyCommand(id, { name: id, kind: 'board' }, this.by(controller)));
    }
    const plan = {
      title: 'Verksamhetsplan 2025',
      owner: { bodyId: this.ownerId, role: 'Ekonomidirektör' },
      validity: { from: '2025-01-01' },
      scale: { scaleId: this.scaleId, version: 1 },
      kinds: [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }],
      documents: [],
      calendar: [],
    };
    await this.put(new AdoptPlanCommand(this.planId, plan, this.by(controller)));
  }
}
