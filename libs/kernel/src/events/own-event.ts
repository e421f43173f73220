import type { StoredEvent } from './envelope.js';

/**
 * Whether an event of the log is one of ours: it carries our envelope, and its tenant is its stream's. What a server
 * writes about its streams, and what other applications write, does not.
 * @param event as a store gives it, whoever wrote it
 */
export function isOwnEvent({ data, metadata, stream }: Pick<StoredEvent, 'data' | 'metadata' | 'stream'>): boolean {
  if (!isObject(data) || !isObject(metadata) || !isObject(metadata.actor)) return false;
  const { actor, commandId, effectiveOn, recordedAt, schema, tenant } = metadata;
  return (
    isText(tenant) &&
    stream.startsWith(`${tenant}.`) &&
    Number.isInteger(schema) &&
    isText(recordedAt) &&
    isText(effectiveOn) &&
    isText(commandId) &&
    isText(actor.id) &&
    isText(actor.role)
  );
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
