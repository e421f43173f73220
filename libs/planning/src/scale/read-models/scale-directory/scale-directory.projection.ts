import type { Document } from '#document-store';
import { swedishSortKey } from '#kernel';
import type { Projection } from '#projecting';
import type { Level, ScaleEvent } from '../../scale.events.js';

export interface ScaleDocument extends Document {
  readonly tenant: string;
  readonly key?: string;
  readonly name: string;
  readonly sortKey: string;
  /** Oldest first, each with its levels best first. */
  readonly versions: readonly { readonly version: number; readonly since: string; readonly levels: readonly Level[] }[];
}

/** Answers: which scales are there, and what did each version of them mean? */
export const scaleDirectory: Projection<ScaleDocument, ScaleEvent> = {
  name: 'scales',
  version: 1,
  indexes: [{ fields: ['tenant', 'sortKey', '_id'] }],
  on: {
    ScaleDefined: {
      key: ({ data }) => data.scaleId,
      evolve: (_, { data, metadata: { effectiveOn, tenant } }) => ({
        _id: data.scaleId,
        tenant,
        ...(data.key && { key: data.key }),
        name: data.name,
        sortKey: swedishSortKey(data.name),
        versions: [{ version: data.version, since: effectiveOn, levels: data.levels }],
      }),
    },
    ScaleRevised: {
      key: ({ data }) => data.scaleId,
      evolve: (scale, { data: { levels, version }, metadata: { effectiveOn } }) => ({
        ...scale!,
        versions: [...scale!.versions, { version, since: effectiveOn, levels }],
      }),
    },
  },
};
