import { AggregateLoader, DecisionCommand, DecisionRunner } from '#deciding';
import type { CommandContext } from '#deciding';
import type { EventStore } from '#event-store';
import { idOf, newId, systemTenant } from '#kernel';
import type { Actor, Clock, EventCatalog, Role } from '#kernel';
import type { Parked } from '../engine/checkpoints.js';
import type { Projection } from '../projection.js';
import { decidedProjections } from './projection.decider.js';
import type { ProjectionCommand, RebuildDespiteDamage, SkipEvent } from './projection.decider.js';
import type { Skip } from './skip.js';

const permitted: readonly Role[] = ['administrator'];

class SkipEventCommand extends DecisionCommand<SkipEvent> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'SkipEvent';
}

class RebuildDespiteDamageCommand extends DecisionCommand<RebuildDespiteDamage> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'RebuildDespiteDamage';
}

/** What is decided of projections: events of the log like any other decision, one stream for each projection. */
export class SkipRecord {
  constructor(
    private readonly eventStore: EventStore,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {}

  /** Every skip that was decided for a projection, whichever version of it. What cannot be read skips nothing. */
  async of(name: string): Promise<readonly Skip[]> {
    // Nothing is kept from one time to the next: the log may be another one by then.
    const loader = new AggregateLoader(this.eventStore, this.catalog);
    return (await loader.load(decidedProjections, systemTenant, idOfProjection(name))).state.skips;
  }

  /**
   * Records that a projection may leave out the event that it is parked at. One that is recorded already is given back.
   * @throws Forbidden
   */
  async add({ name, version }: Projection, parked: Parked, reason: string, by: Actor): Promise<Skip> {
    const { error, eventId, position, type: eventType } = parked;
    const data = { projection: name, version, position, eventId, eventType, error, reason };
    await this.#decide(new SkipEventCommand(idOfProjection(name), data, contextOf(by)));
    return (await this.of(name)).find((skip) => skip.eventId === eventId)!;
  }

  /** Records that the documents of a projection may be made anew though the log is damaged. @throws Forbidden */
  async allowDespiteDamage(name: string, reason: string, by: Actor): Promise<void> {
    await this.#decide(
      new RebuildDespiteDamageCommand(idOfProjection(name), { projection: name, reason }, contextOf(by)),
    );
  }

  async #decide(command: DecisionCommand<ProjectionCommand>): Promise<void> {
    const runner = new DecisionRunner(this.eventStore, this.catalog, this.clock);
    await runner.run(command, decidedProjections);
  }
}

const idOfProjection = (name: string): string => idOf('projection', name);

function contextOf(actor: Actor): CommandContext {
  const commandId = newId();
  // Projections serve all tenants, so that what is decided of them belongs to none.
  return { tenant: systemTenant, actor, commandId, correlationId: commandId };
}
