import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those that it is in, where they are missing. Node's own way (`recursive`) never ends where a folder that
 * is there says of whatever is made in it that there is no such place, as Linux says in `/proc`.
 * @throws as the file system does, with the path that cannot be made
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  const around = dirname(folder);
  if (around !== folder && !isThere(around)) makeFolder(around);
  try {
    mkdirSync(folder);
  } catch (error) {
    // It is there, or another process has made it since.
    if (!isFolder(folder)) throw leadsNowhere(folder) ? Object.assign(error as Error, { code: 'ELOOP' }) : error;
  }
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const leadsNowhere = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && !isThere(path);
