import type { LogCheck, LogRight, LogUsers, SecuredSetting } from '#event-store/kurrentdb';
import { faultOfEventStoreUrl } from '../../composition/src/stores.js';
import { table } from './print.js';
import { WrongUrl } from './wrong-url.js';

/** The check found something that an operator should mend. */
const wanting = 6;

export interface SecureOptions {
  readonly user: string;
  readonly copier: readonly string[];
  readonly dryRun?: boolean;
}

/**
 * Gives Spårbar's user and those that copy the log the rights that they need, and takes all others.
 * @param url of a user that is an administrator
 * @throws WrongUrl, StoreRefused, RevisionMismatch, StoreUnavailable
 */
export async function secureLog(
  url: string,
  { copier, dryRun, user }: SecureOptions,
): Promise<{ result: readonly SecuredSetting[]; text: string }> {
  const users: LogUsers = { user, copiers: copier };
  return withAdministrator(url, async (administrator) => {
    const result = dryRun ? await administrator.preview(users) : await administrator.secure(users);
    const changed = dryRun ? 'would be changed' : 'is changed';
    const lines = result.map(({ after, before, changes, of }) =>
      changes
        ? `${meanings[of]} ${changed}\n  from ${JSON.stringify(before)}\n  to   ${JSON.stringify(after)}`
        : `${meanings[of]} is as it should be`,
    );
    return { result, text: lines.join('\n') };
  });
}

/**
 * Tells what kind of server it is, and what there would be to mend.
 * @throws WrongUrl, StoreRefused where the user is not let in, StoreUnavailable
 */
export async function checkLog(url: string): Promise<{ result: LogCheck; text: string; exitCode: number }> {
  return withAdministrator(url, async (administrator) => {
    const result = await administrator.check();
    const { beyondNeed, lacking, limits, nodes, user, version } = result;
    const who = user === undefined ? 'Anybody, without a password,' : `The user "${user}"`;
    const rows = nodes.map(({ alive, host, leads, port }) => [
      `  ${host}:${port}`,
      alive ? (leads ? 'leads' : 'follows') : 'is away',
    ]);
    const text = [
      `Version ${version}, ${nodes.length === 1 ? 'one node' : `${nodes.length} nodes`}`,
      table(rows),
      ...lacking.map((right) => `LACKING: ${who} may not ${verbs[right]}`),
      ...beyondNeed.map((right) => `TOO MUCH: ${who} may ${verbs[right]}`),
      ...limits.map((limit) => `LOSES EVENTS: ${inWords(limit)}`),
    ];
    const ok = lacking.length + beyondNeed.length + limits.length === 0;
    if (ok) text.push(`${who} may do what Spårbar needs and no more, and no stream loses events`);
    else if (beyondNeed.length > 0) text.push('sparbar log secure, as an administrator, mends rights');
    return { result, text: text.join('\n'), exitCode: ok ? 0 : wanting };
  });
}

const meanings: Readonly<Record<SecuredSetting['of'], string>> = {
  $all: 'Who may read the log',
  $settings: 'Who may do what with streams',
};

const verbs: Readonly<Record<LogRight, string>> = {
  read: 'read the log',
  append: 'append to streams',
  delete: 'delete streams',
  tombstone: 'end streams for good',
  metadata: 'trim streams, and say who may use them',
  settings: 'change the settings of the server',
  'rights-of-log': 'say who may read the log',
};

function inWords({ acl, deleted, maxAge, maxCount, stream, truncateBefore }: LogCheck['limits'][number]): string {
  const facts = [
    deleted && 'was deleted',
    truncateBefore !== undefined && `has lost what came before revision ${truncateBefore}`,
    maxCount !== undefined && `keeps ${maxCount} events`,
    maxAge !== undefined && `keeps events for ${maxAge} seconds`,
    acl && 'has rights of its own, which override the settings',
  ];
  return `${stream} ${facts.filter(Boolean).join(', ')}`;
}

async function withAdministrator<Answer>(
  url: string,
  work: (administrator: Administrator) => Promise<Answer>,
): Promise<Answer> {
  if (url.startsWith('sqlite:')) throw new WrongUrl('URL', 'names a file, whose rights are those of the folder');
  const fault = await faultOfEventStoreUrl(url);
  if (fault) throw new WrongUrl('URL', fault);
  const { LogAdministrator } = await import('#event-store/kurrentdb');
  const administrator = LogAdministrator.of(url);
  try {
    return await work(administrator);
  } finally {
    await administrator.close();
  }
}

type Administrator = ReturnType<(typeof import('#event-store/kurrentdb'))['LogAdministrator']['of']>;
