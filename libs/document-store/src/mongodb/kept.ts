import type { Document } from '../document-store.port.js';

/** A document as MongoDB keeps it: with the position of its last guarded write, or the empty text. */
export type Kept = Document & { readonly _position: string };
