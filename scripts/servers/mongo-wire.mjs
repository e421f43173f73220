import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const source = join(root, 'test', 'support', 'mongo-wire');
const run = promisify(execFile);

/** Where the server is prepared where nobody says otherwise. */
export const servers = join(root, 'var', 'servers');

/**
 * Fetches the jars of the wire server and compiles its `main`, where that has not been done for these sources. Needs a
 * JDK 17 and Maven.
 * @param folder where it is kept, one folder for each version of the sources
 * @returns the class path to start `Main` with
 */
export async function prepareMongoWire(folder = servers) {
  const prepared = await preparedIn(folder);
  if (!existsSync(prepared)) await prepare(folder, prepared);
  return [join(prepared, 'jars', '*'), join(prepared, 'classes')].join(':');
}

/** Whether it has been prepared, so that it starts without Maven. */
export async function isMongoWirePrepared(folder = servers) {
  return existsSync(await preparedIn(folder));
}

async function preparedIn(folder) {
  const digest = createHash('sha256');
  for (const name of ['pom.xml', 'Main.java']) digest.update(await readFile(join(source, name)));
  return join(folder, `mongo-wire-${digest.digest('hex').slice(0, 12)}`);
}

/** Made beside its place and moved there whole: whoever comes meanwhile finds all of it or nothing. */
async function prepare(folder, prepared) {
  await mkdir(folder, { recursive: true });
  const making = await mkdtemp(join(folder, '.mongo-wire-'));
  try {
    await cp(source, making, { recursive: true });
    const jars = join(making, 'jars');
    await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`], { cwd: making });
    await run('javac', ['-cp', join(jars, '*'), '-d', join(making, 'classes'), 'Main.java'], { cwd: making });
    await rename(making, prepared).catch((error) => {
      if (!existsSync(prepared)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await prepareMongoWire(process.argv[2]));
