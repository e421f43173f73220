import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import {
  describeError,
  DomainError,
  explainError,
  fileFaultOf,
  inLanguage,
  languageOf,
  say,
  shownJson,
  shownText,
  ToldError,
  userLanguage,
} from '#kernel';
import type { Said } from '#kernel';
import { makeFolders } from '../settings/folders.js';
import { SettingsFaults } from '../settings/settings-faults.js';
import { readSettings } from '../settings/settings.js';
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
    await makeFolders(settings);
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

/** Why a process does not run, in the language of whoever starts it: `SPARBAR_LANGUAGE`, or that of the shell. */
function explain(error: unknown): string {
  const said = saidOf(error);
  if (!said) return explainError(error);
  return inLanguage(languageOf(process.env['SPARBAR_LANGUAGE'] || userLanguage(process.env)), said);
}

function saidOf(error: unknown): Said | undefined {
  if (error instanceof SettingsFaults) return cannotBeUsed({ faults: error.said });
  if (error instanceof DomainError || error instanceof ToldError) return error.said;
  const { code, port } = Object(error) as { readonly code?: unknown; readonly port?: unknown };
  if (code === 'EADDRINUSE' && typeof port === 'number') return isInUse({ port });
  if (code === 'EACCES' && typeof port === 'number') return isNotAllowed({ port });
  return fileFaultOf(error)?.said;
}

const cannotBeUsed = say('the environment cannot be used:\n{faults}', 'miljövariablerna kan inte användas:\n{faults}');
const isInUse = say(
  'another process listens on port {port} already (EADDRINUSE): choose another with PORT, or end that one',
  'en annan process lyssnar redan på port {port} (EADDRINUSE): välj en annan med PORT, eller avsluta den',
);
const isNotAllowed = say(
  'this user may not listen on port {port}: choose another with PORT, from 1024 on',
  'användaren får inte lyssna på port {port}: välj en annan med PORT, från 1024',
);
