import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** What `npm pack` makes, as it lies in the project that installed it. */
describe('The package', () => {
  let folder: string;
  let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };
  const inPackage = (...path: string[]) => join(folder, 'node_modules', 'sparbar', ...path);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-package-'));
    const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
      cwd: process.cwd(),
    });
    packed = packedOf(stdout);
    await mkdir(inPackage(), { recursive: true });
    await run('tar', ['-xzf', join(folder, packed.filename), '--strip-components=1', '-C', inPackage()]);
    await symlink(join(process.cwd(), 'node_modules'), inPackage('node_modules'));
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has a command that runs', async () => {
    const { bin } = await manifest();
    const { stdout } = await run(process.execPath, [inPackage(bin.sparbar), '--help'], { cwd: folder });
    expect(stdout).toContain('Usage: sparbar');
  });

  it('carries what runs, the plans, the licence, and the versions that were tested', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['LICENSE', 'SECURITY.md', 'CHANGELOG.md', 'publiccode.yml', 'npm-shrinkwrap.json']),
    );
    expect(paths).toContain('data/uppsala-organisation.yaml');
    expect(paths.filter((path) => /\.spec\.|\/testing\/|^(libs|apps|test|scripts|docs)\//.test(path))).toEqual([]);
  });

  it('installs nothing that phones home', async () => {
    const { packages } = JSON.parse(await readFile(inPackage('npm-shrinkwrap.json'), 'utf8')) as {
      packages: Record<string, { name?: string; hasInstallScript?: true; dev?: true }>;
    };
    const counting = Object.entries(packages).filter(([path]) => path.endsWith('@scarf/scarf'));
    expect(counting.map(([, { hasInstallScript, name }]) => ({ hasInstallScript, name }))).toEqual([
      { hasInstallScript: undefined, name: 'empty-npm-package' },
    ]);
    // What runs code at install is looked at before it is let in.
    const running = Object.entries(packages).filter(([, one]) => one.hasInstallScript && !one.dev);
    expect(running.map(([path]) => path.replace(/^.*node_modules\//, '')).sort()).toEqual([
      'msgpackr-extract',
      'protobufjs',
    ]);
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
      license: string;
      version: string;
    };
});

/** npm tells of one package in a list, or by its name. */
function packedOf(stdout: string) {
  const told = JSON.parse(stdout) as Record<string, unknown>;
  return Object.values(told)[0] as { filename: string; files: { path: string }[] };
}
