import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Authority } from './support/certificates.js';
import { commandLine } from './support/command-line.js';
import { startKurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';
import { runSparbar } from './support/sparbar-command.js';

const asProcess = (...words: readonly string[]) => runSparbar('http://127.0.0.1:9', '', ...words);
const secret = 'h:e@m/l?i#g%t';

describe('The rights of a log on KurrentDB (a protocol double), at the command line', () => {
  let authority: Authority;
  let double: KurrentDbDouble;
  let urlOf: (user: string, password?: string) => string;

  beforeAll(async () => {
    authority = await Authority.make();
    double = await startKurrentDbDouble({
      tls: await authority.sign(['IP:127.0.0.1']),
      users: { admin: secret, sparbar: secret },
      admins: ['admin'],
    });
    const ca = encodeURIComponent(authority.file);
    urlOf = (user, password = secret) =>
      `kurrentdb://${user}:${encodeURIComponent(password)}@127.0.0.1:${double.port}?tlsCaFile=${ca}`;
  }, 60_000);
  afterAll(async () => {
    await double.stop();
    await authority.remove();
  });

  it('are checked, secured, and checked again, and no password is told on the way', async () => {
    const before = await commandLine('log', 'check', urlOf('sparbar'));
    expect(before.exitCode).toBe(6);
    expect(before.stdout).toContain('Version 22.10.5, one node');
    expect(before.stdout).toContain('LACKING: The user "sparbar" may not read the log');
    expect(before.stdout).toContain('TOO MUCH: The user "sparbar" may delete streams');

    const preview = await commandLine('log', 'secure', urlOf('admin'), '--dry-run');
    expect(preview.stdout).toContain('Who may read the log would be changed');
    const secured = await asProcess('log', 'secure', urlOf('admin'), '--copier', 'copier');
    expect(secured.stdout).toContain('"$r":["sparbar","copier","$admins"]');
    const again = await commandLine('log', 'secure', urlOf('admin'), '--copier', 'copier');
    expect(again.stdout).toBe(
      'Who may read the log is as it should be\nWho may do what with streams is as it should be\n',
    );

    const after = await commandLine('--json', 'log', 'check', urlOf('sparbar'));
    expect(after.exitCode).toBe(0);
    expect(JSON.parse(after.stdout)).toMatchObject({ user: 'sparbar', lacking: [], beyondNeed: [], limits: [] });
    for (const { stderr, stdout } of [before, preview, secured, again, after]) {
      expect(stdout + stderr).not.toContain(secret);
      expect(stdout + stderr).not.toContain(encodeURIComponent(secret));
    }
  }, 120_000);

  it('are for an administrator to give, and nothing is asked of a file or with a wrong password', async () => {
    const refused = await commandLine('log', 'secure', urlOf('sparbar'));
    expect([refused.exitCode, refused.stderr]).toEqual([77, expect.stringContaining('"sparbar"')]);
    const wrong = await asProcess('log', 'check', urlOf('sparbar', 'another'));
    expect([wrong.exitCode, wrong.stderr]).toEqual([77, expect.stringContaining('the password is wrong')]);
    const file = await commandLine('log', 'check', 'sqlite:events.db');
    expect([file.exitCode, file.stderr]).toEqual([2, expect.stringContaining('URL names a file')]);
    const none = await commandLine('log', 'check');
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('EVENT_STORE_URL')]);
  }, 120_000);
});
