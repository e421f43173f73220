import { Compile, type Validator } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { CorruptEvent } from '../errors/corrupt-event.js';
import type { Json, JsonObject } from '../json.js';
import type { EventDefinition } from './define-event.js';
import type { DomainEvent, EventMetadata, StoredEvent } from './envelope.js';
import { storable } from './storable.js';

interface Entry {
  readonly definition: EventDefinition;
  readonly validator: Validator<Record<never, TSchema>, TSchema>;
}

/** Every event type that the log may hold. Payloads are checked on the way in and when they are read. */
export class EventCatalog {
  readonly #entries = new Map<string, Entry>();

  /** @throws Error where two definitions share a type, or a chain of upcasters has a hole */
  constructor(definitions: Iterable<EventDefinition>) {
    for (const definition of definitions) {
      if (this.#entries.has(definition.type)) throw new Error(`The event type ${definition.type} is defined twice`);
      checkChain(definition);
      this.#entries.set(definition.type, { definition, validator: Compile(definition.data) });
    }
  }

  get types(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** The number of the newest schema of a type. @throws CorruptEvent where the type is unknown */
  schemaOf(type: string): number {
    return this.#entry(type).definition.schema;
  }

  /**
   * The payload and schema number to store: text in NFC, properties without a value left out.
   * @throws CorruptEvent where the payload does not follow the newest schema
   */
  encode(event: DomainEvent): { readonly data: JsonObject; readonly schema: number } {
    const { definition, validator } = this.#entry(event.type);
    const data = storable(event.data as Json) as JsonObject;
    if (!validator.Check(data)) throw new CorruptEvent(event.type, faultOf(validator, data));
    return { data, schema: definition.schema };
  }

  /**
   * A stored event with its payload brought up to the newest schema.
   * @throws CorruptEvent where the type is unknown, the schema is not said or newer than this code, or the payload does not
   * follow it
   */
  decode<Data>(stored: StoredEvent): StoredEvent<Data> {
    const { definition, validator } = this.#entry(stored.type, stored.position);
    const { schema } = Object(stored.metadata) as Partial<EventMetadata>;
    if (schema === undefined || !Number.isInteger(schema) || schema < 1) {
      throw new CorruptEvent(stored.type, 'does not say which schema it follows', stored.position);
    }
    if (schema > definition.schema) {
      throw new CorruptEvent(
        stored.type,
        `has schema ${schema}; this version reads up to ${definition.schema}`,
        stored.position,
      );
    }
    let data: JsonObject = stored.data;
    for (let step = schema; step < definition.schema; step++) data = definition.upcast[step]!(data);
    if (!validator.Check(data)) throw new CorruptEvent(stored.type, faultOf(validator, data), stored.position);
    return (data === stored.data ? stored : { ...stored, data }) as StoredEvent<Data>;
  }

  #entry(type: string, position?: string): Entry {
    const entry = this.#entries.get(type);
    if (!entry) throw new CorruptEvent(type, 'is no known type', position);
    return entry;
  }
}

function checkChain({ type, schema, upcast }: EventDefinition): void {
  const wanted = Array.from({ length: schema - 1 }, (_, index) => index + 1);
  const missing = wanted.filter((step) => !upcast[step]);
  const needless = Object.keys(upcast).filter((step) => !wanted.includes(Number(step)));
  if (missing.length > 0) throw new Error(`${type} lacks an upcaster from schema ${missing.join(', ')}`);
  if (needless.length > 0)
    throw new Error(`${type} has an upcaster from schema ${needless.join(', ')}, which nothing reads`);
}

function faultOf(validator: Entry['validator'], data: JsonObject): string {
  const [fault] = validator.Errors(data);
  return fault ? `${fault.instancePath || '/'} ${fault.message}` : 'does not follow its schema';
}
