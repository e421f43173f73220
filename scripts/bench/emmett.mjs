import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newId } from '../../dist/libs/kernel/src/index.js';

const folder = join(fileURLToPath(import.meta.url), '..', 'emmett');

/**
 * Commands by Emmett on SQLite: the same event, by its own command handler. It is installed when it is asked for, and
 * nowhere but here.
 * @returns what runs one command, and what closes the store
 */
export async function emmettOn(file) {
  if (!existsSync(join(folder, 'node_modules'))) {
    // Its driver is not built: see sqlite3.mjs.
    execFileSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], { cwd: folder });
    register('./emmett/resolving.mjs', import.meta.url);
  } else register('./emmett/resolving.mjs', import.meta.url);
  const { CommandHandler } = await import('./emmett/node_modules/@event-driven-io/emmett/dist/index.js');
  const { getSQLiteEventStore } = await import('./emmett/node_modules/@event-driven-io/emmett-sqlite/dist/index.js');
  const store = getSQLiteEventStore({ fileName: file });
  const handle = CommandHandler({
    evolve: (_, { data }) => ({ status: 'registered', name: data.name }),
    initialState: () => ({ status: 'unregistered' }),
  });
  // Its connection has one transaction, whoever is in it: callers take turns.
  let last = Promise.resolve();
  return (number) => {
    const id = newId();
    const decide = (state) => {
      if (state.status === 'registered') throw new Error(`${id} is registered already`);
      return { type: 'BodyRegistered', data: { bodyId: id, name: `Nämnd ${number}`, kind: 'board' } };
    };
    return (last = last.then(() => handle(store, `body-${id}`, decide)));
  };
}
