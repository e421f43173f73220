import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { watchedLog } from '#continuity';
import type { WatchedLog } from '#continuity';
import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { makeFolder } from './make-folder.js';
import { namingForeignStreams } from './naming-foreign-streams.js';
import type { Settings } from '../settings/settings.js';
import { tellFound } from './tell-found.js';
import { tellingRarely } from './telling-rarely.js';
import { fileOf, isFile } from './urls.js';

export interface Stores {
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
  /** Whether the log is the one that was written. */
  readonly log: Pick<WatchedLog, 'admin' | 'watch'>;
}

/**
 * Opens the stores that the URLs name. A server that is down is no fault: it is asked again at each call. The log is
 * watched until it is closed, and takes nothing while it is another one than before.
 * @throws StoreUnavailable where a file cannot be opened; Error where a URL cannot be understood
 */
export async function openStores(
  { documentStoreUrl, eventStoreUrl }: Pick<Settings, 'eventStoreUrl' | 'documentStoreUrl'>,
  logger?: Logger,
): Promise<Stores> {
  const opened = await openEventStore(eventStoreUrl, logger);
  const documentStore = await openDocumentStore(documentStoreUrl, logger).catch(async (error: unknown) => {
    await opened.close();
    throw error;
  });
  const { eventStore, ...log } = watchedLog(opened, documentStore, logger && { logger });
  return { eventStore, documentStore, log };
}

/** Opens the log that a URL names. The client of a server is loaded only where one is named. @throws as `openStores` does */
export async function openEventStore(url: string, logger?: Logger): Promise<EventStore> {
  const onForeign = namingForeignStreams(logger);
  if (isFile(url)) return (await import('#event-store/sqlite')).openSqliteEventStore(roomFor(url), { onForeign });
  const { checkKurrent, openKurrentEventStore, warningsOfKurrentUrl } = await import('#event-store/kurrentdb');
  if (logger) void tellFound('KurrentDB of the log', () => checkKurrent(url), logger);
  for (const warning of warningsOfKurrentUrl(url)) logger?.warn({ variable: 'EVENT_STORE_URL' }, warning);
  const onTrouble = tellingRarely(logger, 'the subscription to the log goes on trying');
  return openKurrentEventStore(url, { onTrouble, onForeign });
}

async function openDocumentStore(url: string, logger?: Logger): Promise<DocumentStore> {
  if (isFile(url)) return (await import('#document-store/sqlite')).openSqliteDocumentStore(roomFor(url));
  const { checkMongo, openMongoDocumentStore } = await import('#document-store/mongodb');
  if (logger) void tellFound('MongoDB of the documents', async () => ({ ...(await checkMongo(url)) }), logger);
  return openMongoDocumentStore(url);
}

/** The file that a URL names, in a folder that is there. */
function roomFor(url: string): string {
  const file = fileOf(url);
  makeFolder(dirname(file));
  return file;
}
