import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inLanguage } from '#kernel';
import { makeFolders } from './folders.js';
import { SettingsFaults } from './settings-faults.js';
import { readSettings } from './settings.js';

describe('The folder of the stores', () => {
  let folder: string;
  const faultsIn = async (env: NodeJS.ProcessEnv): Promise<SettingsFaults | undefined> =>
    makeFolders(await readSettings(env)).then(
      () => undefined,
      (error: unknown) => (error instanceof SettingsFaults ? error : Promise.reject(error as Error)),
    );
  const faultOf = async (data: string) => (await faultsIn({ SPARBAR_DATA: data }))?.message;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-folder-'));
    await writeFile(join(folder, 'file'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('may be there, or is made', async () => {
    expect(await faultOf(folder)).toBeUndefined();
    const made = join(folder, 'new', 'one');
    expect(await faultOf(made)).toBeUndefined();
    expect(await readdir(made)).toEqual([]);
    await symlink(made, join(folder, 'link'));
    expect(await faultOf(join(folder, 'link'))).toBeUndefined();
    expect(await faultOf(join(folder, 'link', 'below'))).toBeUndefined();
  });

  it('is no file, and not below one', async () => {
    const file = join(folder, 'file');
    expect(await faultOf(file)).toBe(
      `SPARBAR_DATA cannot hold the stores: ${file} cannot be used: it is a file, where a folder is wanted`,
    );
    expect(await faultOf(join(file, 'below'))).toMatch(/cannot be used: a part of its path is a file/);
  });

  it('is no link that leads nowhere, and not below one', async () => {
    await symlink(join(folder, 'not-mounted', 'data'), join(folder, 'broken'));
    await symlink('around', join(folder, 'around'));
    for (const broken of ['broken', 'around', join('broken', 'below'), join('around', 'below')])
      expect(await faultOf(join(folder, broken))).toMatch(/cannot be used: it is a link that leads nowhere$/);
    expect(existsSync(join(folder, 'not-mounted'))).toBe(false);
  });

  it('has a name that the disk can keep', async () => {
    expect(await faultOf(join(folder, 'x'.repeat(300)))).toMatch(/its name is too long$/);
  });

  // Linux answers so wherever a kernel's own files lie.
  (existsSync('/proc/self') ? it : it.skip)('is no place in which nothing can ever be made', async () => {
    expect(await faultOf('/proc/none')).toBe(
      'SPARBAR_DATA cannot hold the stores: /proc/none cannot be used: nothing can be made there: name another place',
    );
    expect(await faultOf('/proc/none/below')).toMatch(/nothing can be made there/);
    expect(await faultOf('/proc')).toMatch(/\/proc is a folder in which nothing can be made|no right to it/);
    expect(await faultOf('/dev/null/below')).toMatch(/a part of its path is a file/);
  });

  // Whoever is root may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('is one that this user can write to', async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    expect(await faultOf(locked)).toMatch(/this user has no right to it/);
    expect(await faultOf(join(locked, 'var'))).toMatch(/this user has no right to it/);
  });

  it('is told of each variable that names one, in the language of whoever reads it', async () => {
    const [file, elsewhere] = [join(folder, 'file'), join(folder, 'documents')];
    const documents = { DOCUMENT_STORE_URL: `sqlite:${join(elsewhere, 'documents.db')}` };
    const events = { EVENT_STORE_URL: `sqlite:${join(file, 'events.db')}` };
    const faults = await faultsIn({ ...events, SPARBAR_DATA: join(file, 'data') });
    expect(faults?.faults).toEqual([
      expect.stringMatching(/^EVENT_STORE_URL cannot hold/),
      expect.stringMatching(/^SPARBAR_DATA cannot hold/),
    ]);
    expect(inLanguage('sv', faults!.said)).toMatch(/^EVENT_STORE_URL kan inte hysa lagren: .*\nSPARBAR_DATA kan inte/);
    expect((await faultsIn({ ...events, ...documents, SPARBAR_DATA: file }))?.faults).toHaveLength(1);
    expect(existsSync(elsewhere)).toBe(true);
  });

  it('is not looked at where everything is kept on servers', async () => {
    const data = join(folder, 'file');
    const servers = { EVENT_STORE_URL: 'kurrentdb://one?tls=false', DOCUMENT_STORE_URL: 'mongodb://one/sparbar' };
    expect(await faultsIn({ ...servers, SPARBAR_DATA: data })).toBeUndefined();
  });
});
