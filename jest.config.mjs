import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** The libraries that a build makes a file of each of. Specs read them so too: each spec reads all that it imports anew. */
const libraries = new URL('dist/libraries/', import.meta.url);
const bundled = (existsSync(libraries) ? readdirSync(libraries, { recursive: true }) : [])
  .filter((file) => file.endsWith('.js') && !file.startsWith('chunk-'))
  .map((file) => file.replaceAll('\\', '/').slice(0, -'.js'.length));

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // What needs a server that npm does not bring is run by `.ci/run`, which starts it.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.SERVER_SPECS ? [] : ['\\.server\\.spec\\.ts$'])],
  extensionsToTreatAsEsm: ['.ts'],
  // Relative imports carry the `.js` suffix that Node wants; the sources beside them are `.ts`.
  moduleNameMapper: {
    ...Object.fromEntries(bundled.map((name) => [`^${name}$`, `<rootDir>/dist/libraries/${name}.js`])),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
          target: 'es2023',
        },
        module: { type: 'es6' },
      },
    ],
  },
  // For what hangs, on a machine that does something else too. What must be fast says so itself.
  testTimeout: 60_000,
  // Half of what specs do is to wait: for processes, leases, outages. So three take turns at two cores.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // Modules of a spec that has ended are never all let go of.
  workerIdleMemoryLimit: '1500MB',
  testSequencer: './scripts/longest-first.mjs',
};
