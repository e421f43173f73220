import { constants } from 'node:fs';
import { access, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileFaultOf, newId, say } from '#kernel';
import type { Said } from '#kernel';
import { makeFolder } from '../adapters/make-folder.js';
import { fileOf, isFile } from '../adapters/urls.js';
import { SettingsFaults } from './settings-faults.js';
import type { Settings } from './settings.js';

/**
 * Makes the folders that a process keeps its stores in, and tries whether files can be made there: what cannot be is told at
 * once, by the variable that names it.
 * @throws SettingsFaults
 */
export async function makeFolders(settings: FoldersOf): Promise<void> {
  const faults: Said[] = [];
  for (const [variable, folder] of foldersOf(settings)) {
    const fault = await faultOfFolder(resolve(folder));
    if (fault !== undefined) faults.push(cannotHold({ variable, fault }));
  }
  if (faults.length > 0) throw new SettingsFaults(faults);
}

type FoldersOf = Pick<Settings, 'data' | 'documentStoreUrl' | 'eventStoreUrl'>;

/** Each folder once, under the variable that moves it. */
function foldersOf({ data, documentStoreUrl, eventStoreUrl }: FoldersOf): ReadonlyMap<string, string> {
  const named = { EVENT_STORE_URL: eventStoreUrl, DOCUMENT_STORE_URL: documentStoreUrl };
  const inFiles = Object.entries(named).filter(([, url]) => isFile(url));
  return new Map(
    inFiles.map(([variable, url]) =>
      url.startsWith(`sqlite:${data}/`) ? ['SPARBAR_DATA', data] : [variable, dirname(fileOf(url))],
    ),
  );
}

/** Why nothing can be kept in a folder; undefined where it can. */
async function faultOfFolder(path: string): Promise<Said | undefined> {
  try {
    makeFolder(path);
    await access(path, constants.W_OK | constants.X_OK);
    await tryOut(path);
    return undefined;
  } catch (error) {
    const fault = fileFaultOf(error);
    if (fault === undefined) throw error;
    return fault.isMissing ? holdsNothing({ path }) : fault.said;
  }
}

/** There are folders that let nobody make a file though all may write to them. */
async function tryOut(folder: string): Promise<void> {
  const file = join(folder, `.tried-${newId()}`);
  await writeFile(file, '', { flag: 'wx' });
  await rm(file);
}

const cannotHold = say('{variable} cannot hold the stores: {fault}', '{variable} kan inte hysa lagren: {fault}');
const holdsNothing = say(
  '{path} is a folder in which nothing can be made: name another',
  '{path} är en mapp där ingenting kan skapas: ange en annan',
);
