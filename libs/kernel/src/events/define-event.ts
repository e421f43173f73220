import type { Static, TSchema } from 'typebox';
import type { DomainEvent } from './envelope.js';
import type { JsonObject } from '../json.js';

/** Makes the payload of one schema into the payload of the next. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** A schema of what it describes. The type is taken from the schema once: to compare two such types costs seconds. */
export type SchemaOf<Data> = TSchema & { readonly '~describes'?: Data };

/** The contract of an event type: written once, read for decades. */
export interface EventDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  /** The number of the newest schema, counted from 1. */
  readonly schema: number;
  /** The newest payload. Nothing that it does not name passes. */
  readonly data: SchemaOf<Data>;
  /** By the number of an older schema: how its payload becomes that of the next one. */
  readonly upcast: Readonly<Record<number, Upcaster>>;
}

/** The domain event that a definition describes. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Data> ? DomainEvent<Type, Data> : never;

/** Defines an event type. `schema` is 1 and nothing is upcast until the payload first changes. */
export function defineEvent<Type extends string, Schema extends TSchema>(
  type: Type,
  data: Schema,
  evolution: { readonly schema?: number; readonly upcast?: Readonly<Record<number, Upcaster>> } = {},
): EventDefinition<Type, NoInfer<Static<Schema>>> {
  return { type, data, schema: evolution.schema ?? 1, upcast: evolution.upcast ?? {} };
}
