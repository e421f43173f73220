import { describe, expect, it } from '@jest/globals';
import Type from 'typebox';
import { CorruptEvent } from '../errors/corrupt-event.js';
import { defineEvent } from './define-event.js';
import type { StoredEvent } from './envelope.js';
import { EventCatalog } from './event-catalog.js';
import type { JsonObject } from '../json.js';

const data = Type.Object(
  { title: Type.String(), tags: Type.Array(Type.String()), note: Type.Optional(Type.String()) },
  { additionalProperties: false },
);
/** Schema 1 called the title `name`; schema 2 knew no tags. */
const titled = defineEvent('Titled', data, {
  schema: 3,
  upcast: {
    1: ({ name, ...rest }) => ({ ...rest, title: name }),
    2: (older) => ({ ...older, tags: [] }),
  },
});
const catalog = new EventCatalog([titled]);

const stored = (schema: number, payload: JsonObject, type = 'Titled') =>
  ({ type, data: payload, metadata: { schema }, position: '00000000000000000007' }) as unknown as StoredEvent;

describe('The catalog of events', () => {
  it('brings a payload of every older schema up to the newest', () => {
    expect(catalog.decode(stored(1, { name: 'A' })).data).toEqual({ title: 'A', tags: [] });
    expect(catalog.decode(stored(2, { title: 'A' })).data).toEqual({ title: 'A', tags: [] });
    const newest = stored(3, { title: 'A', tags: ['x'] });
    expect(catalog.decode(newest)).toBe(newest);
  });

  it('leaves what is stored as it was', () => {
    const old = stored(1, { name: 'A' });
    catalog.decode(old);
    expect(old.data).toEqual({ name: 'A' });
  });

  it('tells the type and the position of an event that it cannot read', () => {
    for (const event of [
      stored(3, { title: 'A' }),
      stored(3, { title: 'A', tags: [], extra: 1 }),
      stored(4, { title: 'A', tags: [] }),
      stored(1, {}, 'Unknown'),
      stored(0, { title: 'A', tags: [] }),
      stored(1.5, { title: 'A', tags: [] }),
      { ...stored(3, { title: 'A', tags: [] }), metadata: undefined as never },
      { ...stored(3, { title: 'A', tags: [] }), metadata: 'theirs' as never },
    ]) {
      expect(() => catalog.decode(event)).toThrow(CorruptEvent);
      expect(() => catalog.decode(event)).toThrow(/00000000000000000007/);
    }
  });

  it('stores text in NFC and leaves out what has no value', () => {
    const event = { type: 'Titled', data: { title: 'A\u030a', tags: ['o\u0308'], note: undefined } };
    expect(catalog.encode(event)).toEqual({ data: { title: 'Å', tags: ['ö'] }, schema: 3 });
  });

  it('lets nothing in that its schema does not name', () => {
    expect(() => catalog.encode({ type: 'Titled', data: { title: 'A', tags: [], name: 'B' } })).toThrow(CorruptEvent);
    expect(() => catalog.encode({ type: 'Titled', data: { title: 7, tags: [] } })).toThrow(CorruptEvent);
    expect(() => catalog.encode({ type: 'Unknown', data: {} })).toThrow(CorruptEvent);
  });

  it('is refused at start where a chain has a hole, a needless link, or two events share a type', () => {
    const asIs = (older: JsonObject) => older;
    expect(() => new EventCatalog([defineEvent('A', data, { schema: 3, upcast: { 1: asIs } })])).toThrow(/schema 2/);
    expect(() => new EventCatalog([defineEvent('A', data, { upcast: { 1: asIs } })])).toThrow(/nothing reads/);
    expect(() => new EventCatalog([titled, titled])).toThrow(/defined twice/);
  });
});
