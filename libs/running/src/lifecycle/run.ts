import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { configureApi, fastifyAdapter, ProblemFilter } from '#http-api';
import { describeError, systemClock } from '#kernel';
import { ProjectionAdmin, ProjectionEngine, ReadModels } from '#projecting';
import type { Progress } from '#projecting';
import { ApiModule } from '../api.module.js';
import { eventCatalog, projections } from '../contracts.js';
import type { CoreOptions } from '../core.module.js';
import { Metrics } from '../metrics/metrics.js';
import { readSettings, SettingsFaults } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';
import { SupervisionModule } from '../supervision.module.js';
import { readinessOf } from '../adapters/stores.js';
import type { Stores } from '../adapters/stores.js';

/** The exit code for an environment that cannot be used (EX_CONFIG of sysexits.h). */
const badConfiguration = 78;
const stopMilliseconds = 10_000;

/**
 * The API as a Nest app that does not listen yet.
 * @param explorer whether the documentation can be browsed
 */
export async function createApi(
  options: CoreOptions,
  logger: Logger,
  { explorer = true }: { readonly explorer?: boolean } = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(options), fastifyAdapter(), {
    logger: false,
    bodyParser: true,
    abortOnError: false,
  });
  configureApi(app, logger, { explorer });
  const metrics = app.get(Metrics);
  const { watch } = options.log;
  const readModels = app.get(ReadModels);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (_request, reply) => {
      if (watch.replaced) void reply.header('Sparbar-Log', 'replaced');
      else if (readModels.ofAnotherLog) void reply.header('Sparbar-Log', 'accepted');
    })
    .addHook('onResponse', async ({ method, routeOptions }, { elapsedTime, statusCode }) => {
      metrics.observeRequest(method, routeOptions.url ?? 'unknown', statusCode, elapsedTime);
    });
  return app;
}

/**
 * Health and metrics of a process that serves nobody else, as a Nest app that does not listen yet.
 * @param needed what the process cannot do without beside its stores: each throws what stands in the way of being ready
 */
export async function createSupervision(
  stores: Stores,
  progress: Progress,
  logger: Logger,
  needed: readonly (() => Promise<unknown>)[] = [],
): Promise<NestFastifyApplication> {
  const { documentStore, eventStore } = stores;
  const admin = new ProjectionAdmin(
    eventStore,
    documentStore,
    eventCatalog(),
    projections,
    systemClock,
    progress,
    stores.log.watch,
  );
  const app = await NestFactory.create<NestFastifyApplication>(
    SupervisionModule.with(
      admin,
      readinessOf(stores, [() => stores.log.watch.prove(), ...needed]),
      stores.log.watch,
      eventStore,
    ),
    fastifyAdapter(),
    { logger: false, abortOnError: false },
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  return app;
}

/** The engine for every projection. */
export const createEngine = (stores: Stores, progress: Progress, logger: Logger): ProjectionEngine =>
  new ProjectionEngine({
    ...stores,
    log: stores.log.watch,
    catalog: eventCatalog(),
    projections,
    clock: systemClock,
    logger,
    progress,
  });

/**
 * Runs a process: reads the environment, starts, and stops in order on SIGTERM or SIGINT.
 * @param start starts, and gives what stops it
 */
export async function runProcess(
  name: string,
  start: (settings: Settings, logger: Logger) => Promise<() => Promise<void>>,
): Promise<void> {
  try {
    const settings = await readSettings(process.env);
    const logger = pino({ name, level: settings.logLevel }, pino.destination(2));
    const stop = await start(settings, logger);
    const end = () => {
      // A stop that hangs must not keep the process: what was acknowledged is on the disk already.
      setTimeout(() => process.exit(1), stopMilliseconds).unref();
      void stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ error: describeError(error) }, 'the stop was not clean');
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (error) {
    process.stderr.write(`${name}: ${explain(error)}\n`);
    process.exit(error instanceof SettingsFaults ? badConfiguration : 1);
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsFaults) return `the environment cannot be used:\n${error.message}`;
  const told = describeError(error);
  return told.includes('EADDRINUSE') ? `${told}. Choose another with PORT` : told;
}
