import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { CorruptEvent } from '../errors/corrupt-event.js';
import type { Json } from '../json.js';
import * as kind from '../values/kinds.js';
import { attestingKinds, roles } from './envelope.js';
import type { EventMetadata } from './envelope.js';
import { code, day, id, payload, text } from './payload.js';
import { storable } from './storable.js';

const optional = Type.Optional;
const sha256 = Type.String({ pattern: kind.sha256.schema.pattern! });
const attestingDocument = { title: text, reference: optional(text) };

/** When it was said in the world, by whom, and what proves it. */
const attestation = payload({
  on: day,
  role: text,
  body: optional(id),
  evidence: Type.Array(
    Type.Union([
      payload({ ...attestingDocument, kind: Type.Literal('file'), sha256 }),
      payload({
        ...attestingDocument,
        kind: Type.Enum(attestingKinds.filter((known) => known !== 'file')),
        sha256: optional(sha256),
      }),
    ]),
    { minItems: 1 },
  ),
});

/** What every event says of itself, since it is written: nothing more passes. */
const eventMetadata = payload({
  tenant: Type.String({ pattern: kind.code.schema.pattern! }),
  schema: Type.Integer({ minimum: 1 }),
  recordedAt: Type.String({ pattern: kind.instant.schema.pattern! }),
  effectiveOn: day,
  corrects: optional(id),
  saidAfter: optional(day),
  actor: payload({ id: text, role: Type.Enum(roles), body: optional(id) }),
  commandId: id,
  commandDigest: sha256,
  correlationId: id,
  causationId: id,
  decision: optional(payload({ bodyId: id, date: day, diarienummer: optional(text), paragraph: optional(text) })),
  confirmed: optional(Type.Array(code, { minItems: 1 })),
  attested: optional(attestation),
  invented: optional(Type.Literal(true)),
  inferred: optional(Type.Array(payload({ fact: optional(text), ground: text }), { minItems: 1 })),
  retold: optional(Type.Array(text, { minItems: 1 })),
  note: optional(text),
});

const validator = Compile(eventMetadata);

/** What is wrong with what an event says of itself; undefined where it is right. What is recorded is read whatever it says. */
export function faultInMetadata(metadata: unknown): string | undefined {
  if (validator.Check(metadata)) return undefined;
  const [fault] = validator.Errors(metadata);
  return fault ? `${fault.instancePath || '/'} ${fault.message}` : 'is no metadata';
}

/**
 * Metadata to store: text in NFC, properties without a value left out.
 * @param type of the event that it is of
 * @throws CorruptEvent where it is not what events say of themselves
 */
export function storableMetadata(type: string, metadata: EventMetadata): EventMetadata {
  const stored = storable(metadata as unknown as Json) as unknown as EventMetadata;
  const fault = faultInMetadata(stored);
  if (fault !== undefined) throw new CorruptEvent(type, `has metadata of which ${fault}`);
  return stored;
}
