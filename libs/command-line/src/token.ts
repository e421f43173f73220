import { readFileSync } from 'node:fs';
import { explainError, fileFaultOf, say, verbatim } from '#kernel';
import { UsageError } from './usage-error.js';

/** The token of a file, which fewer see than one on the command line. @throws UsageError where there is none */
export function tokenIn(file: string): string {
  const token = textOf(file).trim();
  // Some tools write `NAME=token`, as `npm start` prints it.
  const [, bare] = /^(?:[A-Z_]+=)?([A-Za-z0-9._~+/=-]+)$/.exec(token) ?? [];
  if (!bare) throw new UsageError(holdsNoToken({ file }));
  return bare;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(cannotBeRead({ why: fileFaultOf(error)?.said ?? verbatim(explainError(error)) }));
  }
}

const holdsNoToken = say(
  '--token-file {file} must hold one token, and nothing else',
  '--token-file {file} ska innehålla en token och inget annat',
);
const cannotBeRead = say('--token-file cannot be read: {why}', '--token-file kan inte läsas: {why}');
