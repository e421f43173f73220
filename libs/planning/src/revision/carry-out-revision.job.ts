import type { JobHandler, NewJob } from '#jobs';
import type { EventCatalog, JsonObject, StoredEvent } from '#kernel';
import { revisionDecided } from './revision.events.js';
import type { RevisionDecided } from './revision.events.js';
import type { RevisionPlace, RevisionProcess } from './revision-process.js';

const name = 'carry-out-revision';

/**
 * The job that a decision on a revision leads to, once for each; undefined for any other event. Whoever decided carries it
 * out at once, and the job then finds it done.
 * @throws CorruptEvent where the event cannot be read
 */
export function revisionJobOf(event: StoredEvent, catalog: EventCatalog): NewJob | undefined {
  if (event.type !== revisionDecided.type) return undefined;
  const { planId, revisionId } = catalog.decode<RevisionDecided['data']>(event).data;
  const { tenant } = event.metadata;
  const place: RevisionPlace = { tenant, planId, at: event.revision };
  return { name, key: revisionId, tenant, data: { ...place } };
}

/** The handler of that work, for whichever way jobs are run. */
export const carryOutRevisionHandler = (process: Pick<RevisionProcess, 'carryOut'>): JobHandler => ({
  name,
  attempts: 5,
  backoffMilliseconds: 1_000,

  /** @param data where the decision stands */
  async run(data, { signal }) {
    const { data: closed } = await process.carryOut(placeIn(data), signal);
    return { revisionId: closed.revisionId, undone: closed.undone.length };
  },
});

/** @throws TypeError where the data is not that of such a job */
function placeIn({ at, planId, tenant }: JsonObject): RevisionPlace {
  if (typeof tenant !== 'string' || typeof planId !== 'string' || typeof at !== 'number') {
    throw new TypeError(`${name} needs a tenant, a planId and a place`);
  }
  return { tenant, planId, at };
}
