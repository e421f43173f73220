import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/**
 * Packages of many small files, of which a process reads every one before it does anything: with what they import, Nest and Fastify
 * have 1,800 and `typebox` 680. Those that share something are in one file, so that there is one of each.
 */
const bundles = {
  framework: ['@nestjs/', 'rxjs', 'class-validator', '@fastify/rate-limit'],
  typebox: ['typebox'],
  jose: ['jose'],
  yaml: ['yaml'],
  mingo: ['mingo/'],
  metrics: ['prom-client'],
  uuid: ['uuid'],
};
/** What is one for all who import it, and what starts threads from its own files. */
const apart = ['reflect-metadata', 'pino'];

const usual = { bundle: true, format: 'esm', platform: 'node', target: 'node20', keepNames: true, logLevel: 'warning' };

/**
 * Makes one file of each of those packages, and of each of our libraries, which processes then read instead.
 * @param folder what was built
 * @param imports where the names of our libraries lead to, from there
 */
export async function bundleLibraries(folder, imports) {
  for (const [name, packages] of Object.entries(bundles)) await bundlePackages(folder, name, packages);
  for (const library of readdirSync(join(folder, 'libs'))) await bundleLibrary(folder, library, imports);
}

/** Has what was built import those packages from the folder `libraries` beside it. */
async function bundlePackages(folder, bundle, packages) {
  const named = packages.map((name) => (name.endsWith('/') ? `${name}[^']+` : `${name}(?:/[^']+)?`)).join('|');
  const statement = new RegExp(`^import (?:(\\w+)|\\{ ([^}]+) \\}) from '(${named})';$`, 'gm');
  const used = new Map();
  for (const file of scriptsIn(folder)) {
    const text = readFileSync(file, 'utf8');
    const led = text.replace(statement, (all, whole, parts, from) => {
      const names = whole ? ['default'] : parts.split(', ').map((part) => part.split(' as ')[0]);
      used.set(from, new Set([...(used.get(from) ?? []), ...names]));
      return all.replace(`'${from}'`, `'#libraries/${from}'`);
    });
    if (led !== text) writeFileSync(file, led);
  }
  const entries = [...used].map(([from, names], index) => ({
    from,
    // Two packages may have the same name for something.
    pairs: [...names].sort().map((name) => [name, `${name}_${index}`]),
  }));
  const target = join(folder, 'libraries', `${bundle}.bundle.js`);
  await build({
    ...usual,
    stdin: {
      contents: entries.map(({ from, pairs }) => `export { ${renamed(pairs)} } from '${from}';`).join('\n'),
      resolveDir: folder,
    },
    outfile: target,
    // As modules, packages that have both forms are read for what is used of them alone.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    // What is not written as a module asks for what belongs to Node by `require`.
    banner: { js: "import { createRequire as asking } from 'node:module';\nconst require = asking(import.meta.url);" },
    plugins: [{ name: 'apart', setup: leaveApart }],
  });
  for (const { from, pairs } of entries) {
    const file = join(folder, 'libraries', `${from}.js`);
    mkdirSync(dirname(file), { recursive: true });
    const back = `${'../'.repeat(from.split('/').length - 1) || './'}${bundle}.bundle.js`;
    const turned = pairs.map(([name, inBundle]) => [inBundle, name]);
    writeFileSync(file, `export { ${renamed(turned)} } from '${back}';\n`);
  }
}

const renamed = (pairs) => pairs.map(([name, other]) => `${name} as ${other}`).join(', ');

/** What is imported when it is needed stays a package too. */
function leaveApart({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
    kind === 'dynamic-import' || apart.includes(path) ? { path, external: true } : undefined,
  );
}

/** Makes a file of what a name leads to or a thread starts with, and takes away the files that are in it. */
async function bundleLibrary(folder, library, imports) {
  const sources = join(folder, 'libs', library, 'src');
  const all = scriptsIn(sources);
  const named = Object.values(imports).map((path) => join(folder, path));
  const { metafile } = await build({
    ...usual,
    entryPoints: all.filter((file) => named.includes(file) || /-in-thread\.js$/.test(file)),
    outdir: sources,
    outbase: sources,
    splitting: true,
    sourcemap: true,
    allowOverwrite: true,
    metafile: true,
    absWorkingDir: folder,
    plugins: [{ name: 'own', setup: (plugin) => leaveOthers(plugin, sources) }],
  });
  const made = Object.keys(metafile.outputs).map((file) => join(folder, file));
  for (const file of all.filter((each) => !made.includes(each))) {
    rmSync(file);
    rmSync(`${file}.map`, { force: true });
  }
}

function leaveOthers({ onLoad, onResolve }, sources) {
  onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, external: true }));
  // What a file finds beside itself it still finds when it is part of another.
  onLoad({ filter: /\.js$/ }, ({ path }) => {
    const here = `new URL('./${relative(sources, path).replaceAll('\\', '/')}', import.meta.url).href`;
    return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', here) };
  });
}

const scriptsIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));
