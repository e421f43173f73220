import type { JobHandler, NewJob } from '#jobs';
import type { EventCatalog, JsonObject, StoredEvent } from '#kernel';
import { reorganisationDecided, reorganisationRevoked } from '#organisation';
import type { ReorganisationDecided } from '#organisation';
import type { ReorganisationPlace, ReorganisationProcess } from './reorganisation-process.js';

const name = 'carry-out-reorganisation';
const decides: readonly string[] = [reorganisationDecided.type, reorganisationRevoked.type];

/**
 * The job that a decision on a reorganisation leads to, once for each; undefined for any other event. Whoever decided carries it
 * out at once, and the job then finds it done.
 * @throws CorruptEvent where the event cannot be read
 */
export function reorganisationJobOf(event: StoredEvent, catalog: EventCatalog): NewJob | undefined {
  if (!decides.includes(event.type)) return undefined;
  const { reorganisationId } = catalog.decode<ReorganisationDecided['data']>(event).data;
  const { tenant } = event.metadata;
  const place: ReorganisationPlace = { tenant, at: event.revision };
  return { name, key: reorganisationId, tenant, data: { ...place } };
}

/** The handler of that work, for whichever way jobs are run. */
export const carryOutReorganisationHandler = (process: Pick<ReorganisationProcess, 'carryOut'>): JobHandler => ({
  name,
  attempts: 5,
  backoffMilliseconds: 1_000,

  /** @param data where the decision stands */
  async run(data, { signal }) {
    const { data: closed } = await process.carryOut(placeIn(data), signal);
    return { reorganisationId: closed.reorganisationId, undone: closed.undone.length };
  },
});

/** @throws TypeError where the data is not that of such a job */
function placeIn({ at, tenant }: JsonObject): ReorganisationPlace {
  if (typeof tenant !== 'string' || typeof at !== 'number') throw new TypeError(`${name} needs a tenant and a place`);
  return { tenant, at };
}
