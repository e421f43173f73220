import type { AccessCheck, LogAdministrator, LogUsers, SecuredSetting, StreamsCheck } from '#event-store/kurrentdb';
import { say } from '#kernel';
import { faultOfEventStoreUrl } from '#running/adapters';
import { table } from './print.js';
import { UsageError } from './usage-error.js';

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
 * @throws UsageError, StoreRefused, RevisionMismatch, StoreUnavailable
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

export type LogCheck = AccessCheck & Partial<StreamsCheck>;

/**
 * Tells what kind of server it is, and what there would be to mend.
 * @throws UsageError, StoreRefused where the user is not let in, StoreUnavailable
 */
export async function checkLog(url: string): Promise<{ result: LogCheck; text: string; exitCode: number }> {
  return withAdministrator(url, async (administrator) => {
    const { rightsInWords } = await import('#event-store/kurrentdb');
    const access = await administrator.checkAccess();
    const { beyondNeed, lacking, nodes, user, version } = access;
    const streams = lacking.includes('read') ? undefined : await administrator.checkStreams();
    const { foreign = [], foreignStreams = 0, limits = [] } = streams ?? {};
    const who = user === undefined ? 'Anybody, without a password,' : `The user "${user}"`;
    const rows = nodes.map(({ alive, host, leads, port }) => [
      `  ${host}:${port}`,
      alive ? (leads ? 'leads' : 'follows') : 'is away',
    ]);
    const text = [
      `Version ${version}, ${nodes.length === 1 ? 'one node' : `${nodes.length} nodes`}`,
      table(rows),
      ...lacking.map((right) => `LACKING: ${who} may not ${rightsInWords[right]}`),
      ...beyondNeed.map((right) => `TOO MUCH: ${who} may ${rightsInWords[right]}`),
      ...limits.map((limit) => `LOSES EVENTS: ${inWords(limit)}`),
      ...foreign.map(({ events, stream }) => `OTHERS': ${stream} holds ${events} events that are not Spårbar's`),
      ...(foreignStreams > foreign.length ? [`OTHERS': ${foreignStreams} streams in all`] : []),
    ];
    const ok = lacking.length + beyondNeed.length + limits.length + foreignStreams === 0;
    if (ok) text.push(`${who} may do what Spårbar needs and no more, no stream loses events, and all are Spårbar's`);
    else if (beyondNeed.length > 0) text.push('sparbar log secure, as an administrator, mends rights');
    return { result: { ...access, ...streams }, text: text.join('\n'), exitCode: ok ? 0 : wanting };
  });
}

const meanings: Readonly<Record<SecuredSetting['of'], string>> = {
  $all: 'Who may read the log',
  $settings: 'Who may do what with streams',
};

function inWords({ acl, deleted, maxAge, maxCount, stream, truncateBefore }: StreamsCheck['limits'][number]): string {
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
  work: (administrator: LogAdministrator) => Promise<Answer>,
): Promise<Answer> {
  if (url.startsWith('sqlite:')) throw new UsageError(namesFile());
  const fault = await faultOfEventStoreUrl(url);
  if (fault) throw new UsageError(isNoUrl({ fault }));
  const kurrentdb = await import('#event-store/kurrentdb');
  const administrator = kurrentdb.LogAdministrator.of(url);
  try {
    return await work(administrator);
  } finally {
    await administrator.close();
  }
}

const namesFile = say(
  'URL names a file, whose rights are those of the folder',
  'URL anger en fil, vars rättigheter är mappens',
);
const isNoUrl = say('URL {fault}', 'URL:en {fault}');
