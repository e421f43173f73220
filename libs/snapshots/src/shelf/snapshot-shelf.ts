import type { Document, DocumentStore } from '#document-store';
import { TimeSlices } from '#kernel';
import { sha256Of } from '../rules/fold-snapshot.js';
import { SnapshotDiffers } from './snapshot-differs.js';

/** What is known of a snapshot beside its bytes. */
export interface SnapshotFacts {
  readonly snapshotId: string;
  readonly tenant: string;
  readonly roundId: string;
  readonly planId: string;
  readonly issue: number;
  readonly rule: number;
  readonly sha256: string;
  /** The length of the canonical JSON in UTF-8. */
  readonly bytes: number;
}

interface KeptSnapshot extends Document, Omit<SnapshotFacts, 'snapshotId'> {
  readonly version: number;
  /** The event that bounds it. Long ago it was not kept. */
  readonly boundBy?: string;
  /** How many documents hold the text; 0 where this one does. */
  readonly parts: number;
  readonly text?: string;
}

interface KeptPart extends Document {
  readonly version: number;
  readonly text: string;
}

/**
 * Outside of every projection's collections, so that a rebuild never touches them. What is lost here is made again from
 * the log, and its SHA-256 in the log tells that it is the same.
 */
export const snapshotCollection = 'snapshots';
export const snapshotPartCollection = 'snapshot-parts';

/** So little that to read it or to write it holds nobody up. Long ago parts had up to 16 times as much. */
const defaultPartLength = 256 * 1024;

/** The snapshots that have been made, each kept once and never written again. */
export class SnapshotShelf {
  /** @param partLength how many characters a document holds at most */
  constructor(
    private readonly store: DocumentStore,
    private readonly partLength = defaultPartLength,
  ) {}

  /** @returns undefined where it has not been made, or was lost */
  async facts(snapshotId: string): Promise<SnapshotFacts | undefined> {
    const kept = await this.store.get<KeptSnapshot>(snapshotCollection, snapshotId);
    return kept && factsOf(kept);
  }

  /**
   * The bytes as they were kept, whatever they are.
   * @param boundBy the event that bounds the issue
   * @returns undefined where it is not kept whole
   */
  async bytes(snapshotId: string, boundBy: string): Promise<Buffer | undefined> {
    const [first, other] = await Promise.all(
      [snapshotId, besides(snapshotId, boundBy)].map((id) => this.store.get<KeptSnapshot>(snapshotCollection, id)),
    );
    const kept = other ?? (first?.boundBy === undefined || first.boundBy === boundBy ? first : undefined);
    return kept && this.#bytesOf(kept);
  }

  /**
   * Keeps a snapshot, the document that names it last. What is kept already stays as it is, also what was made of a log
   * that is gone: the same issue that another event bounds is kept beside it.
   * @throws SnapshotDiffers where other bytes are kept of that issue
   */
  async keep(facts: SnapshotFacts, bytes: Buffer, boundBy: string): Promise<void> {
    const { snapshotId, ...known } = facts;
    const first = await this.store.get<KeptSnapshot>(snapshotCollection, snapshotId);
    const _id = first && (await this.#isOfAnother(first, boundBy, facts)) ? besides(snapshotId, boundBy) : snapshotId;
    const texts = partsOf(bytes.toString('utf8'), this.partLength);
    const inOne = texts.length === 1;
    if (!inOne) {
      const slices = new TimeSlices();
      for (const [part, text] of texts.entries()) {
        await slices.next();
        const document = { _id: partId(_id, part), version: 1, text };
        await this.store.compareAndSet(snapshotPartCollection, document, undefined);
      }
    }
    const held = inOne ? { parts: 0, text: texts[0]! } : { parts: texts.length };
    await this.store.compareAndSet(snapshotCollection, { _id, version: 1, boundBy, ...known, ...held }, undefined);
    const kept = await this.bytes(snapshotId, boundBy);
    const sha256 = kept && (await sha256Of(kept));
    if (sha256 !== facts.sha256) throw new SnapshotDiffers(snapshotId, 'kept', sha256 ?? 'nothing', facts.sha256);
  }

  /** Where it was not kept which event bounds it, other bytes that are what was kept of them were made of another log. */
  async #isOfAnother(kept: KeptSnapshot, boundBy: string, { sha256 }: SnapshotFacts): Promise<boolean> {
    if (kept.boundBy !== undefined) return kept.boundBy !== boundBy;
    if (kept.sha256 === sha256) return false;
    const bytes = await this.#bytesOf(kept);
    return bytes !== undefined && (await sha256Of(bytes)) === kept.sha256;
  }

  async #bytesOf(kept: KeptSnapshot): Promise<Buffer | undefined> {
    if (kept.text !== undefined) return Buffer.from(kept.text, 'utf8');
    const slices = new TimeSlices();
    const parts: Buffer[] = [];
    for (let part = 0; part < kept.parts; part++) {
      await slices.next();
      const found = await this.store.get<KeptPart>(snapshotPartCollection, partId(kept._id, part));
      if (!found) return undefined;
      parts.push(Buffer.from(found.text, 'utf8'));
    }
    return Buffer.concat(parts);
  }
}

function factsOf({ _id, bytes, issue, planId, roundId, rule, sha256, tenant }: KeptSnapshot): SnapshotFacts {
  return { snapshotId: _id, tenant, roundId, planId, issue, rule, sha256, bytes };
}

/** Where the issue is kept whose own place is taken by what another event bounds. */
const besides = (snapshotId: string, boundBy: string): string => `${snapshotId}.${boundBy}`;

const partId = (snapshotId: string, part: number): string => `${snapshotId}-${part}`;

/** A text in pieces of a bounded length, none of which cuts a character in two. */
function partsOf(text: string, length: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + length, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
