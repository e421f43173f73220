import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import type { EventMetadata } from '#kernel';
import { AnsweredCommands } from './answered-commands.js';
import { CommandFilter } from './command-filter.js';

const told = (commandId: string, revision: number) => ({
  ...{ type: 'Added', data: {}, revision, position: String(revision) },
  metadata: { commandId, commandDigest: 'd' } as EventMetadata,
});

describe('Answers to commands', () => {
  const ids = Array.from({ length: 3_000 }, () => newId());
  const all = new AnsweredCommands();
  ids.forEach((id, revision) => all.note(told(id, revision)));

  it.each([
    ['as they were noted', all],
    ['as they were kept', new AnsweredCommands(JSON.parse(JSON.stringify(all)))],
  ])('hold the newest thousand, and know of all others that they were given, %s', (_, answers) => {
    const held = ids.filter((id) => answers.find(id));
    expect(held).toEqual(ids.slice(-1_000));
    expect(ids.slice(0, -1_000).every((id) => answers.mayHaveForgotten(id))).toBe(true);
    expect(answers.find(ids.at(-1)!)).toEqual({
      digest: 'd',
      outcome: { revision: 2_999, position: '2999', recorded: ['Added'] },
    });
  });

  it('take note of an event once, however many loads tell it', () => {
    const [one, two] = [newId(), newId()];
    const answers = new AnsweredCommands();
    for (const event of [told(one, 0), told(one, 1), told(two, 2), told(one, 0), told(one, 1)]) answers.note(event);
    expect(answers.find(one)!.outcome).toMatchObject({ revision: 1, recorded: ['Added', 'Added'] });
  });

  it('take no more memory for a thousand answers more than a filter does', () => {
    expect(all.bytes).toBeLessThan(1_000 * 400 + 20_000);
  });
});

describe('A filter of command ids', () => {
  it('finds every id that was added, and hardly any other', () => {
    const ids = Array.from({ length: 12_000 }, () => newId());
    const filter = new CommandFilter();
    ids.forEach((id) => filter.add(id));
    expect(ids.every((id) => filter.mayHold(id))).toBe(true);
    const wrong = Array.from({ length: 10_000 }, () => filter.mayHold(newId())).filter(Boolean).length;
    expect(wrong).toBeLessThan(20);
    expect(filter.bytes / ids.length).toBeLessThan(5);
  });
});
