import { cp, rm } from 'node:fs/promises';

const parts = (file: string): string[] => [file, `${file}-wal`, `${file}-shm`];

/** Copies the file of a log that nobody writes to just then, with what is not yet in its main part. @returns the copy */
export async function copyOfLogFile(file: string, copy = `${file}-copy`): Promise<string> {
  await removeLogFile(copy);
  await cp(file, copy);
  await cp(`${file}-wal`, `${copy}-wal`).catch(() => undefined);
  return copy;
}

/** Puts a copy in the place of the file of a log, which processes may have open. */
export async function replaceLogFile(file: string, copy: string): Promise<void> {
  await removeLogFile(file);
  await cp(`${copy}-wal`, `${file}-wal`).catch(() => undefined);
  await cp(copy, file);
}

export async function removeLogFile(file: string): Promise<void> {
  for (const part of parts(file)) await rm(part, { force: true });
}
