import type { Said } from '#kernel';
import type { Path } from '../path.js';
import type { ExternalReference } from '../plan-file.js';
import type { SiftedFile } from './sifted-file.js';

/** Where a check puts what it finds. */
export interface Findings {
  /** A fault at a path: what is wrong, and what would be right. */
  fault(path: Path, said: Said): void;
  /** A reference that this file cannot settle. */
  external(reference: Omit<ExternalReference, 'path' | 'line'>, path: Path): void;
}

/** A check of what a schema cannot say. */
export type Check = (file: SiftedFile, findings: Findings) => void;
