import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './installation.mjs';

/** What runs unchanged on a server that a variable names. Each spec takes names of its own there, and needs no empty server. */
const suites = {
  KURRENTDB_URL: ['libs/event-store/src/kurrentdb/kurrent-event-store\\.int\\.spec\\.ts'],
  MONGODB_URL: [
    'libs/document-store/src/mongodb/mongo-document-store\\.server\\.spec\\.ts',
    'libs/document-store/src/mongodb/mongo-server\\.server\\.spec\\.ts',
  ],
};
const wholeSystem = 'test/servers/whole-system\\.server\\.spec\\.ts';

/** The specs for the servers that an environment names. @returns jest's pattern; undefined where it names none */
export function contractOf(environment) {
  const named = Object.keys(suites).filter((name) => environment[name]);
  if (named.length === 0) return undefined;
  const redis = environment.REDIS_URL || existsSync(environment.REDIS_SERVER || '/usr/bin/redis-server');
  const specs = [...named.flatMap((name) => suites[name]), ...(redis ? [wholeSystem] : [])];
  return { named, isWhole: Boolean(redis), pattern: `(${specs.join('|')})$` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const contract = contractOf(process.env);
  if (!contract) {
    console.error('Name a server to run the contract on: KURRENTDB_URL=… MONGODB_URL=… npm run contract');
    process.exit(64);
  }
  console.error(`The contract runs on what ${contract.named.join(' and ')} names`);
  if (!contract.isWhole) console.error('The whole system is left out: there is no Redis, and REDIS_URL names none');
  const parameters = [
    join(root, 'scripts', 'test.mjs'),
    '--testPathPatterns',
    contract.pattern,
    ...process.argv.slice(2),
  ];
  const environment = { ...process.env, SERVER_SPECS: '1' };
  process.exit(spawnSync(process.execPath, parameters, { cwd: root, stdio: 'inherit', env: environment }).status ?? 1);
}
