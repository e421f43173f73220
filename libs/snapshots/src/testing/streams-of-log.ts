import type { EventStore } from '#event-store';
import { startOfLog } from '#kernel';
import type { EventCatalog, JsonObject } from '#kernel';
import type { Projection } from '#projecting';
import { planStreams } from '../read-models/plan-streams/plan-streams.projection.js';
import type { PlanStream } from '../read-models/plan-streams/plan-streams.projection.js';
import type { StreamsOfPlan } from '../rules/fold-snapshot.js';

const { on } = planStreams as unknown as Projection<PlanStream>;

/** A double of `PlanStreams`: its documents are made of the whole log each time that they are asked for. */
export const streamsOfLog = (log: Pick<EventStore, 'readAll'>, catalog: EventCatalog): StreamsOfPlan => ({
  of: async (tenant, planId, end) => {
    const named = new Map<string, PlanStream>();
    for (let after = startOfLog; ;) {
      const page = await log.readAll({ after, limit: 1_000 });
      if (page.length === 0) break;
      for (const stored of page) {
        const reaction = on[stored.type];
        const event = reaction && catalog.decode<JsonObject>(stored);
        const id = event && (reaction.key(event) as string);
        if (id !== undefined) named.set(id, reaction!.evolve(named.get(id), event!));
      }
      after = page.at(-1)!.position;
    }
    const isMeant = (one: PlanStream) =>
      one.tenant === tenant && (one.scope === tenant || one.scope === planId) && one.since <= end;
    return [...named.values()].filter(isMeant).map(({ stream }) => stream);
  },
});
