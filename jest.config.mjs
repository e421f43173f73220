import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // What needs a server that npm does not bring is run by `.ci/run`, which starts it.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.SERVER_SPECS ? [] : ['\\.server\\.spec\\.ts$'])],
  transform: {},
  // Specs run in Node itself, which reads what they import once for all of a process.
  testRunner: './scripts/specs/node-runner.mjs',
  testEnvironment: './scripts/specs/node-environment.mjs',
  // For what hangs, on a machine that does something else too. What must be fast says so itself.
  testTimeout: 60_000,
  // Half of what specs do is to wait: for processes, leases, outages. So three take turns at two cores.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // Modules of a spec that has ended are never all let go of.
  workerIdleMemoryLimit: '1500MB',
  testSequencer: './scripts/longest-first.mjs',
};
