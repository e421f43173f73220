import type { JsonObject } from '../json.js';

export const roles = ['reader', 'reporter', 'controller', 'auditor', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Who acted: an id, a role and a body. Never a name, because an event is kept for ever and a name is personal data. */
export interface Actor {
  readonly id: string;
  readonly role: Role;
  /** The id of the body on whose behalf the actor acts, where there is one. */
  readonly body?: string;
}

/** The formal decision behind an event. */
export interface FormalDecision {
  /** The id of the deciding body. */
  readonly bodyId: string;
  /** ISO day. */
  readonly date: string;
  /** The registry number of the matter, such as `AMN-2024-00512`. */
  readonly diarienummer?: string;
  /** The paragraph of the minutes. */
  readonly paragraph?: string;
}

export const attestingKinds = ['protocol', 'report', 'file', 'other'] as const;

/** A document that proves what was said. */
export interface AttestingDocument {
  readonly kind: (typeof attestingKinds)[number];
  readonly title: string;
  /** Where to find it, such as its registry number and paragraph. */
  readonly reference?: string;
  /** SHA-256 of the file: always there for a file. */
  readonly sha256?: string;
}

/** When something was said in the world, by whom, and what proves it. */
export interface Attestation {
  /** ISO day, not after the day in Sweden on which it was recorded. */
  readonly on: string;
  /** The office of who said it. Never a name. */
  readonly role: string;
  /** The id of the body that said it, or on whose behalf it was said. */
  readonly body?: string;
  readonly evidence: readonly AttestingDocument[];
}

/** A fact that no document states, and what it was read from. */
export interface Inference {
  /** Which one, such as `validity.from`; left out, all that is told. */
  readonly fact?: string;
  readonly ground: string;
}

/** Where what an event tells comes from, where that is not who recorded it. */
export interface Provenance {
  readonly attested?: Attestation;
  /** It never happened: it was made up, to try the system on. */
  readonly invented?: true;
  readonly inferred?: readonly Inference[];
  /** What of it is retold in short, and not as the document words it: names of properties. */
  readonly retold?: readonly string[];
  /** A remark for the reader. */
  readonly note?: string;
}

export interface EventMetadata extends Provenance {
  readonly tenant: string;
  /** The number of the schema that `data` follows. */
  readonly schema: number;
  /** When the log learnt it: RFC 3339 in UTC with milliseconds. */
  readonly recordedAt: string;
  /** The day that it speaks of: ISO day. */
  readonly effectiveOn: string;
  /** The id of the event that it corrects or takes back, of whose day it speaks. */
  readonly corrects?: string;
  /** Of a correction that was said before what it corrects: the day on which that was said, after which it counts. ISO day. */
  readonly saidAfter?: string;
  readonly actor: Actor;
  readonly commandId: string;
  /** SHA-256 of what the command asked for, which tells a repeated command from a reused key. */
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly decision?: FormalDecision;
  /** The rules by which what it says was doubted, and confirmed. */
  readonly confirmed?: readonly string[];
}

/** An event on its way into a store, and on its way out of it before it is decoded. */
export interface EventEnvelope<Data = JsonObject> {
  /** UUID. A store keeps one event by an id, ever. */
  readonly id: string;
  readonly type: string;
  readonly data: Data;
  readonly metadata: EventMetadata;
}

/** An event in the log, and where it stands. */
export interface StoredEvent<Data = JsonObject> extends EventEnvelope<Data> {
  readonly stream: string;
  /** Its place in the stream; the first event has revision 0. */
  readonly revision: number;
  /** Its place in the whole log: opaque, of fixed width, sortable as text. */
  readonly position: string;
}

/** A stored event that the catalog has read: upcast to the newest schema and found valid. */
export type RecordedEvent<Event extends { readonly type: string; readonly data: unknown } = DomainEvent> =
  Event extends { readonly type: infer Type extends string; readonly data: infer Data }
    ? StoredEvent<Data> & { readonly type: Type }
    : never;

/** What happened, in the language of the domain. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}
