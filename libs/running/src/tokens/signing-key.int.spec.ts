import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fileFaultOf } from '#kernel';
import { SettingsFaults } from '../settings/settings-faults.js';
import { SigningKey } from './signing-key.js';

describe('The signing key of a folder', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-key-'));
    file = join(folder, 'signing-key.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, whole, however many processes ask for it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => SigningKey.in(join(folder, 'new'))));
    expect(new Set(keys.map(({ publicKeys }) => JSON.stringify(publicKeys))).size).toBe(1);
    expect(await readdir(join(folder, 'new'))).toEqual(['signing-key.json']);
    expect((await SigningKey.in(join(folder, 'new'))).publicKeys).toEqual(keys[0]!.publicKeys);
  });

  it.each([
    ['is empty', ''],
    ['was cut off', '{"kty":"EC","cr'],
    ['is no key', '{}'],
    ['is null', 'null'],
    [
      'has no private half',
      JSON.stringify({
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      }),
    ],
  ])('is refused with its path where what is kept %s, and left as it is', async (_, kept) => {
    await writeFile(file, kept);
    await expect(SigningKey.in(folder)).rejects.toThrow(`${file} holds no key`);
    await expect(SigningKey.in(folder)).rejects.toThrow(SettingsFaults);
    expect(await readFile(file, 'utf8')).toBe(kept);
  });

  it('is refused where something else is in its place', async () => {
    await mkdir(file);
    expect(fileFaultOf(await SigningKey.in(folder).catch((error: unknown) => error))?.message).toBe(
      `${file} cannot be used: it is a folder, where a file is wanted`,
    );
    await rm(file, { recursive: true });
    await symlink(join(folder, 'not-mounted'), file);
    await expect(SigningKey.in(folder)).rejects.toThrow(`${file} holds no key`);
    expect(await readdir(folder)).toEqual(['signing-key.json']);
  });
});
