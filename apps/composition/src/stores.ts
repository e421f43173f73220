import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import type { Settings } from './settings.js';

export interface Stores {
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
}

/** Opens the stores that the URLs name. @throws StoreUnavailable */
export function openStores({
  documentStoreUrl,
  eventStoreUrl,
}: Pick<Settings, 'eventStoreUrl' | 'documentStoreUrl'>): Stores {
  return {
    eventStore: openSqliteEventStore(fileOf(eventStoreUrl)),
    documentStore: openSqliteDocumentStore(fileOf(documentStoreUrl)),
  };
}

function fileOf(url: string): string {
  const file = url.slice('sqlite:'.length);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}
