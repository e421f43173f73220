import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runSparbar } from './support/sparbar-command.js';
import { secret, tracesOfSecret } from './support/secret.mjs';

interface Ended {
  readonly code: unknown;
  readonly printed: string;
}

const start = (env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    const main = join(process.cwd(), 'dist', 'apps', 'api', 'src', 'main.js');
    const options = { env: { ...process.env, NODE_OPTIONS: '', ...env }, timeout: 30_000 };
    execFile(process.execPath, [main], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, printed: stdout + stderr }),
    );
  });

describe('A process whose environment cannot be used', () => {
  const user = `sparbar:${encodeURIComponent(secret)}`;

  it.each([
    `kurrentdb://${user}@[::1]:2113`,
    `kurrentdb://sparbar:${secret}@one`,
    `kurrentdb://${user}@one?tlsCaFile=/nowhere/ca.pem`,
  ])('ends with 78, names each variable, and prints no password (%#)', async (url) => {
    const { code, printed } = await start({ PORT: 'x', EVENT_STORE_URL: url });
    expect(code).toBe(78);
    expect(printed).toMatch(/PORT must be/);
    expect(printed).toMatch(/EVENT_STORE_URL (must|names|has|cannot)/);
    expect(tracesOfSecret.some((trace) => printed.includes(trace))).toBe(false);
  });

  it('is told by the command line with what it does not understand', async () => {
    const to = `kurrentdb://${user}@one?tls=tru`;
    const said = await runSparbar('', '', 'copy', '--from', 'sqlite:nowhere.db', '--to', to);
    expect(said.exitCode).toBe(2);
    expect(said.stderr).toMatch(/--to must give tls as true or false/);
    expect(tracesOfSecret.some((trace) => said.stderr.includes(trace))).toBe(false);
  });
});
