import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const dist = join(process.cwd(), 'dist');
const { dependencies } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** What each file of what was built imports, by its path. */
const imports = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js'))
  .map((path) => {
    const text = readFileSync(join(dist, path), 'utf8');
    return {
      path,
      names: [...text.matchAll(/^(?:import|export|\}) ?.*\bfrom ['"]([^'"\s]+)['"];$/gm)].map(([, name]) => name!),
    };
  });

describe('What was built', () => {
  it('reads libraries of many small files from a file of each', () => {
    const all = imports.flatMap(({ names }) => names);
    expect(all).toEqual(expect.arrayContaining(['#libraries/typebox', '#libraries/@nestjs/swagger']));
    expect(all.filter((name) => /^(typebox|@nestjs\/swagger|es-toolkit)(\/|$)/.test(name))).toEqual([]);
  });

  it('imports nothing that its package does not ask for', () => {
    const packages = imports.flatMap(({ names, path }) =>
      names
        .filter((name) => /^[@a-z]/.test(name) && !builtinModules.includes(name.replace(/^node:/, '')))
        .map((name) => [path, /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]] as const),
    );
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, name]) => dependencies[name] === undefined)).toEqual([]);
  });
});
