import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings } from '#running';
import { contractOf } from '../../scripts/contract.mjs';
import { Authority } from '../support/certificates.js';
import { commandLine } from '../support/command-line.js';
import { startKurrentDbDouble } from '../support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../support/kurrentdb-double/kurrentdb-double.mjs';
import { runSparbar } from '../support/sparbar-command.js';
import { commandsOf, textOf, wordsOf } from './examples.js';

const page = 'docs/guide/servers.md';
const secret = 'h:e@m/l?i#g%t';

interface Service {
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

/** The commands are run on a double of KurrentDB; what needs Docker or servers of one's own is held against what it names. */
describe('The guide to servers', () => {
  let folder: string;
  let authority: Authority;
  let double: KurrentDbDouble;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-servers-guide-'));
    authority = await Authority.make();
    double = await startKurrentDbDouble({
      tls: await authority.sign(['IP:127.0.0.1']),
      users: { admin: secret, sparbar: secret },
      admins: ['admin'],
    });
    const loaded = await commandLine(
      '--data',
      folder,
      '--as',
      'controller-1',
      'load',
      'data/uppsala-organisation.yaml',
    );
    expect(loaded).toMatchObject({ exitCode: 0 });
  }, 60_000);
  afterAll(async () => {
    await double.stop();
    await authority.remove();
    await rm(folder, { recursive: true });
  });

  /** A word of the guide with the double for the server, a password for the dots, and a folder of this spec for `var`. */
  const here = (word: string): string => {
    const [, user = 'admin'] = /kurrentdb:\/\/(\w+):…@/.exec(word) ?? [];
    const url = `kurrentdb://${user}:${encodeURIComponent(secret)}@127.0.0.1:${double.port}?tlsCaFile=${encodeURIComponent(authority.file)}`;
    return word.replace(/^kurrentdb:.*/, url).replace('sqlite:var/', `sqlite:${folder}/`);
  };

  const compose = parse(textOf('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };

  const run: Readonly<Record<string, (words: string[], environment: Record<string, string>) => unknown>> = {
    'sparbar log secure': async ([, ...words]) => {
      const said = await commandLine(...words.map(here));
      expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('would be changed') });
    },
    'sparbar log check': async ([, ...words]) => {
      const said = await commandLine(...words.map(here));
      expect(said).toMatchObject({ exitCode: 6, stdout: expect.stringContaining('LACKING') });
    },
    'sparbar copy --from': async ([, ...words]) => {
      const said = await runSparbar('', '', ...words.map(here));
      expect(said).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^([0-9]+) events, \1 of them copied now/),
      });
    },
    'docker compose up': (words) => {
      const [, , , ...options] = words;
      expect(options.slice(0, 2)).toEqual(['--build', '--scale']);
      const [service, replicas] = options[2]!.split('=');
      const [, first, last] = /^(?:[\d.]+:)?(\d+)-(\d+):3000$/.exec(compose.services[service!]!.ports![0]!)!;
      expect(Number(last) - Number(first)).toBeGreaterThanOrEqual(Number(replicas));
      expect(textOf(page)).toContain(`ports ${first} to ${last}`);
    },
    'docker compose exec': async ([, , , service, program, file]) => {
      expect([program, compose.services[service!]!.volumes!.some((volume) => volume.includes(':/keys'))]).toEqual([
        'cat',
        true,
      ]);
      expect(await commandLine('keys', folder)).toMatchObject({ exitCode: 0 });
      expect(existsSync(file!.replace('/keys', folder))).toBe(true);
    },
    'npm run contract': async (_, environment) => {
      const contract = contractOf({ ...environment, REDIS_URL: 'redis://there' })!;
      expect(contract).toMatchObject({ named: ['KURRENTDB_URL', 'MONGODB_URL'], isWhole: true });
      expect(specs.filter((spec) => new RegExp(contract.pattern).test(spec)).length).toBe(4);
      const settings = {
        EVENT_STORE_URL: environment['KURRENTDB_URL'],
        DOCUMENT_STORE_URL: environment['MONGODB_URL'],
      };
      expect(await readSettings(settings)).toMatchObject({ data: 'var' });
    },
    'npm test --': (words, { KURRENTDB_START, MONGODB_START, SERVER_SPECS }) => {
      for (const command of [KURRENTDB_START, MONGODB_START]) expect(command).toMatch(/\{folder\}.*\{port\}/);
      expect([SERVER_SPECS, words[3]]).toEqual(['1', '--testPathPatterns']);
      for (const pattern of words[4]!.split('|'))
        expect(specs.some((spec) => new RegExp(pattern).test(spec))).toBe(true);
    },
    'npm run soak': () => expect(existsSync('scripts/soak.mjs')).toBe(true),
  };

  const specs = ['libs', 'test'].flatMap((top) =>
    (readdirSync(join(process.cwd(), top), { recursive: true }) as string[])
      .filter((name) => name.endsWith('.spec.ts'))
      .map((name) => `${top}/${name}`),
  );

  it.each(commandsOf(page))(
    'says with reason: %s',
    async (command) => {
      const { environment, words } = wordsOf(command);
      const how = run[words.slice(0, 3).join(' ')];
      expect(how).toBeDefined();
      await how!(words, environment);
    },
    60_000,
  );

  it('names URLs that the settings take', async () => {
    const table = [...textOf(page).matchAll(/^\| `([A-Z_]+_URL)` +\| (.*)\|$/gm)];
    expect(table.map(([, name]) => name)).toEqual(['EVENT_STORE_URL', 'DOCUMENT_STORE_URL', 'JOBS_URL']);
    for (const [, name, cells] of table) {
      for (const [, url] of cells!.matchAll(/`((?:sqlite:|\w+:\/\/)[^`…]+)`/g)) {
        await expect(readSettings({ [name!]: url })).resolves.toBeDefined();
      }
    }
    const clusters = [...textOf(page).matchAll(/`(kurrentdb(?:\+discover)?:\/\/[^`…]+)`/g)].map(([, url]) => url!);
    expect(clusters.length).toBeGreaterThan(2);
    for (const url of clusters) await expect(readSettings({ EVENT_STORE_URL: url })).resolves.toBeDefined();
  });
});
