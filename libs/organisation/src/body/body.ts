import { foldOf, saidWhen } from '#kernel';
import type { KnownBy, Period } from '#kernel';
import type { Cancelled } from '../cancelled.js';
import { stands, toldBy, toldOn, withoutTold, withTold } from '../told.js';
import type { Told, ToldValue } from '../told.js';
import type { BodyEvent, BodyKind } from './body.events.js';

/** A name that a document may use for a body, and when it means that body. */
export interface Alias extends Period {
  readonly alias: string;
}

/** An alias, by the event that added it. */
export interface ToldAlias extends Alias, Omit<Told, 'since'> {}

/** That it ceases from a day on, and which bodies take over. */
export interface Dissolution extends Told {
  readonly successors: readonly string[];
}

/** All that was ever said of a body, also what was corrected or taken back since. */
export interface BodyRecord {
  readonly status: 'registered' | 'cancelled';
  readonly cancelled?: Cancelled;
  /** Each time that it was registered: again only after it was cancelled. */
  readonly registrations: readonly Told[];
  readonly kinds: readonly ToldValue<BodyKind>[];
  readonly names: readonly ToldValue<string>[];
  readonly aliases: readonly ToldAlias[];
  readonly dissolutions: readonly Dissolution[];
}

export type Body = { readonly status: 'unregistered' } | BodyRecord;

export const unregistered: Body = { status: 'unregistered' };

/** New lists each time: a fold writes to them. */
const nothingSaid = () => ({ registrations: [], kinds: [], names: [], aliases: [], dissolutions: [] });

/** The one fold of bodies: decisions and documents are made of it. */
export const { evolve, folding } = foldOf<Body, BodyEvent>((body, event, own) => {
  const told = toldBy(event);
  if (event.type === 'BodyRegistered') {
    const { cancelled: _, ...known } =
      body.status === 'unregistered' ? { ...nothingSaid(), cancelled: undefined } : body;
    return {
      ...known,
      status: 'registered',
      registrations: [...known.registrations, told],
      kinds: [...known.kinds, { ...told, value: event.data.kind }],
      names: [...known.names, { ...told, value: event.data.name }],
    };
  }
  if (body.status === 'unregistered') return body;
  const next = own(body);
  const { corrects, recordedAt: at } = event;
  switch (event.type) {
    case 'BodyRegistrationCorrected':
      next.kinds = withTold(next.kinds, { ...told, value: event.data.kind }, own, standingKind(body)?.id);
      next.names = withTold(next.names, { ...told, value: event.data.name }, own, firstName(body)?.id);
      break;
    case 'BodyRenamed':
      next.names = withTold(next.names, { ...told, value: event.data.name }, own, corrects);
      break;
    case 'BodyAliasAdded': {
      const { bodyId: _, ...alias } = event.data;
      const aliases = own(next.aliases);
      aliases.push({ ...alias, id: event.id, ...saidWhen(event) });
      next.aliases = aliases;
      break;
    }
    case 'BodyAliasAmended': {
      const { aliasId: id, bodyId: _body, reason: _reason, ...alias } = event.data;
      const place = next.aliases.findIndex((known) => known.id === id && stands(known));
      next.aliases = withoutTold(next.aliases, at, id).toSpliced(place + 1, 0, { ...alias, id, recordedAt: at });
      break;
    }
    case 'BodyDissolved': {
      const { successors } = event.data;
      next.dissolutions = [...withoutTold(next.dissolutions, at), { ...told, successors }];
      break;
    }
    case 'BodyChangeCancelled': {
      const { eventId } = event.data;
      next.names = withoutTold(next.names, at, eventId);
      next.aliases = withoutTold(next.aliases, at, eventId);
      next.dissolutions = withoutTold(next.dissolutions, at, eventId);
      break;
    }
    case 'BodyCancelled':
      return cancelled(next, { reason: event.data.reason, recordedAt: at });
  }
  return next;
});

const cancelled = (body: BodyRecord, cancelled: Cancelled): BodyRecord => {
  const at = cancelled.recordedAt;
  return {
    ...body,
    status: 'cancelled',
    cancelled,
    registrations: withoutTold(body.registrations, at),
    kinds: withoutTold(body.kinds, at),
    names: withoutTold(body.names, at),
    aliases: withoutTold(body.aliases, at),
    dissolutions: withoutTold(body.dissolutions, at),
  };
};

/** A moment: all parts may be left open. */
export interface At extends KnownBy {
  /** ISO day. */
  readonly asOf?: string;
}

/** Whether a body was in the register, as was known at an instant: it is there from the moment it is registered. */
export const isRegistered = ({ registrations }: BodyRecord, known: At): boolean =>
  registrations.some((registration) => stands(registration, known));

/** The registration that stands; undefined where there is none. */
export const registrationOf = (body: Body): Told | undefined =>
  body.status === 'unregistered' ? undefined : body.registrations.find((registration) => stands(registration));

/** The name under which it is registered. */
export const firstName = ({ names }: Pick<BodyRecord, 'names'>): ToldValue<string> | undefined =>
  names.find((name) => stands(name));

const standingKind = ({ kinds }: BodyRecord): ToldValue<BodyKind> | undefined => kinds.findLast((kind) => stands(kind));

/**
 * What a body was called. Before its first name's day, it is called by that name all the same; one that was cancelled, by the
 * name that it had last.
 */
export function nameOn({ names }: Pick<BodyRecord, 'names'>, { asOf, ...moment }: At): string {
  const known = names.filter((name) => stands(name, moment));
  return (known.findLast(({ since }) => asOf === undefined || since <= asOf) ?? known[0] ?? names.at(-1)!).value;
}

/** What sort of body it is; of one that was cancelled, was. */
export const kindOf = ({ kinds }: Pick<BodyRecord, 'kinds'>, known: At = {}): BodyKind =>
  (kinds.findLast((kind) => stands(kind, known)) ?? kinds.at(-1)!).value;

/** Its dissolution, past or to come, as was known at an instant. */
export const dissolutionOf = (
  { dissolutions }: Pick<BodyRecord, 'dissolutions'>,
  known: At = {},
): Dissolution | undefined => dissolutions.findLast((dissolution) => stands(dissolution, known));

/** What it is called on a day by the step that names it: undefined before it is registered. */
export const nameStepOn = ({ names }: BodyRecord, day: string): ToldValue<string> | undefined => toldOn(names, day);
