import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandLine } from '../support/command-line.js';
import { StandaloneProcess } from '../support/standalone-process.js';
import { commandsOf, examplesOf, wordsOf } from './examples.js';
import { runLine } from './shell-line.js';

const april = 'amn-verksamhetsplan-2025:april-2025';

describe('The guide to rounds', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-rounds-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('works as it is written', async () => {
    const commands = commandsOf('docs/guide/rounds.md');
    expect(commands).toHaveLength(12);
    const outputs: string[] = [];
    for (const command of commands) {
      const line = command.replaceAll('var/rounds', folder);
      const freezes = / freeze /.test(line);
      // What the guide overrides is refused without it.
      if (freezes) {
        const refused = await commandLine('--data', folder, '--as', 'controller-1', 'freeze', april);
        expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('Arbetsmarknadsnämnden lacks') });
      }
      outputs.push((await runLine(line, { as: freezes ? 'process' : 'call' })).stdout);
    }
    const [, rounds, coverage, differences, amended, extended, reminded, frozen, listed, verified, shown, compared] =
      outputs;
    expect(rounds).toMatch(/april-2025 +Öppen +2025-03-31 +2025-04-30/);
    expect(coverage).toMatch(/0 av 1 klara, 27 av 65 bedömningar gjorda/);
    expect(coverage).toMatch(/Arbetsmarknadsnämnden +2025-04-30 +nej +27 av 65 +38/);
    expect(differences).toMatch(/: av 3 som flera har bedömt bedöms 0 olika\.$/m);
    expect(amended).toMatch(/^Ändrad, vid [0-9]{20}\.$/m);
    expect(extended).toMatch(/^Anstånd till 2025-05-12, vid [0-9]{20}\.$/m);
    expect(reminded).toMatch(/^Påmindes:\nArbetsmarknadsnämnden +38 saknas$/m);
    expect(reminded).toContain('Inget är skickat än');
    expect(frozen).toMatch(/^Fryst vid [0-9]{20}$/m);
    const [, snapshotId, sha256] = /^Utgåva 1 är (\S+) med SHA-256 ([0-9a-f]{64})$/m.exec(frozen!)!;
    expect(listed).toMatch(new RegExp(`^${snapshotId} +1 +\\S+ \\S+ +${sha256}$`, 'm'));
    expect(verified).toContain('The log, the recorded SHA-256 and the kept bytes agree.');
    expect(verified).toContain(`folded       ${sha256}`);
    expect(shown).toMatch(/^Wrote [0-9]+ bytes/);
    expect(await readFile(join(folder, 'april.html'), 'utf8')).toContain(sha256);
    expect(compared).toMatch(
      /Delårsuppföljning april 2025, utgåva 1 \(med påhittade uppgifter\) → .*som det är känt nu/,
    );
    expect(verified).toMatch(whatIsShown('docs/guide/snapshots.md', snapshotId!));
  }, 120_000);

  it('names rounds by what can be found', async () => {
    const running = await StandaloneProcess.start(folder);
    const asked = (...words: string[]) =>
      commandLine('--url', running.url, '--token', running.tokens['controller']!, ...words);
    expect(await asked('coverage', 'amn-verksamhetsplan-2025:maj-2025')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(april),
    });
    expect(await asked('coverage', 'april')).toMatchObject({ exitCode: 3 });
    expect(await asked('snapshot', 'list', 'amn-verksamhetsplan-2025:maj-2025')).toMatchObject({ exitCode: 3 });
    expect(await asked('snapshot', 'verify', `${april}:2`)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('no issue 2'),
    });
    expect(await asked('snapshot', 'show', 'amn-verksamhetsplan-2025:augusti-2025')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('is not frozen'),
    });
    expect(await asked('freeze', april)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('frozen already'),
    });
    await running.end('SIGTERM');
  }, 120_000);
});

/** The box in which a page shows what `snapshot verify` prints, with other ids and numbers than its own. */
function whatIsShown(page: string, snapshotId: string): RegExp {
  const [box, ...others] = examplesOf(page, 'console');
  expect(others).toEqual([]);
  const [command, ...printed] = box!.text.split('\n');
  expect(wordsOf(command!).words.slice(0, -1).join(' ')).toBe('$ node scripts/sparbar.mjs --data var snapshot verify');
  expect(snapshotId).toHaveLength(wordsOf(command!).words.at(-1)!.length);
  const lines = printed.map((line) => line.replaceAll('.', '\\.').replace(/[0-9a-f]{8}…$/, '[0-9a-f]{64}'));
  return new RegExp(`^${lines.join('\\n').replace(/[0-9]+$/, '[0-9]+')}\\s*$`);
}
