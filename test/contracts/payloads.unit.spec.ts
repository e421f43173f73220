import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, StoredEvent } from '#kernel';
import { eventCatalog } from '#running/contracts';

/** Payloads as logs hold them, by type and schema. A payload is added with each new schema, and none is ever changed. */
const payloads = JSON.parse(readFileSync(join(process.cwd(), 'test/contracts/payloads.json'), 'utf8')) as Record<
  string,
  Record<string, JsonObject>
>;
const catalog = eventCatalog();
const examples = Object.entries(payloads).flatMap(([type, schemas]) =>
  Object.entries(schemas).map(([schema, data]): [string, number, JsonObject] => [type, Number(schema), data]),
);

describe('The contract of events', () => {
  it('has a payload of every type, and of every schema that a type has had', () => {
    expect(Object.keys(payloads).sort()).toEqual([...catalog.types].sort());
    for (const [type, schemas] of Object.entries(payloads)) {
      const newest = catalog.schemaOf(type);
      expect([type, Object.keys(schemas)]).toEqual([
        type,
        Array.from({ length: newest }, (_, index) => `${index + 1}`),
      ]);
    }
  });

  it.each(examples)('still reads %s of schema %i', (type, schema, data) => {
    const stored = { type, data, metadata: { schema }, position: '00000000000000000001' } as unknown as StoredEvent;
    const decoded = catalog.decode<JsonObject>(stored).data;
    if (schema === catalog.schemaOf(type)) expect(decoded).toEqual(data);
    // What was read can be written again as it is now.
    expect(catalog.encode({ type, data: decoded }).data).toEqual(decoded);
  });
});
