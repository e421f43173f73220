import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { describeError, explainError, fileFaultOf, shownJson, shownText } from '#kernel';
import { requireDataFolder } from '../settings/data-folder.js';
import { readSettings, SettingsFaults } from '../settings/settings.js';
import { createApp } from './create-app.js';
import type { Serve } from './create-app.js';
import { Lifecycle } from './lifecycle.js';
import { LOGGER, SETTINGS } from './tokens.js';

/** The exit code for an environment that cannot be used (EX_CONFIG of sysexits.h). */
const badConfiguration = 78;
const stopMilliseconds = 10_000;

export interface ProcessOptions {
  /** How it is called in the lines of its log. */
  readonly name: string;
  /** What it is made of. */
  readonly module: DynamicModule | Type;
  readonly serve: Serve;
  /** What it does when it listens, before its start is over. */
  readonly started?: (app: NestFastifyApplication) => Promise<void>;
}

/**
 * Runs a process: reads the environment, starts, and ends in order on SIGTERM or SIGINT, also while it starts. What was
 * acknowledged is on the disk already, so that an end that takes too long is cut short, with exit code 1.
 */
export async function runProcess({ module, name, serve, started }: ProcessOptions): Promise<void> {
  const ended = new AbortController();
  const askedToEnd = (): void => {
    setTimeout(() => process.exit(1), stopMilliseconds).unref();
    ended.abort();
  };
  process.once('SIGTERM', askedToEnd);
  process.once('SIGINT', askedToEnd);
  try {
    const settings = await readSettings(process.env);
    await requireDataFolder(settings);
    const logger = pino({ name, level: settings.logLevel }, shownLines(pino.destination(2)));
    const app = await createApp({ settings, logger }, [module], serve);
    await start(app, ended.signal, started);
  } catch (error) {
    process.stderr.write(`${name}: ${shownText(explain(error))}\n`);
    process.exit(error instanceof SettingsFaults ? badConfiguration : 1);
  }
}

/** What reads the log may be a terminal: JSON leaves some control characters as they are. */
const shownLines = (to: DestinationStream): DestinationStream => ({ write: (line) => to.write(shownJson(line)) });

async function start(
  app: NestFastifyApplication,
  asked: AbortSignal,
  started: (app: NestFastifyApplication) => Promise<void> = async () => undefined,
): Promise<void> {
  const { host, port } = app.get<{ host: string; port: number }>(SETTINGS);
  const logger = app.get<Logger>(LOGGER);
  const end = () => void stop(app, logger).then((clean) => process.exit(clean ? 0 : 1));
  try {
    if (!asked.aborted) await app.listen(port, host);
    if (asked.aborted) return end();
    asked.addEventListener('abort', end);
    logger.info({ url: await app.getUrl() }, 'listening');
    await started(app);
  } catch (error) {
    // Who is asked to end needs no start any more.
    if (asked.aborted) return;
    await stop(app, logger);
    throw error;
  }
}

/** @returns whether everything ended as it should */
async function stop(app: NestFastifyApplication, logger: Logger): Promise<boolean> {
  const lifecycle = app.get(Lifecycle);
  const failures = [
    ...(await app.close().then(
      () => [],
      (error: unknown) => [error],
    )),
    ...(await lifecycle.end()),
  ];
  for (const error of failures) logger.error({ error: describeError(error) }, 'the stop was not clean');
  return failures.length === 0;
}

function explain(error: unknown): string {
  if (error instanceof SettingsFaults) return `the environment cannot be used:\n${error.message}`;
  const told = fileFaultOf(error)?.message ?? explainError(error);
  return told.includes('EADDRINUSE') ? `${told}. Choose another with PORT` : told;
}
