import { readFile } from 'node:fs/promises';
import { say, utf8Text } from '#kernel';
import { UsageError } from './usage-error.js';

/**
 * What a file holds as JSON.
 * @param example what it is asked to hold, for who gave another file
 * @throws an error of the file system that tells which; MalformedInput; UsageError where it is no JSON
 */
export async function jsonIn(file: string, example: string): Promise<object> {
  const text = utf8Text(await readFile(file), file);
  try {
    const asked: unknown = JSON.parse(text);
    if (typeof asked === 'object' && asked !== null) return asked;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(holdsNone({ file, like: example }));
}

export const holdsNone = say('{file} holds no JSON such as {like}', '{file} innehåller ingen JSON som {like}');
