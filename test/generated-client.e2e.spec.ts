import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { projections } from '#running/contracts';
import { plans, RunningSystem } from './support/running-system.js';

const run = promisify(execFile);
const options = { env: { ...process.env, NODE_OPTIONS: '' }, timeout: 300_000 };

const generate = `
import { createClient } from '@hey-api/openapi-ts';
const [input, path] = process.argv.slice(1);
await createClient({
  input,
  output: { path, importFileExtension: '.js' },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  logs: { level: 'silent' },
});
`;

const strictly = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    typeRoots: [join(process.cwd(), 'node_modules/@types')],
    types: ['node'],
    outDir: 'dist',
    rootDir: '.',
  },
  include: ['**/*.ts'],
};

describe('The OpenAPI document', () => {
  let system: RunningSystem;
  let folder: string;
  let document: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    folder = await mkdtemp(join(tmpdir(), 'sparbar-client-'));
    document = JSON.stringify((await system.request('GET', '/v1/openapi.json')).body);
  }, 60_000);
  afterAll(async () => {
    await system.stop();
    await rm(folder, { recursive: true });
  });

  it('is found right by a linter, strictly', async () => {
    const config = await createConfig('extends: [recommended-strict]');
    const problems = await lintFromString({ source: document, config });
    expect(problems.map(({ location: [at], message }) => `${at?.pointer}: ${message}`)).toEqual([]);
  });

  it('gives a client that compiles strictly, and that goes through the tutorial', async () => {
    await writeFile(join(folder, 'openapi.json'), document);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(strictly));
    await copyFile('test/generated-client/tutorial.ts.txt', join(folder, 'tutorial.ts'));
    const generation = ['--input-type=module', '-e', generate, join(folder, 'openapi.json'), join(folder, 'api')];
    await run(process.execPath, generation, options);
    const compiled = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], options).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe('');
    const url = await system.app.getUrl();
    const tokens = [await system.token('controller'), await system.token('administrator')];
    const files = plans.map((name) => join(process.cwd(), 'data', name));
    const { stdout } = await run(
      process.execPath,
      [join(folder, 'dist/tutorial.js'), url, ...tokens, ...files],
      options,
    );
    expect(JSON.parse(stdout)).toEqual({
      items: 72,
      differs: true,
      status: 'Grön',
      told: expect.arrayContaining([expect.stringMatching(/Antogs/)]),
      text: 'Nya insatser',
      projections: projections.length,
      rebuilding: 'rebuild-projection',
      differing: 0,
      refusal: 'not-found',
      fault: 'itemId',
    });
  }, 600_000);
});
