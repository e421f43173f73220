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
const noRoom = say('there is no room left on its disk', 'disken är full')();
const reasons: Readonly<Record<string, Said>> = {
  EACCES: noRight,
  EDQUOT: noRoom,
  EEXIST: say('it is a file, where a folder is wanted', 'det är en fil, där en mapp behövs')(),
  EFBIG: say(
    'a file may not become as large: raise the limit of this process, or of the disk',
    'en fil får inte bli så stor: höj gränsen för processen, eller för disken',
  )(),
  EIO: say(
    'its disk fails: look at it, or name another place',
    'disken svarar med fel: se efter, eller ange en annan plats',
  )(),
  EISDIR: say('it is a folder, where a file is wanted', 'det är en mapp, där en fil behövs')(),
  ELOOP: say('it is a link that leads nowhere', 'det är en länk som inte leder någonstans')(),
  ENAMETOOLONG: say('its name is too long', 'namnet är för långt')(),
  ENOSPC: noRoom,
  ENOTDIR: say(
    'a part of its path is a file, where a folder is wanted',
    'en del av sökvägen är en fil, där en mapp behövs',
  )(),
  EPERM: noRight,
  EROFS: say('its disk cannot be written to: name another place', 'disken kan inte skrivas: ange en annan plats')(),
};

/** What an error of the file system means for who named the file. @returns undefined where the error is another one */
export function fileFaultOf(error: unknown): FileFault | undefined {
  const { code, path, syscall } = Object(error) as Readonly<Record<'code' | 'path' | 'syscall', unknown>>;
  if (typeof code !== 'string') return undefined;
  const reason = code === 'ENOENT' && syscall === 'mkdir' ? nothingIsMade : reasons[code];
  // What fails while a file that is open is written names no path.
  if (typeof path !== 'string') return reason && syscall === 'write' ? faultOf(cannotBeWritten({ reason })) : undefined;
  if (reason) return faultOf(cannotBeUsed({ path, reason }));
  return code === 'ENOENT' ? faultOf(noFile({ path }), true) : undefined;
}

const faultOf = (said: Said, isMissing = false): FileFault => ({
  said,
  message: inLanguage(usualLanguage, said),
  isMissing,
});

const nothingIsMade = say(
  'nothing can be made there: name another place',
  'där kan ingenting skapas: ange en annan plats',
)();
const noFile = say('There is no {path}', '{path} finns inte');
const cannotBeUsed = say('{path} cannot be used: {reason}', '{path} kan inte användas: {reason}');
const cannotBeWritten = say('A file cannot be written: {reason}', 'En fil kan inte skrivas: {reason}');
