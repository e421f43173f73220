import type { RecordedEvent } from '#kernel';
import type { BodyEvent, GroupEvent } from '#organisation';

/** What there was to tell of bodies and groups when rule 1 was made. */
const toldTypes = [
  'BodyRegistered',
  'BodyRenamed',
  'BodyAliasAdded',
  'BodyDissolved',
  'GroupDefined',
  'GroupMembersChanged',
] as const satisfies readonly (BodyEvent | GroupEvent)['type'][];

export const correctionTypes = [
  'BodyRegistrationCorrected',
  'BodyAliasAmended',
  'BodyChangeCancelled',
  'BodyCancelled',
  'GroupDefinitionCorrected',
  'GroupChangeCancelled',
  'GroupCancelled',
] as const satisfies readonly (BodyEvent | GroupEvent)['type'][];

type Of<Type> = RecordedEvent<Extract<BodyEvent | GroupEvent, { type: Type }>>;
type Told = Of<(typeof toldTypes)[number]>;
type OfOrganisation = Told | Of<(typeof correctionTypes)[number]>;

const types: readonly string[] = [...toldTypes, ...correctionTypes];

export const isOfOrganisation = (event: { readonly type: string }): event is OfOrganisation =>
  types.includes(event.type);

/** Bodies and groups as they are told after every correction, in the words of an earlier rule. */
export class Organisation {
  /** By stream, in the order in which it is to be told. */
  readonly #told = new Map<string, Told[]>();

  take(event: OfOrganisation): void {
    this.#told.set(event.stream, after(this.#told.get(event.stream) ?? [], event));
  }

  /** What is left to tell. */
  told(): readonly Told[] {
    return [...this.#told.values()].flat();
  }
}

function after(told: readonly Told[], event: OfOrganisation): Told[] {
  switch (event.type) {
    // Again only after it was cancelled: then it is told anew.
    case 'BodyRegistered':
    case 'GroupDefined':
      return [event];
    case 'BodyAliasAdded':
      return [...told, event];
    case 'BodyDissolved':
      return [...told.filter(({ type }) => type !== 'BodyDissolved'), event];
    case 'BodyRenamed':
    case 'GroupMembersChanged': {
      const { corrects } = event.metadata;
      if (corrects === undefined) return [...told, event];
      return told.map((known) => (known.id === corrects ? corrected(known, event) : known));
    }
    case 'BodyRegistrationCorrected': {
      const { kind, name } = event.data;
      const { id } = event;
      return told.map((known) =>
        known.type === 'BodyRegistered' ? { ...withData(known, { name, kind }), id } : known,
      );
    }
    case 'BodyAliasAmended': {
      const { aliasId, reason: _, ...alias } = event.data;
      return told.map((known) => (known.id === aliasId ? ({ ...known, data: alias } as Told) : known));
    }
    case 'GroupDefinitionCorrected': {
      const { name } = event.data;
      return told.map((known) => (known.type === 'GroupDefined' ? withData(known, { name }) : known));
    }
    case 'BodyChangeCancelled':
    case 'GroupChangeCancelled':
      return told.filter(({ id }) => id !== event.data.eventId);
    // Nothing rests on it; what names it all the same calls it as before.
    case 'BodyCancelled':
      return told.filter(({ type }) => type !== 'BodyAliasAdded' && type !== 'BodyDissolved');
    case 'GroupCancelled':
      return [...told];
  }
}

/** What takes the place of an event: how it began stays how it began. */
function corrected(known: Told, event: Of<'BodyRenamed' | 'GroupMembersChanged'>): Told {
  const { id } = event;
  if (known.type === 'BodyRegistered' && event.type === 'BodyRenamed') {
    return { ...withData(known, { name: event.data.name }), id };
  }
  if (known.type === 'GroupDefined' && event.type === 'GroupMembersChanged') {
    return { ...withData(known, { members: event.data.members }), id };
  }
  return event;
}

const withData = <Event extends Told>(event: Event, data: Partial<Event['data']>): Event => ({
  ...event,
  data: { ...event.data, ...data },
});
