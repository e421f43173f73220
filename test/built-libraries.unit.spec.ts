import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const isScript = (path: string): boolean => path.endsWith('.js');
const dist = join(process.cwd(), 'dist');
const { dependencies } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** What each file of what was built imports, by its path. */
const imports = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter(isScript)
  .map((path) => {
    const text = readFileSync(join(dist, path), 'utf8');
    return {
      path,
      names: [...text.matchAll(/^(?:import|export|\}) ?.*\bfrom ['"]([^'"\s]+)['"];$/gm)].map(([, name]) => name!),
    };
  });

describe('What was built', () => {
  const all = imports.flatMap(({ names }) => names);

  it('reads packages of many small files from a file of each', () => {
    const bundled = ['typebox', '@nestjs/common', '@nestjs/swagger', 'rxjs', 'class-validator', 'jose', 'yaml', 'uuid'];
    expect(all).toEqual(expect.arrayContaining(bundled.map((name) => `#libraries/${name}`)));
    expect(all.filter((name) => /^(@nestjs|es-toolkit|mingo|prom-client)(\/|$)/.test(name))).toEqual([]);
    expect(all.filter((name) => bundled.includes(name))).toEqual([]);
  });

  it('has a file of each library, and one that each thread begins with', () => {
    expect(
      readdirSync(join(dist, 'libs/planning/src'), { recursive: true, encoding: 'utf8' }).filter(isScript),
    ).toEqual(['index.js']);
    const threads = readdirSync(join(process.cwd(), 'libs'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('-in-thread.ts'))
      .map((path) => join('libs', path.replace(/ts$/, 'js')));
    expect(threads.length).toBeGreaterThan(1);
    expect(imports.map(({ path }) => path)).toEqual(expect.arrayContaining(threads));
  });

  it('imports nothing that its package does not ask for', () => {
    const packages = all
      .filter((name) => /^[@a-z]/.test(name) && !builtinModules.includes(name.replace(/^node:/, '')))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    expect(packages).toEqual(expect.arrayContaining(['commander', 'libsql', 'mongodb', 'pino']));
    expect(packages.filter((name) => dependencies[name] === undefined)).toEqual([]);
  });
});
