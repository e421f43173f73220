import { dated, later } from '#kernel';
import type { Dated, Period, RecordedFact } from '#kernel';
import type { BodyEvent } from './body.events.js';

/** A name that a document may use for a body, and when it means that body. */
export interface Alias extends Period {
  readonly alias: string;
}

export type Body =
  | { readonly status: 'unregistered' }
  | {
      readonly status: 'registered';
      readonly name: Dated<string>;
      readonly aliases: readonly Alias[];
      /** The day it was dissolved, where it was. */
      readonly dissolvedOn?: string;
    };

export const unregistered: Body = { status: 'unregistered' };

export function evolve(body: Body, event: RecordedFact<BodyEvent>): Body {
  if (event.type === 'BodyRegistered') {
    return { status: 'registered', name: dated(event.data.name, event.effectiveOn), aliases: [] };
  }
  if (body.status !== 'registered') return body;
  switch (event.type) {
    case 'BodyRenamed':
      return { ...body, name: later(body.name, dated(event.data.name, event.effectiveOn)) };
    case 'BodyAliasAdded': {
      const { bodyId: _, ...alias } = event.data;
      return { ...body, aliases: [...body.aliases, alias] };
    }
    case 'BodyDissolved':
      return { ...body, dissolvedOn: event.effectiveOn };
  }
}
