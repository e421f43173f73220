import { strFromU8, unzipSync } from 'fflate';

/** The text files of a ZIP file by name. */
export const unzipped = (zip: Buffer): Map<string, string> =>
  new Map(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]));
