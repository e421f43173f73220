import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileFaultOf } from '#kernel';
import { SettingsFaults } from './settings.js';
import type { Settings } from './settings.js';

/** Looks whether a process can keep its stores where its settings say. @throws SettingsFaults where it cannot */
export async function requireDataFolder({
  data,
  documentStoreUrl,
  eventStoreUrl,
}: Pick<Settings, 'data' | 'documentStoreUrl' | 'eventStoreUrl'>): Promise<void> {
  const isUsed = [eventStoreUrl, documentStoreUrl].some((url) => url.startsWith(`sqlite:${data}/`));
  const fault = isUsed ? await faultOfFolder(resolve(data)) : undefined;
  if (fault !== undefined) throw new SettingsFaults([`SPARBAR_DATA cannot hold the stores: ${fault}`]);
}

/** Why nothing can be kept in a folder, which need not be there yet; undefined where it can. */
async function faultOfFolder(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return `${path} is a file, where a folder is wanted`;
    await access(path, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const fault = fileFaultOf(error);
    // It will be made, where what it is to be in can be written to.
    return !fault || fault.isMissing ? faultOfFolder(dirname(path)) : fault.message;
  }
}
