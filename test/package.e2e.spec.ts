import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** What `npm pack` makes, where it finds what is installed with it. */
describe('The package', () => {
  let folder: string;
  let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };
  const inPackage = (...path: string[]) => join(folder, 'sparbar', ...path);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-package-'));
    const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
      cwd: process.cwd(),
    });
    packed = packedOf(stdout);
    await mkdir(inPackage(), { recursive: true });
    await run('tar', ['-xzf', join(folder, packed.filename), '--strip-components=1', '-C', inPackage()]);
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has a command that runs', async () => {
    const { bin } = await manifest();
    const { stdout } = await run(process.execPath, [inPackage(bin.sparbar), '--help'], { cwd: folder });
    expect(stdout).toContain('Usage: sparbar');
  });

  it('carries what runs, the plans, and the licence', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'SECURITY.md', 'CHANGELOG.md', 'publiccode.yml']));
    expect(paths).toContain('data/uppsala-organisation.yaml');
    expect(paths.filter((path) => /\.spec\.|\/testing\/|^(libs|apps|test|scripts|docs)\//.test(path))).toEqual([]);
  });

  it('brings what would ask npm for a package that phones home, with an empty one in its place', async () => {
    const { bundleDependencies: brought, dependencies } = await manifest();
    for (const one of brought) {
      expect(packed.files.map(({ path }) => path)).toContain(`node_modules/${one}/package.json`);
    }
    const counting = packed.files.filter(({ path }) => path.includes('@scarf/'));
    expect(counting.map(({ path }) => path.split('/').at(-1)).sort()).toEqual(['index.js', 'package.json']);
    const empty = packed.files.find(({ path }) => path.endsWith('@scarf/scarf/package.json'))!;
    const { stdout } = await run('tar', ['-xzOf', join(folder, packed.filename), `package/${empty.path}`]);
    expect((JSON.parse(stdout) as { name: string }).name).toBe('empty-npm-package');
    expect(await askingFor('@scarf/scarf', dependencies, brought)).toEqual([]);
  });

  it('brings nothing but what is in it: npm leaves out whatever what is brought leads to, peers included', async () => {
    const carried = packed.files.map(({ path }) => path);
    const left = Object.entries(await locked()).filter(
      ([path, { inBundle }]) => inBundle && !carried.includes(`${path}/package.json`),
    );
    expect(left.map(([path]) => path)).toEqual([]);
  });

  it('asks for the very version of what it brings that others ask for, so that none of them gets one of its own', async () => {
    const { bundleDependencies: brought, dependencies } = await manifest();
    const packages = await locked();
    for (const one of brought) {
      const asking = Object.entries(packages).filter(([path, { dependencies: its }]) => path !== '' && its?.[one]);
      expect(asking.length).toBeGreaterThan(0);
      for (const [path, { dependencies: its, version }] of asking) {
        expect([path, its![one]]).toEqual([path, dependencies[one]]);
        expect(dependencies[path.replace('node_modules/', '')]).toBe(version);
      }
    }
  });

  it('tells the same of itself wherever it does', async () => {
    const { bin: _, ...packaged } = await manifest();
    const catalogue = parse(await readFile(inPackage('publiccode.yml'), 'utf8')) as Record<string, unknown>;
    expect(catalogue).toMatchObject({ softwareVersion: packaged.version, legal: { license: packaged.license } });
    expect(await readFile(inPackage('LICENSE'), 'utf8')).toContain('EUROPEAN UNION PUBLIC LICENCE v. 1.2');
    expect(packaged.license).toBe('EUPL-1.2');
  });

  const manifest = async () =>
    JSON.parse(await readFile(inPackage('package.json'), 'utf8')) as {
      bin: { sparbar: string };
      bundleDependencies: string[];
      dependencies: Record<string, string>;
      license: string;
      version: string;
    };
});

/** npm tells of one package in a list, or by its name. */
function packedOf(stdout: string) {
  const told = JSON.parse(stdout) as Record<string, unknown>;
  return Object.values(told)[0] as { filename: string; files: { path: string }[] };
}

interface Locked {
  readonly version?: string;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What the lockfile says of each package, by its folder. */
async function locked(): Promise<Readonly<Record<string, Locked>>> {
  const text = await readFile(join(process.cwd(), 'package-lock.json'), 'utf8');
  return (JSON.parse(text) as { packages: Record<string, Locked> }).packages;
}

/** The packages that whoever installs this gets from npm, and that ask for another one, by what the lockfile says of them. */
async function askingFor(name: string, wanted: Readonly<Record<string, string>>, brought: readonly string[]) {
  const packages = await locked();
  const seen = new Set(Object.keys(wanted).filter((one) => !brought.includes(one)));
  for (const one of seen) {
    const { dependencies, optionalDependencies } = packages[`node_modules/${one}`] ?? {};
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (!brought.includes(next)) seen.add(next);
  }
  expect(seen.size).toBeGreaterThan(100);
  return [...seen].filter((one) => packages[`node_modules/${one}`]?.dependencies?.[name]);
}
