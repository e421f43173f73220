import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Libraries of hundreds of small files, of which a process reads every one before it does anything: `typebox` has 680 and
 * `@nestjs/swagger`, with what it uses of `es-toolkit`, 530. What is listed with them is read by nobody else, and goes into their
 * files; all else that they import stays a package of its own.
 */
const libraries = ['@nestjs/swagger', 'typebox'];
const within = [...libraries, '@nestjs/mapped-types', 'es-toolkit', 'js-yaml', 'path-to-regexp'];

const named = (names) => new RegExp(`^(?:${names.join('|')})(?:/|$)`);
const imported = new RegExp(`(?<=\\bfrom ')(?:${libraries.join('|')})(?:/[\\w-]+)*(?=')`, 'g');

/**
 * Makes a file of each entry of those libraries that what was built imports, in the folder `libraries` beside it, and has it
 * import them from there.
 * @param folder what was built
 */
export async function bundleLibraries(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));
  const entries = new Set();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const led = text.replace(imported, (name) => {
      entries.add(name);
      return `#libraries/${name}`;
    });
    if (led !== text) writeFileSync(file, led);
  }
  await build({
    entryPoints: Object.fromEntries([...entries].map((name) => [name, name])),
    outdir: join(folder, 'libraries'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    logLevel: 'warning',
    plugins: [{ name: 'others stay packages', setup: leaveOthers }],
  });
}

function leaveOthers({ onResolve }) {
  const inside = named(within);
  onResolve({ filter: /^[^./]/ }, ({ path }) => (inside.test(path) ? undefined : { path, external: true }));
}
