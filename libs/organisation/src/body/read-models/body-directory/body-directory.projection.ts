import type { Document } from '#document-store';
import { swedishSortKey } from '#kernel';
import type { Dated } from '#kernel';
import type { Projection } from '#projecting';
import type { BodyEvent, BodyKind } from '../../body.events.js';
import type { Alias } from '../../body.js';

/** A body: its names through time, and when they hold. */
export interface BodyDocument extends Document {
  readonly tenant: string;
  readonly key?: string;
  readonly kind: BodyKind;
  /** Every name it has had, each from its day on; the one in force is the last whose day has come. */
  readonly names: readonly (Dated<string> & { readonly recordedAt: string })[];
  readonly sortKey: string;
  readonly aliases: readonly (Alias & { readonly recordedAt: string })[];
  /** The texts of the aliases, to find the body by. */
  readonly called: readonly string[];
  readonly dissolved?: { readonly on: string; readonly successors: readonly string[]; readonly recordedAt: string };
}

/** Answers: which bodies are there, and what were they called on a day? */
export const bodyDirectory: Projection<BodyDocument, BodyEvent> = {
  name: 'bodies',
  version: 1,
  indexes: [
    { fields: ['tenant', 'sortKey', '_id', 'kind'] },
    { fields: ['tenant', 'called', 'sortKey', '_id', 'kind'], list: 'called' },
  ],
  on: {
    BodyRegistered: {
      key: ({ data }) => data.bodyId,
      evolve: (_, { data: { bodyId, ...data }, metadata }) => ({
        _id: bodyId,
        tenant: metadata.tenant,
        ...(data.key && { key: data.key }),
        kind: data.kind,
        names: [{ value: data.name, since: metadata.effectiveOn, recordedAt: metadata.recordedAt }],
        sortKey: swedishSortKey(data.name),
        aliases: [],
        called: [],
      }),
    },
    BodyRenamed: {
      key: ({ data }) => data.bodyId,
      evolve: (body, { data, metadata }) => {
        const renamed = { value: data.name, since: metadata.effectiveOn, recordedAt: metadata.recordedAt };
        const names = [...body!.names, renamed].sort((left, right) => (left.since < right.since ? -1 : 1));
        return { ...body!, names, sortKey: swedishSortKey(names.at(-1)!.value) };
      },
    },
    BodyAliasAdded: {
      key: ({ data }) => data.bodyId,
      evolve: (body, { data: { bodyId: _, ...alias }, metadata }) => ({
        ...body!,
        aliases: [...body!.aliases, { ...alias, recordedAt: metadata.recordedAt }],
        called: [...new Set([...body!.called, alias.alias])],
      }),
    },
    BodyDissolved: {
      key: ({ data }) => data.bodyId,
      evolve: (body, { data, metadata }) => ({
        ...body!,
        dissolved: { on: metadata.effectiveOn, successors: data.successors, recordedAt: metadata.recordedAt },
      }),
    },
  },
};
