import { LogAdministrator } from './log-administrator.js';
import type { AccessCheck, LogRight } from './log-administrator.js';

/**
 * What a process sees of its server at its start, at no cost that grows with the log.
 * @throws StoreRefused where the user is not let in; StoreUnavailable
 */
export async function checkKurrent(
  connectionString: string,
): Promise<Pick<AccessCheck, 'version' | 'user'> & { readonly nodes: number; readonly faults: readonly string[] }> {
  const administrator = LogAdministrator.of(connectionString);
  try {
    const { beyondNeed, lacking, nodes, user, version } = await administrator.checkAccess();
    const who = user === undefined ? 'anybody, without a password,' : `the user "${user}"`;
    const faults = [
      ...lacking.map((right) => `${who} may not ${rightsInWords[right]}`),
      ...beyondNeed.map((right) => `${who} may ${rightsInWords[right]}, and need not: sparbar log secure`),
    ];
    return { version, user, nodes: nodes.length, faults };
  } finally {
    await administrator.close();
  }
}

/** To follow `may`. */
export const rightsInWords: Readonly<Record<LogRight, string>> = {
  read: 'read the log',
  append: 'append to streams',
  delete: 'delete streams',
  tombstone: 'end streams for good',
  metadata: 'trim streams, and say who may use them',
  settings: 'change the settings of the server',
  'rights-of-log': 'say who may read the log',
};
