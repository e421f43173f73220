import { inLanguage, say, usualLanguage } from '../texts/said.js';
import type { Said } from '../texts/said.js';

/** Why a file or a folder cannot be used. */
export interface FileFault {
  /** For whoever named it. */
  readonly said: Said;
  /** The same in the usual language. */
  readonly message: string;
  /** Whether it is not there. */
  readonly isMissing: boolean;
}

const noRight = say(
  'this user has no right to it: give the right, or name another',
  'användaren har ingen rätt till den: ge rätten, eller ange en annan',
)();
const reasons: Readonly<Record<string, Said>> = {
  EACCES: noRight,
  EEXIST: say('it is a file, where a folder is wanted', 'det är en fil, där en mapp behövs')(),
  EISDIR: say('it is a folder, where a file is wanted', 'det är en mapp, där en fil behövs')(),
  ENOSPC: say('there is no room left on its disk', 'disken är full')(),
  ENOTDIR: say(
    'a part of its path is a file, where a folder is wanted',
    'en del av sökvägen är en fil, där en mapp behövs',
  )(),
  EPERM: noRight,
  EROFS: say('its disk cannot be written to: name another place', 'disken kan inte skrivas: ange en annan plats')(),
};

/** What an error of the file system means for who named the file. @returns undefined where the error is another one */
export function fileFaultOf(error: unknown): FileFault | undefined {
  const { code, path } = Object(error) as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string' || typeof path !== 'string') return undefined;
  if (code === 'ENOENT') return faultOf(noFile({ path }), true);
  const reason = reasons[code];
  return reason === undefined ? undefined : faultOf(cannotBeUsed({ path, reason }), false);
}

const faultOf = (said: Said, isMissing: boolean): FileFault => ({
  said,
  message: inLanguage(usualLanguage, said),
  isMissing,
});

const noFile = say('There is no {path}', '{path} finns inte');
const cannotBeUsed = say('{path} cannot be used: {reason}', '{path} kan inte användas: {reason}');
