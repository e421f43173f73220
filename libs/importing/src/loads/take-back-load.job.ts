import type { JobHandler, NewJob } from '#jobs';
import type { EventCatalog, JsonObject, StoredEvent } from '#kernel';
import { loadTakeBackDecided } from './load.events.js';
import type { LoadTakeBackDecided } from './load.events.js';
import type { LoadTaking, TakingPlace } from './load-taking.js';

const name = 'take-back-load';

/**
 * The job that a decision to take a load back leads to, once for each; undefined for any other event. Whoever decided carries it
 * out at once, and the job then finds it done.
 * @throws CorruptEvent where the event cannot be read
 */
export function takingBackJobOf(event: StoredEvent, catalog: EventCatalog): NewJob | undefined {
  if (event.type !== loadTakeBackDecided.type) return undefined;
  const { loadId, takeBackId } = catalog.decode<LoadTakeBackDecided['data']>(event).data;
  const { tenant } = event.metadata;
  const place: TakingPlace = { tenant, loadId, at: event.revision };
  return { name, key: takeBackId, tenant, data: { ...place } };
}

/** The handler of that work, for whichever way jobs are run. */
export const takeBackLoadHandler = (taking: Pick<LoadTaking, 'carryOut'>): JobHandler => ({
  name,
  attempts: 5,
  backoffMilliseconds: 1_000,

  /** @param data where the decision stands */
  async run(data, { signal }) {
    const { data: closed } = await taking.carryOut(placeIn(data), signal);
    return { loadId: closed.loadId, undone: closed.undone.length };
  },
});

/** @throws TypeError where the data is not that of such a job */
function placeIn({ at, loadId, tenant }: JsonObject): TakingPlace {
  if (typeof tenant !== 'string' || typeof loadId !== 'string' || typeof at !== 'number') {
    throw new TypeError(`${name} needs a tenant, a loadId and a place`);
  }
  return { tenant, loadId, at };
}
