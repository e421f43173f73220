import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { projections } from '#running/contracts';
import { commandLine } from '../support/command-line.js';
import { commandsOf } from './examples.js';

const run = promisify(execFile);

describe('The tutorial', () => {
  it('works as it is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-tutorial-'));
    const commands = commandsOf('docs/guide/tutorial.md');
    expect(commands).toHaveLength(7);
    const outputs: string[] = [];
    for (const command of commands) {
      const [, ...parameters] = command.replaceAll('var/tutorial', folder).split(' ');
      const { stdout } = await run(process.execPath, parameters, {
        env: { ...process.env, NODE_OPTIONS: '' },
        timeout: 30_000,
      });
      outputs.push(stdout);
    }
    await rm(folder, { recursive: true });
    const [loaded, now, april, replayed, history, rebuilt, verified] = outputs;
    expect(loaded).toContain('263 events recorded');
    expect(now).toMatch(/Alla +72/);
    expect(april).not.toBe(now);
    expect(replayed).toContain('Status: Grön');
    expect(history).toContain('Antogs');
    expect(rebuilt).toContain('Made anew');
    expect(verified!.match(/as the log says/g)).toHaveLength(projections.length);
  }, 120_000);

  it('comes with a command line whose exit codes mean something', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-cli-'));
    const codeOf = async (...parameters: string[]): Promise<unknown> => {
      const options = { env: { ...process.env, NODE_OPTIONS: '', SPARBAR_TOKEN: '' }, timeout: 30_000 };
      const failed = await run(process.execPath, ['scripts/sparbar.mjs', ...parameters], options).then(
        () => undefined,
        (error: { code: unknown }) => error,
      );
      return failed ? failed.code : 0;
    };
    expect(await codeOf('--data', folder, '--as', 'controller-1', 'load', 'data/uppsala-organisation.yaml')).toBe(0);
    expect(await codeOf('--data', folder, '--as', 'controller-1', 'load', 'data/amn-scenario-2025.yaml')).toBe(4);
    expect(await codeOf('--data', folder, 'status', 'no-such-plan')).toBe(3);
    expect((await commandLine('nonsense')).exitCode).toBe(2);
    const asked = await commandLine('--url', 'http://127.0.0.1:9', '--token', 'x', 'projections', 'status');
    expect(asked.exitCode).toBe(69);
    await rm(folder, { recursive: true });
  }, 120_000);
});
