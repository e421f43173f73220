import { classInWords } from './appendix.js';
import type { AppendixLink } from './appendix.js';

/** `Omformulerad (tolkning)`. */
export const calledLink = ({ comment, inferred, kind }: AppendixLink): string =>
  `${classInWords(kind)}${inferred ? ' (tolkning)' : ''}${comment === undefined ? '' : `: ${comment}`}`;
