import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogWatch } from '#continuity';
import { configureApi, fastifyAdapter, ProblemFilter, usualTimes } from '#http-api';
import type { ConnectionTimes, Turns } from '#http-api';
import { ReadModels } from '#projecting';
import { Metrics } from '../metrics/metrics.js';
import type { Settings } from '../settings/settings.js';
import { Lifecycle } from './lifecycle.js';
import { ProcessModule } from './process.module.js';
import type { ProcessGiven } from './process.module.js';
import { redisOfRates } from './redis-of-rates.js';
import { LOGGER, SETTINGS } from './tokens.js';

/** Gives an app its manners over HTTP before it listens. */
export type Serve = (app: NestFastifyApplication, times: ConnectionTimes) => void | Promise<void>;

@Module({})
class AppModule {}

/**
 * A process as a Nest app that does not listen yet. What is open ends with the app, or with the error that it is
 * not made for.
 * @param modules what it is made of
 * @param times how long requests may take to arrive
 */
export async function createApp(
  given: ProcessGiven,
  modules: readonly (DynamicModule | Type)[],
  serve: Serve,
  times: ConnectionTimes = usualTimes,
): Promise<NestFastifyApplication> {
  const lifecycle = new Lifecycle();
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      { module: AppModule, imports: [ProcessModule.with(given, lifecycle), ...modules] },
      fastifyAdapter(times, given.settings.proxies),
      { logger: false, bodyParser: false, abortOnError: false },
    );
    await serve(app, times);
    return app;
  } catch (error) {
    await lifecycle.end();
    throw error;
  }
}

interface ServedApi {
  readonly explorer?: boolean;
  readonly start?: boolean;
  readonly turns?: Turns | undefined;
}

/**
 * The API: what callers and operators ask over HTTP.
 * @param explorer whether its documentation can be browsed
 * @param start whether it has the address `/`, and leads from there to its documentation
 * @param turns how many requests of one tenant are taken at once, where that is not what is usual
 */
export const serveApi =
  ({ explorer = true, start = true, turns }: ServedApi = {}): Serve =>
  async (app, times) => {
    const { jobsUrl, origins, rates } = app.get<Settings>(SETTINGS);
    const redis = jobsUrl === undefined ? undefined : await redisOfRates(jobsUrl, app.get(LOGGER), app.get(Lifecycle));
    await configureApi(app, app.get(LOGGER), {
      ...{ explorer, start, origins, times, rates },
      ...(redis && { redis }),
      ...(turns && { turns }),
    });
    const metrics = app.get(Metrics);
    const watch = app.get(LogWatch);
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
  };

/** Health and metrics of a process that serves nobody else. */
export const serveSupervision: Serve = (app) => {
  app.useGlobalFilters(new ProblemFilter(app.get(LOGGER)));
};
