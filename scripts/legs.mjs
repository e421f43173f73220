import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { prepareMongoWire } from './servers/mongo-wire.mjs';

/**
 * What the specs need that npm does not bring. `prepare` installs it where it is missing, and throws where it is not to be
 * had; `specs` are those that need it, and `ranOn` tells what they ran on.
 */
export const legs = [
  {
    name: 'KurrentDB',
    specs: [],
    prepare: async () => {},
    ranOn: () => 'a double of its protocol, among the tests above: no package registry carries the server',
  },
  {
    name: 'MongoDB',
    specs: ['libs/document-store/'],
    prepare: async () => void (await prepareMongoWire()),
    ranOn: () => 'mongo-java-server, which speaks its wire protocol: no package registry carries mongod',
  },
  {
    name: 'Redis',
    specs: ['libs/jobs/'],
    prepare: async () => {
      if (!process.env.REDIS_URL) await fromDebian('redis-server', process.env.REDIS_SERVER ?? '/usr/bin/redis-server');
    },
    ranOn: () => (process.env.REDIS_URL ? 'the server that REDIS_URL names' : 'redis-server from Debian'),
  },
  {
    name: 'Chromium',
    specs: ['test/accessibility/'],
    prepare: async () => fromDebian('chromium', process.env.CHROMIUM ?? '/usr/bin/chromium'),
    ranOn: () => 'Chromium from Debian',
  },
  {
    name: 'undisturbed',
    specs: ['test/servers/(flood|hostile-input)'],
    prepare: async () => {},
    ranOn: () => 'this machine with nothing beside it: these compare times, and need no server',
  },
];

/** The whole system on all of its servers. */
export const wholeSystem = { name: 'whole system', needs: ['MongoDB', 'Redis'], specs: ['test/servers/'] };

let updated = false;

async function fromDebian(name, file) {
  if (existsSync(file)) return;
  if (!updated) await run('apt-get', 'update', '-qq');
  updated = true;
  await run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', name);
  if (!existsSync(file)) throw new Error(`${name} was installed, and there is no ${file}`);
}

async function run(command, ...parameters) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await promisify(execFile)(command, parameters, { env }).catch(({ code, message, stderr }) => {
    throw new Error(`${command} ${parameters[0]} failed: ${stderr?.trim() || (message ?? `exit code ${code}`)}`);
  });
}
