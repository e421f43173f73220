import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs what the lockfile names, where that has not been done since the lockfile changed. */
export function install() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && changedAt(installed) >= changedAt(join(root, 'package-lock.json'))) return;
  run('Installing the dependencies', ...npm('ci', '--no-audit', '--no-fund'));
}

/**
 * How to run npm: by the Node that runs it already, where it does. Windows knows it by another name, which a shell alone finds.
 * @returns command, parameters and options of a child process
 */
export function npm(...parameters) {
  const { npm_execpath: running } = process.env;
  if (running) return [process.execPath, [running, ...parameters]];
  return process.platform === 'win32' ? ['npm.cmd', parameters, { shell: true }] : ['npm', parameters];
}

/** Builds, where a source is newer than what was built. */
export function build() {
  const built = join(root, 'dist', 'package.json');
  const newest = Math.max(
    changedAt(join(root, 'package.json')),
    ...['apps', 'libs'].map((folder) => newestIn(join(root, folder))),
  );
  if (existsSync(built) && changedAt(built) >= newest) return;
  run('Building', process.execPath, [join(root, 'scripts', 'build.mjs')]);
}

function run(what, command, parameters, options = {}) {
  console.error(`${what} …`);
  const { error, status } = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (status !== 0) {
    console.error(`${what} failed${error ? `: ${error.message}` : ''}`);
    process.exit(status ?? 1);
  }
}

const changedAt = (file) => statSync(file).mtimeMs;

function newestIn(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => changedAt(join(entry.parentPath, entry.name))),
  );
}
