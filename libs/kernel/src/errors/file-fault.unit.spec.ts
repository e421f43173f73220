import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileFaultOf } from './file-fault.js';

describe('What an error of the file system means', () => {
  let folder: string;
  let file: string;
  const faultOf = (work: Promise<unknown>) => work.then(() => undefined, fileFaultOf);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-files-'));
    file = join(folder, 'file');
    await writeFile(file, '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is said with the path and what to do', async () => {
    const missing = join(folder, 'missing');
    expect(await faultOf(readFile(missing))).toMatchObject({ message: `There is no ${missing}`, isMissing: true });
    expect(await faultOf(writeFile(folder, ''))).toMatchObject({ message: expect.stringContaining('is a folder') });
    expect(await faultOf(mkdir(file, { recursive: true }))).toMatchObject({
      message: `${file} cannot be used: it is a file, where a folder is wanted`,
      isMissing: false,
    });
    expect(await faultOf(writeFile(join(file, 'below'), ''))).toMatchObject({
      message: expect.stringContaining('a part of its path is a file'),
    });
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'ELOOP', 'ENAMETOOLONG'])(
    'is said of %s',
    (code) => {
      expect(fileFaultOf(Object.assign(new Error('no'), { code, path: '/var/x' }))?.message).toMatch(
        /^\/var\/x cannot be used: \w.+/,
      );
    },
  );

  it('is not that something is missing where it cannot be made', () => {
    const error = Object.assign(new Error('no'), { code: 'ENOENT', syscall: 'mkdir', path: '/proc/none' });
    expect(fileFaultOf(error)).toMatchObject({
      isMissing: false,
      message: expect.stringMatching(/nothing can be made/),
    });
  });

  it('is said without a path of what fails while a file is written', () => {
    const error = Object.assign(new Error('no'), { code: 'ENOSPC', syscall: 'write' });
    expect(fileFaultOf(error)?.message).toBe('A file cannot be written: there is no room left on its disk');
    expect(fileFaultOf({ ...error, syscall: 'connect' })).toBeUndefined();
  });

  it('is nothing of other errors', () => {
    for (const other of [undefined, 'text', new Error('x'), Object.assign(new Error('x'), { code: 'EPIPE' })])
      expect(fileFaultOf(other)).toBeUndefined();
  });
});
