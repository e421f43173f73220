import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreRefused } from '#kernel';
import { Authority } from '../../../../../test/support/certificates.js';
import { startKurrentDbDouble } from '../../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { anEvent } from '../../testing/index.js';
import { LogAdministrator, logRights, openKurrentEventStore } from '../index.js';

const users = { user: 'sparbar', copiers: ['copier'] };
const secret = 'lösen:ord/@?#%';

describe('Whoever administers a log on KurrentDB (a protocol double with access control lists)', () => {
  let authority: Authority;
  let double: KurrentDbDouble;
  const open = new Set<{ close(): Promise<void> }>();

  beforeAll(async () => {
    authority = await Authority.make();
  }, 30_000);
  afterAll(() => authority.remove());
  beforeEach(async () => {
    double = await startKurrentDbDouble({
      tls: await authority.sign(['IP:127.0.0.1']),
      users: { admin: secret, sparbar: secret, copier: secret, other: secret },
      admins: ['admin'],
    });
  });
  afterEach(async () => {
    await Promise.all([...open].map((one) => one.close()));
    open.clear();
    await double.stop();
  });

  const urlOf = (user: string) =>
    `kurrentdb://${user}:${encodeURIComponent(secret)}@127.0.0.1:${double.port}?tlsCaFile=${encodeURIComponent(authority.file)}`;
  const opened = <One extends { close(): Promise<void> }>(one: One): One => {
    open.add(one);
    return one;
  };
  const by = (user: string) => opened(LogAdministrator.of(urlOf(user)));
  const logOf = (user: string) => opened(openKurrentEventStore(urlOf(user)));
  /** As an administrator has it, for what the administrator's own tool does not do. */
  const client = () =>
    KurrentDBClient.connectionString(
      `kurrentdb://127.0.0.1:${double.port}?tlsCaFile=${encodeURIComponent(authority.file)}`,
    );
  const credentials = { username: 'admin', password: secret };

  it('is told that by default any user may delete every stream, and may not read the log', async () => {
    const { beyondNeed, lacking, nodes, user, version } = await by('other').checkAccess();
    expect(lacking).toEqual(['read']);
    expect(beyondNeed).toEqual(['delete', 'tombstone', 'metadata']);
    expect({ user, version }).toEqual({ user: 'other', version: '22.10.5' });
    expect(nodes).toEqual([{ host: '127.0.0.1', port: double.port, leads: true, alive: true }]);
  });

  it('is told what would change, and changes nothing by asking', async () => {
    const administrator = by('admin');
    const before = await administrator.preview(users);
    expect(before.map(({ changes, of }) => [of, changes])).toEqual([
      ['$all', true],
      ['$settings', true],
    ]);
    expect(await administrator.preview(users)).toEqual(before);
    expect((await by('sparbar').checkAccess()).lacking).toEqual(['read']);
  });

  it('gives each user what it needs and no more, and changes nothing the second time', async () => {
    const administrator = by('admin');
    await administrator.secure(users);
    expect(await by('sparbar').checkAccess()).toMatchObject({ lacking: [], beyondNeed: [] });
    expect(await by('copier').checkAccess()).toMatchObject({ lacking: ['append'], beyondNeed: [] });
    expect(await by('other').checkAccess()).toMatchObject({ lacking: ['read', 'append'], beyondNeed: [] });
    expect((await administrator.checkAccess()).beyondNeed).toEqual(
      logRights.filter((right) => right !== 'read' && right !== 'append'),
    );
    const again = await administrator.secure(users);
    expect(again.map(({ changes }) => changes)).toEqual([false, false]);
    const log = logOf('sparbar');
    await log.append('uppsala.item-1', [anEvent()], 'no-stream');
    expect(await log.readAll({ limit: 9 })).toHaveLength(1);
    expect(await logOf('copier').readAll({ limit: 9 })).toHaveLength(1);
    await expect(logOf('copier').readStream('uppsala.item-1')).rejects.toThrow(StoreRefused);
  });

  it('leaves what else the settings say, and readers that are there, but not everybody', async () => {
    const server = client();
    await server.setStreamMetadata(
      '$all',
      { acl: { readRoles: ['$all', 'statistics'] }, note: 'kept' },
      { credentials },
    );
    await by('admin').secure(users);
    const [log] = await by('admin').preview(users);
    expect(log!.before).toEqual({
      note: 'kept',
      $acl: { $r: ['sparbar', 'copier', 'statistics', '$admins'] },
    });
    await server.dispose();
  });

  it('may not be anybody: who is no administrator is refused, and nothing has changed', async () => {
    await expect(by('sparbar').secure(users)).rejects.toThrow(/"sparbar".*administer \$\$\$all/);
    await expect(by('sparbar').preview(users)).rejects.toThrow(StoreRefused);
    expect((await by('admin').preview(users)).every(({ changes }) => changes)).toBe(true);
  });

  it('finds the streams that lose events, or have rights of their own, and leaves no trace by asking', async () => {
    const log = logOf('admin');
    for (const name of ['aged', 'deleted', 'short', 'whole']) {
      await log.append(`uppsala.item-${name}`, [anEvent(1), anEvent(2)], 'no-stream');
    }
    const server = client();
    await server.setStreamMetadata('uppsala.item-short', { maxCount: 1 }, { credentials });
    await server.setStreamMetadata(
      'uppsala.item-aged',
      { maxAge: 60, acl: { deleteRoles: ['other'] } },
      { credentials },
    );
    await server.deleteStream('uppsala.item-deleted', { credentials });
    const before = await log.head();
    expect((await by('admin').checkStreams()).limits).toEqual([
      { stream: 'uppsala.item-short', maxCount: 1 },
      { stream: 'uppsala.item-aged', maxAge: 60, acl: true },
      { stream: 'uppsala.item-deleted', deleted: true },
    ]);
    expect(await log.head()).toBe(before);
    await server.dispose();
  });

  it('finds the streams of others, and how much they hold', async () => {
    const log = logOf('admin');
    await log.append('uppsala.item-1', [anEvent()], 'no-stream');
    const server = client();
    const others = Array.from({ length: 3 }, () => jsonEvent({ type: 'Invoiced', data: { sum: 1 } }));
    await server.appendToStream('invoice-7', others, { credentials });
    await server.appendToStream('uppsala.item-1', others.slice(0, 1), { credentials });
    expect(await by('admin').checkStreams()).toEqual({
      limits: [],
      foreign: [
        { stream: 'invoice-7', events: 3 },
        { stream: 'uppsala.item-1', events: 1 },
      ],
      foreignStreams: 2,
    });
    await server.dispose();
  });

  it('finds a stream that begins anew after it was deleted', async () => {
    const log = logOf('admin');
    await log.append('uppsala.item-1', [anEvent()], 'no-stream');
    const server = client();
    await server.deleteStream('uppsala.item-1', { credentials });
    await log.append('uppsala.item-1', [anEvent()], 'no-stream').catch(() => undefined);
    expect((await by('admin').checkStreams()).limits).toEqual([{ stream: 'uppsala.item-1', truncateBefore: 1 }]);
    await server.dispose();
  });
});
