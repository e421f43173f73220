import type { Document } from '#document-store';
import { factOf, swedishSortKey, wordingOf } from '#kernel';
import type { Wording } from '#kernel';
import { onEvery, untilAfter } from '#projecting';
import type { Projection, Until } from '#projecting';
import { bodyEvents } from '../../body.events.js';
import type { BodyEvent, BodyKind } from '../../body.events.js';
import { namesUpTo } from '../../names.js';
import { evolve, kindOf, nameOn, unregistered } from '../../body.js';
import type { BodyRecord } from '../../body.js';

/** A body: all that was ever said of it, each with its day and while when it stood. */
export interface BodyDocument extends Document, BodyRecord, Until {
  readonly tenant: string;
  readonly key?: string;
  /** As it is said now. */
  readonly kind: BodyKind;
  /** Of the name that it has from the last day on that any name speaks of. */
  readonly sortKey: string;
  /** The texts of all its aliases, to find the body by. */
  readonly called: readonly string[];
  /** All that it is or was called, as texts are looked for in it. */
  readonly wording: Wording;
  readonly revision: number;
}

const wordings = ['wording.letters', 'wording.forgiving'];

/** Answers: which bodies are there, and what were they called on a day, as was known at an instant? */
export const bodyDirectory: Projection<BodyDocument, BodyEvent> = {
  name: 'bodies',
  version: 3,
  indexes: [
    { fields: ['tenant', 'sortKey', '_id', 'kind', 'status', ...wordings, 'until', 'known'] },
    { fields: ['tenant', 'until', '_id'] },
    { fields: ['tenant', 'called', 'sortKey', '_id', 'kind'], list: 'called' },
  ],
  on: onEvery<BodyDocument, (typeof bodyEvents)[number]>(bodyEvents, {
    key: ({ data }) => data.bodyId,
    evolve: (document, event) => {
      const body = evolve(document ?? unregistered, factOf<BodyEvent>(event)) as BodyRecord;
      const { metadata, revision } = event;
      const { key } = event.type === 'BodyRegistered' ? event.data : (document ?? {});
      return {
        ...body,
        _id: event.data.bodyId,
        tenant: metadata.tenant,
        ...(key && { key }),
        kind: kindOf(body),
        sortKey: swedishSortKey(nameOn(body, {})),
        called: [...new Set(body.aliases.map(({ alias }) => alias))],
        wording: wordingOf(...namesUpTo(body, {})),
        ...untilAfter(document, metadata),
        revision,
      };
    },
  }),
};
