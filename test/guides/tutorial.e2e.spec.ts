import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projections } from '#running/contracts';
import { commandLine } from '../support/command-line.js';
import { sparbarProcess } from '../support/sparbar-command.js';
import { commandsOf } from './examples.js';
import { runLine } from './shell-line.js';

describe('The tutorial', () => {
  it('works as it is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-tutorial-'));
    const commands = commandsOf('docs/guide/tutorial.md');
    expect(commands).toHaveLength(7);
    const outputs: string[] = [];
    for (const [index, command] of commands.entries()) {
      // The first makes the stores, the second finds them: as processes that know nothing of each other.
      const line = command.replaceAll('var/tutorial', folder);
      outputs.push((await runLine(line, { as: index < 2 ? 'process' : 'call' })).stdout);
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
    const codeOf = async (...words: string[]) => (await commandLine(...words)).exitCode;
    const load = ['--data', folder, '--as', 'controller-1', 'load'];
    expect(await codeOf(...load, 'data/uppsala-organisation.yaml')).toBe(0);
    const lacking = await sparbarProcess('scripts/sparbar.mjs', [...load, 'data/amn-scenario-2025.yaml']);
    expect(lacking.exitCode).toBe(4);
    expect(await codeOf('--data', folder, 'status', 'no-such-plan')).toBe(3);
    expect(await codeOf('nonsense')).toBe(2);
    expect(await codeOf('--url', 'http://127.0.0.1:9', '--token', 'x', 'projections', 'status')).toBe(69);
    await rm(folder, { recursive: true });
  }, 120_000);
});
