import type { BodyRef, ItemContent } from '../../format/snapshot.js';
import type { DataOf } from '../rule-1/fact.js';
import type { ToldEvent } from '../rule-5/provenances.js';

type Adopted = DataOf<'ItemAdopted'>;
type ToldParticulars = Pick<ItemContent, 'otherNumbers' | 'given' | 'acting'>;

/** What documents tell of items beside what they are. */
export class Particulars {
  readonly #items = new Map<string, Pick<Adopted, 'otherNumbers' | 'given' | 'acting'>>();

  take({ data, type }: ToldEvent): void {
    if (type === 'ItemAdopted') this.#items.set(data.itemId, data);
  }

  of(itemId: string, body: (bodyId: string) => BodyRef): ToldParticulars {
    const { acting, given, otherNumbers } = this.#items.get(itemId) ?? {};
    return {
      otherNumbers,
      given: given && givenContent(given, body),
      acting: acting?.map(({ bodyId, through }) => ({ body: body(bodyId), through: through.map(body) })),
    };
  }
}

const givenContent = (
  { bodyId, ...told }: NonNullable<Adopted['given']>,
  body: (bodyId: string) => BodyRef,
): ToldParticulars['given'] => ({ body: body(bodyId), ...told });
