import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tracesOfSecret } from '../test/support/secret.mjs';

const longestTrace = Math.max(...tracesOfSecret.map(({ length }) => length));

/**
 * Looks for the password of the specs in all that a run prints: what comes through its pipes, and what the processes that
 * specs start have printed, which their helpers keep in the folder that `SPEC_OUTPUT` names.
 */
export class OutputWatch {
  folder = mkdtempSync(join(tmpdir(), 'sparbar-output-'));
  #told = false;

  /** Passes on what comes, and looks through it. */
  pass(from, to) {
    let tail = '';
    from.on('data', (chunk) => {
      to.write(chunk);
      tail = (tail + chunk).slice(-(chunk.length + longestTrace));
      this.#look(tail);
    });
  }

  /** Whether the password was printed anywhere. The folder is removed. */
  end() {
    for (const file of readdirSync(this.folder)) this.#look(readFileSync(join(this.folder, file), 'utf8'));
    rmSync(this.folder, { recursive: true });
    return this.#told;
  }

  #look(text) {
    this.#told ||= tracesOfSecret.some((trace) => text.includes(trace));
  }
}
