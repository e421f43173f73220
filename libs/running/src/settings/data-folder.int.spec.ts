import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requireDataFolder } from './data-folder.js';
import { readSettings, SettingsFaults } from './settings.js';

describe('The folder of the stores', () => {
  let folder: string;
  const faultOf = async (data: string, others: NodeJS.ProcessEnv = {}): Promise<string | undefined> => {
    const settings = await readSettings({ ...others, SPARBAR_DATA: data });
    return requireDataFolder(settings).then(
      () => undefined,
      (error: unknown) => (error instanceof SettingsFaults ? error.message : Promise.reject(error as Error)),
    );
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-folder-'));
    await writeFile(join(folder, 'file'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('may be there, or be made', async () => {
    expect(await faultOf(folder)).toBeUndefined();
    expect(await faultOf(join(folder, 'new', 'one'))).toBeUndefined();
  });

  it('is no file, and not below one', async () => {
    const file = join(folder, 'file');
    expect(await faultOf(file)).toBe(
      `SPARBAR_DATA cannot hold the stores: ${file} is a file, where a folder is wanted`,
    );
    expect(await faultOf(join(file, 'below'))).toMatch(/cannot be used: a part of its path is a file/);
  });

  // Whoever is root may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('is one that this user can write to', async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    expect(await faultOf(join(locked, 'var'))).toMatch(/this user has no right to it/);
  });

  it('is not looked at where everything is kept on servers', async () => {
    const servers = { EVENT_STORE_URL: 'kurrentdb://one?tls=false', DOCUMENT_STORE_URL: 'mongodb://one/sparbar' };
    expect(await faultOf(join(folder, 'file'), servers)).toBeUndefined();
  });
});
