import { watchedLog } from '../../dist/libs/continuity/src/index.js';
import { systemClock } from '../../dist/libs/kernel/src/index.js';
import { Progress, ProjectionAdmin, ProjectionEngine } from '../../dist/libs/projecting/src/index.js';
import { eventCatalog, projections } from '../../dist/libs/running/src/contracts.js';

/** Lets all projections run on stores, which the caller closes. */
export function projectorOn(eventStore, documentStore) {
  const catalog = eventCatalog();
  const progress = new Progress();
  const { watch } = watchedLog(eventStore, documentStore);
  const engine = new ProjectionEngine({
    log: watch,
    eventStore,
    documentStore,
    catalog,
    projections,
    clock: systemClock,
    logger: { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) },
    progress,
  });
  engine.start();
  return {
    caughtUp: () => allCaughtUp(eventStore, documentStore, progress),
    stop: async () => {
      await engine.stop();
      await watch.stop();
    },
  };
}

/** Waits until the documents of all projections hold the whole log, whoever makes them. */
export async function allCaughtUp(eventStore, documentStore, progress = new Progress()) {
  const { watch } = watchedLog(eventStore, documentStore);
  const catalog = eventCatalog();
  const admin = new ProjectionAdmin(eventStore, documentStore, catalog, projections, systemClock, progress, watch);
  while ((await admin.status()).some(({ state }) => state !== 'current')) await progress.next(5);
  await watch.stop();
}
