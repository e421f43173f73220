import { v5, v7, validate } from 'uuid';

const namespace = 'b4ab8d3c-6c0c-4d0a-8d39-6f9f5f1f7a52';

/** A new id: UUIDv7, so that ids sort by the time they were made. */
export const newId = (): string => v7();

/** The id that a name always has: UUIDv5 of its parts. */
export const idOf = (...parts: readonly string[]): string => v5(JSON.stringify(parts), namespace);

/** Whether a text is a UUID, of whichever version. */
export const isId = (text: string): boolean => validate(text);
