/** What a body has goes over to those that take over from it. */
export interface HandOver {
  readonly bodyId: string;
  /** Who takes over; empty: nobody does. */
  readonly successors: readonly string[];
  readonly reason: string;
}

/** That a thing names a body from a day on, in one of its properties. */
export interface Held {
  /** ISO day: the one that is asked about, or the later one on which the property was said anew. */
  readonly since: string;
  readonly property: 'responsible' | 'concerned' | 'owner' | 'members';
  /** Everybody who is named there, the body among them. */
  readonly bodies: readonly string[];
}

/** Some bodies with those that take over in the place of the one that does no longer, each once. */
export const handedOver = (
  bodies: readonly string[],
  { bodyId, successors }: Pick<HandOver, 'bodyId' | 'successors'>,
): string[] => [...new Set(bodies.flatMap((id) => (id === bodyId ? successors : [id])))];
