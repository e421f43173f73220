/** The longest code, in characters. */
export const longestCode = 200;

/** What a code, a key or a name is written with: lower-case letters a–z, digits, and single hyphens between them. */
export const codePattern = '^[a-z0-9]+(-[a-z0-9]+)*$';

const pattern = new RegExp(codePattern);

/** Whether a text is a code, of at most 200 characters. */
export const isCode = (text: string): boolean => text.length <= longestCode && pattern.test(text);
