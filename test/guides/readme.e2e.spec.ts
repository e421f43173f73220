import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { requestTo } from '../support/request-to.js';
import { commandsOf, examplesOf, textOf } from './examples.js';

const page = 'README.md';
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

describe('README.md', () => {
  it('starts everything with one command, which prints requests that are answered', async () => {
    const [start, test, ...others] = commandsOf('README.md');
    // The second is what runs this spec.
    expect([start, test, others]).toEqual(['npm start', 'npm test', []]);
    expect(scripts['test']).toBe('node scripts/test.mjs');
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-readme-'));
    const env = { ...process.env, NODE_OPTIONS: '', PORT: '0', SPARBAR_DATA: folder };
    const [npm, ...words] = start!.split(' ');
    // Of a process group of its own: npm starts a shell, which starts Spårbar.
    const child = spawn(npm!, words, { detached: true, env, stdio: ['ignore', 'pipe', 'ignore'] });
    const gone = once(child, 'exit');
    try {
      let told = '';
      for await (const chunk of child.stdout) {
        told += String(chunk);
        if ((told.match(/^curl /gm) ?? []).length === 3 && told.endsWith('\n')) break;
      }
      const auditor = /^AUDITOR=(\S+)$/m.exec(told)![1]!;
      const requests = [...told.matchAll(/^curl -H "Authorization: Bearer \$AUDITOR" "(http:\/\/[^/]+)(\S+)"$/gm)];
      expect(requests).toHaveLength(3);
      for (const [, origin, path] of requests) {
        expect(await requestTo(origin!, 'GET', path!, { token: auditor })).toMatchObject({ status: 200 });
      }
      expect(await requestTo(requests[0]![1]!, 'GET', '/v1/openapi.json', {})).toMatchObject({ status: 200 });
    } finally {
      process.kill(-child.pid!, 'SIGTERM');
      await gone;
      await rm(folder, { recursive: true });
    }
  }, 60_000);

  it('tells of every application and library where it is', () => {
    const [layout, ...others] = examplesOf(page, 'text');
    expect(others).toEqual([]);
    const named = [...layout!.text.matchAll(/\b((?:apps|libs|scripts|test|data|docs)\/[\w-]*)/g)].map(
      ([, path]) => path!,
    );
    expect(named.filter((path) => !existsSync(join(process.cwd(), path)))).toEqual([]);
  });
});
