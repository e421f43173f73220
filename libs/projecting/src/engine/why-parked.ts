import { DocumentRefused } from '#document-store';
import { DomainError, explainError, say } from '#kernel';
import type { Said } from '#kernel';

/** Why a projection cannot take an event, for people. */
export function whyParked(error: unknown): Said {
  if (error instanceof DomainError) return { code: error.code, ...error.said };
  const words = explainError(error);
  return error instanceof DocumentRefused ? isRefused({ words }) : codeFails({ words });
}

const isRefused = say(
  'a document would become one that the store does not keep: {words}',
  'ett dokument skulle bli ett som lagret inte behåller: {words}',
  'document-refused',
);
const codeFails = say(
  'the code of the projection fails at it: {words}',
  'projektionens kod misslyckas med den: {words}',
  'code-fails',
);
