import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from './installation.mjs';

/** What is tried beside the Node that runs everything: the one with long support, and the newest. */
export const nodeVersions = ['24', 'latest'];

/**
 * What is tried on each of them: what its engine, its files, its sockets and its signals could change. The rest is the same
 * code on the same libraries.
 */
export const specsOfNodeVersions = [
  'libs/kernel/',
  'libs/sqlite/',
  'libs/event-store/src/sqlite/',
  'libs/document-store/src/sqlite/',
];

/**
 * Installs a Node from its package in the registry, in a folder of its own.
 * @param version a major version, or a tag of the registry
 * @returns the program and its version; throws where it is not to be had
 */
export async function installNode(version, folder) {
  const [command, parameters, options = {}] = npm(
    ...['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${version}`],
  );
  const run = promisify(execFile);
  await run(command, parameters, options).catch(({ message, stderr }) => {
    throw new Error(`node@${version} could not be installed: ${stderr?.trim() || message}`);
  });
  const program = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return { program, told: (await run(program, ['--version'])).stdout.trim() };
}
