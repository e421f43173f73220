import type { Document } from '#document-store';
import type { Actor } from '#kernel';
import { ignored } from '#projecting';
import type { Projection } from '#projecting';
import type { LoadEvent } from './load.events.js';

/** A load of a plan file, and whether it was taken back. One size, however much it recorded. */
export interface LoadDocument extends Document {
  readonly tenant: string;
  readonly digest: string;
  readonly file?: string;
  readonly planId?: string;
  readonly actor: Actor;
  readonly begunAt: string;
  readonly position: string;
  readonly commands: number;
  /** What it recorded; missing where it was cut off. */
  readonly recorded?: { readonly at: string; readonly streams: number; readonly events: number };
  /** The newest decision to take it back. */
  readonly takenBack?: TakenBack;
  /** The tenant, while it is being taken back: by that these few are found. */
  readonly underWay?: string;
}

interface TakenBack {
  readonly takeBackId: string;
  readonly decidedAt: string;
  readonly reason: string;
  readonly steps: number;
  readonly kept: number;
  /** How it ended, and how many steps could not be carried out; missing while it is under way. */
  readonly closed?: { readonly at: string; readonly undone: number };
}

/** Answers: which files were loaded, what did they record, and which were taken back? */
export const loadDirectory: Projection<LoadDocument, LoadEvent> = {
  name: 'loads',
  version: 3,
  indexes: [
    { fields: ['tenant', 'position', '_id'] },
    { fields: ['tenant', 'planId', 'position', '_id'] },
    { fields: ['underWay'] },
  ],
  on: {
    LoadBegun: {
      key: ({ data }) => data.loadId,
      evolve: (_, { data: { loadId, ...told }, metadata: { actor, recordedAt, tenant }, position }) => ({
        _id: loadId,
        tenant,
        ...told,
        actor,
        begunAt: recordedAt,
        position,
      }),
    },
    LoadListed: ignored,
    LoadRecorded: {
      key: ({ data }) => data.loadId,
      evolve: (load, { data: { events, streams }, metadata: { recordedAt: at } }) => ({
        ...load!,
        recorded: { at, streams, events },
      }),
    },
    LoadTakeBackDecided: {
      key: ({ data }) => data.loadId,
      evolve: (load, { data: { kept, reason, steps, takeBackId }, metadata: { recordedAt: decidedAt, tenant } }) => ({
        ...load!,
        underWay: tenant,
        takenBack: { takeBackId, decidedAt, reason, steps: steps.length, kept },
      }),
    },
    LoadTakenBack: {
      key: ({ data }) => data.loadId,
      evolve: (load, { data: { undone }, metadata: { recordedAt: at } }) => {
        const { underWay: _, ...rest } = load!;
        return { ...rest, takenBack: { ...rest.takenBack!, closed: { at, undone: undone.length } } };
      },
    },
  },
};
