import { dated, foldOf, later, withStep } from '#kernel';
import type { Dated, DatedSeries, Period } from '#kernel';
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
      /** Every name, by the days that it is said of. */
      readonly names: DatedSeries<string>;
      readonly aliases: readonly Alias[];
      /** The day it was dissolved, where it was. */
      readonly dissolvedOn?: string;
    };

export const unregistered: Body = { status: 'unregistered' };

export const { evolve, folding } = foldOf<Body, BodyEvent>((body, event, own) => {
  if (event.type === 'BodyRegistered') {
    const name = dated(event.data.name, event.effectiveOn);
    return { status: 'registered', name, names: [{ ...name, revision: event.revision }], aliases: [] };
  }
  if (body.status !== 'registered') return body;
  const next = own(body);
  switch (event.type) {
    case 'BodyRenamed': {
      const name = dated(event.data.name, event.effectiveOn);
      next.name = later(next.name, name);
      next.names = withStep(next.names, { ...name, revision: event.revision }, own);
      break;
    }
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
