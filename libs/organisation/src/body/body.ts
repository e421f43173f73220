import { dated, foldOf, later } from '#kernel';
import type { Dated, Period } from '#kernel';
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

export const { evolve, folding } = foldOf<Body, BodyEvent>((body, event, own) => {
  if (event.type === 'BodyRegistered') {
    return { status: 'registered', name: dated(event.data.name, event.effectiveOn), aliases: [] };
  }
  if (body.status !== 'registered') return body;
  const next = own(body);
  switch (event.type) {
    case 'BodyRenamed':
      next.name = later(next.name, dated(event.data.name, event.effectiveOn));
      break;
    case 'BodyAliasAdded': {
      const { bodyId: _, ...alias } = event.data;
      const aliases = own(next.aliases);
      aliases.push(alias);
      next.aliases = aliases;
      break;
    }
    case 'BodyDissolved':
      next.dissolvedOn = event.effectiveOn;
  }
  return next;
});
