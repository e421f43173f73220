import type { Command } from 'commander';
import { kind } from '#kernel';
import { valueOf } from './value-of.js';

/** A text that is looked for. */
export interface Sought {
  readonly text?: string;
  readonly forgiving?: true;
}

/** The options by which a command that lists something looks for a text. @param within what */
export const searching = (command: Command, within: string): Command =>
  command
    .option('--text <text>', `only those whose ${within} holds this text, by its letters`, valueOf(kind.text(200)))
    .option('--forgiving', 'find å and ä by a too, ö by o, é by e, and whatever hyphens and blanks there are');

/** The same for the API. */
export const textQuery = ({ forgiving, text }: Sought): Readonly<Record<string, string>> => ({
  ...(text !== undefined && { text }),
  ...(forgiving && { match: 'forgiving' }),
});

/** A list with how it was looked for, where not by letters. */
export const toldForgiving = (list: string, { forgiving, text }: Sought): string =>
  forgiving && text !== undefined
    ? `Sökt förlåtande efter ${text}: å och ä är a, ö är o, é är e, och bindestreck och blanksteg räknas inte.\n\n${list}`
    : list;
