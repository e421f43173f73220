import { Compile, type Validator } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { CorruptEvent } from '../errors/corrupt-event.js';
import type { Json, JsonObject } from '../json.js';
import type { EventDefinition } from './define-event.js';
import type { DomainEvent, EventMetadata, StoredEvent } from './envelope.js';
import { storable } from './storable.js';

type EventValidator = Validator<Record<never, TSchema>, TSchema>;

/** To compile one takes a millisecond: done for each definition once in a process, and not before an event of its type is met. */
const validators = new WeakMap<EventDefinition, EventValidator>();

/** Every event type that the log may hold. Payloads are checked on the way in and when they are read. */
export class EventCatalog {
  readonly #definitions = new Map<string, EventDefinition>();

  /** @throws Error where two definitions share a type, or a chain of upcasters has a hole */
  constructor(definitions: Iterable<EventDefinition>) {
    for (const definition of definitions) {
      if (this.#definitions.has(definition.type)) throw new Error(`The event type ${definition.type} is defined twice`);
      checkChain(definition);
      this.#definitions.set(definition.type, definition);
    }
  }

  get types(): readonly string[] {
    return [...this.#definitions.keys()];
  }

  /** The number of the newest schema of a type. @throws CorruptEvent where the type is unknown */
  schemaOf(type: string): number {
    return this.#definition(type).schema;
  }

  /**
   * The payload and schema number to store: text in NFC, properties without a value left out.
   * @throws CorruptEvent where the payload does not follow the newest schema
   */
  encode(event: DomainEvent): { readonly data: JsonObject; readonly schema: number } {
    const definition = this.#definition(event.type);
    const validator = validatorOf(definition);
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
    const definition = this.#definition(stored.type, stored.position);
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
    const validator = validatorOf(definition);
    if (!validator.Check(data)) throw new CorruptEvent(stored.type, faultOf(validator, data), stored.position);
    return (data === stored.data ? stored : { ...stored, data }) as StoredEvent<Data>;
  }

  #definition(type: string, position?: string): EventDefinition {
    const definition = this.#definitions.get(type);
    if (!definition) throw new CorruptEvent(type, 'is no known type', position);
    return definition;
  }
}

function validatorOf(definition: EventDefinition): EventValidator {
  let validator = validators.get(definition);
  if (!validator) validators.set(definition, (validator = Compile(definition.data)));
  return validator;
}

function checkChain({ type, schema, upcast }: EventDefinition): void {
  const wanted = Array.from({ length: schema - 1 }, (_, index) => index + 1);
  const missing = wanted.filter((step) => !upcast[step]);
  const needless = Object.keys(upcast).filter((step) => !wanted.includes(Number(step)));
  if (missing.length > 0) throw new Error(`${type} lacks an upcaster from schema ${missing.join(', ')}`);
  if (needless.length > 0)
    throw new Error(`${type} has an upcaster from schema ${needless.join(', ')}, which nothing reads`);
}

function faultOf(validator: EventValidator, data: JsonObject): string {
  const [fault] = validator.Errors(data);
  return fault ? `${fault.instancePath || '/'} ${fault.message}` : 'does not follow its schema';
}
