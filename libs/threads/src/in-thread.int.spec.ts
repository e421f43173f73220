import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { inThread } from './in-thread.js';
import { TakesTooMuch } from './takes-too-much.js';

const work = new URL('testing/work.mjs', import.meta.url);
const built = pathToFileURL(join(process.cwd(), 'dist', 'libs', 'threads', 'src', 'index.js')).href;

describe('Work in a thread', () => {
  it('gives what it makes of what it is given', async () => {
    const given = { text: 'Miljönämnden', bytes: new Uint8Array([1, 2]), places: new Map([['a', { line: 1 }]]) };
    expect(await inThread(work, { as: 'answer', given })).toEqual({ given });
  });

  it('tells what it throws', async () => {
    await expect(inThread(work, { as: 'failure' })).rejects.toThrow('This cannot be done');
  });

  it('ends where nobody waits for it, and leaves room for others', async () => {
    const caller = new AbortController();
    const endless = Array.from({ length: 4 }, () => inThread(work, { as: 'endless' }, caller.signal));
    const ended = Promise.allSettled(endless);
    await pause(300);
    caller.abort(new Error('The caller hung up'));
    expect((await ended).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    await expect(endless[0]).rejects.toThrow('The caller hung up');
    expect(await inThread(work, { as: 'answer', given: 1 })).toEqual({ given: 1 });
    await expect(inThread(work, { as: 'answer' }, caller.signal)).rejects.toThrow('The caller hung up');
  });

  it('is refused where it takes more memory than it is given, and the process lives', async () => {
    await expect(inThread(work, { as: 'greedy', given: 1.5 })).rejects.toThrow(TakesTooMuch);
    expect(await inThread(work, { as: 'answer', given: 1 })).toEqual({ given: 1 });
  });

  it('fails, and ends no process, where no thread can begin', async () => {
    const noThread = "import{isMainThread}from'node:worker_threads';if(!isMainThread)throw new Error('No thread')";
    const script = `
      const { inThread } = await import(${JSON.stringify(built)});
      const work = () => inThread(new URL(${JSON.stringify(work.href)}), { as: 'answer' });
      for (const failed of [await work().catch(() => 'failed'), await work().catch(() => 'failed')]) console.log(failed);`;
    expect(await outputOf(script, `--import=data:text/javascript,${encodeURIComponent(noThread)}`)).toBe(
      'failed\nfailed\n',
    );
  });

  it('keeps no process alive that has nothing else to do', async () => {
    const script = `
      const { inThread } = await import(${JSON.stringify(built)});
      const { given } = await inThread(new URL(${JSON.stringify(work.href)}), { as: 'answer', given: 'done' });
      console.log(given);`;
    expect(await outputOf(script)).toBe('done\n');
  });
});

async function outputOf(script: string, ...flags: readonly string[]): Promise<string> {
  const parameters = [...flags, '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { timeout: 30_000 });
  return stdout;
}
