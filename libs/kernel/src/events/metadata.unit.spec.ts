import { describe, expect, it } from '@jest/globals';
import { CorruptEvent } from '../errors/corrupt-event.js';
import { newId } from '../ids.js';
import type { EventMetadata } from './envelope.js';
import { faultInMetadata, storableMetadata } from './metadata.js';

const metadata: EventMetadata = {
  tenant: 'uppsala',
  schema: 1,
  recordedAt: '2025-04-08T10:00:00.000Z',
  effectiveOn: '2025-04-08',
  corrects: newId(),
  actor: { id: 'u-17', role: 'reporter', body: newId() },
  commandId: newId(),
  commandDigest: 'a'.repeat(64),
  correlationId: newId(),
  causationId: newId(),
  decision: { bodyId: newId(), date: '2025-04-01', paragraph: '§ 87' },
};

const attested = {
  on: '2024-04-08',
  role: 'Nämndens ordförande',
  body: newId(),
  evidence: [
    { kind: 'protocol', title: 'Protokoll 2024-04-08', reference: 'AMN-2024-00119 § 41' },
    { kind: 'file', title: 'bilaga.pdf', sha256: 'b'.repeat(64) },
  ],
} as const;

describe('The metadata of an event', () => {
  it('is stored in NFC, without what has no value', () => {
    const given = { ...metadata, decision: { ...metadata.decision!, paragraph: 'A\u030a', diarienummer: undefined } };
    const { diarienummer: _, ...decision } = { ...given.decision, paragraph: 'Å' };
    expect(storableMetadata('ItemHeld', given as unknown as EventMetadata)).toEqual({ ...metadata, decision });
  });

  it('tells when something was said and what proves it, and that it was invented', () => {
    const told: EventMetadata = { ...metadata, attested, invented: true };
    expect(storableMetadata('ItemHeld', told)).toEqual(told);
  });

  it.each([
    ['a list for a decision', { decision: [] }],
    ['a decision without its day', { decision: { bodyId: newId() } }],
    ['a day that is none', { effectiveOn: 'today' }],
    ['a correction of what has no id', { corrects: 'ItemHeld' }],
    ['an id in capitals', { commandId: newId().toUpperCase() }],
    ['a role that is none', { actor: { id: 'u-17', role: 'king' } }],
    ['the name of a person', { actor: { id: 'u-17', role: 'reader', name: 'Ada' } }],
    ['more than events say', { more: 1 }],
    ['an attestation that nothing proves', { attested: { ...attested, evidence: [] } }],
    ['an attestation without its day', { attested: { ...attested, on: undefined } }],
    ['a file without its hash', { attested: { ...attested, evidence: [{ kind: 'file', title: 'Tabell 3' }] } }],
    ['what was invented, or not', { invented: false }],
  ])('is not written with %s', (_, wrong) => {
    const written = { ...metadata, ...wrong } as unknown as EventMetadata;
    expect(faultInMetadata(written)).toBeDefined();
    expect(() => storableMetadata('ItemHeld', written)).toThrow(CorruptEvent);
  });
});
