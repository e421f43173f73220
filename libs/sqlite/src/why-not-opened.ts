import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileFaultOf, say } from '#kernel';
import type { Said } from '#kernel';
import { isBusy } from './busy.js';

/** What stands in the way of whoever named a file that SQLite does not open; undefined where nothing of that kind does. */
export function whyNotOpened(file: string, error: unknown): Said | undefined {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  if (isBusy(error)) return unusable({ file, reason: isHeld() });
  const [, reason] = reasons.find(([codes]) => codes.test(String(code))) ?? [];
  if (reason) return unusable({ file, reason: reason() });
  // The library has no code for what it cannot even begin with: 14 is SQLITE_CANTOPEN.
  return /: 14\b/.test(String(message)) || /^SQLITE_CANTOPEN/.test(String(code)) ? whyUnopened(file) : undefined;
}

/** SQLite does not say why: the file system does. */
function whyUnopened(file: string): Said {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) return unusable({ file, reason: isFolder() });
    if (!found && lstatSync(file, { throwIfNoEntry: false })) return unusable({ file, reason: leadsNowhere() });
    accessSync(dirname(file), constants.W_OK | constants.X_OK);
    if (found) accessSync(file, constants.R_OK | constants.W_OK);
    return unusable({ file, reason: nobodyKnows() });
  } catch (error) {
    return fileFaultOf(error)?.said ?? unusable({ file, reason: nobodyKnows() });
  }
}

const unusable = say('{file} cannot be used: {reason}', '{file} kan inte användas: {reason}');
const isHeld = say(
  'another process keeps it to itself, or its disk knows no locks: end that process, or name a disk of this machine',
  'en annan process håller den för sig själv, eller så har disken inga lås: avsluta processen, eller ange en disk på den här datorn',
);
const isNoDatabase = say(
  'it is no database of SQLite: name another, or move it away',
  'det är ingen databas för SQLite: ange en annan, eller flytta undan den',
);
const isDamaged = say('it is damaged: bring it back from a copy', 'den är skadad: återställ den från en kopia');
const isReadOnly = say('it cannot be written to: give the right', 'den kan inte skrivas: ge rätten');
const hasNoRoom = say('there is no room left on its disk', 'disken är full');
const diskFails = say(
  'its disk does not do what SQLite asks of it: name a disk of this machine',
  'disken gör inte det som SQLite kräver: ange en disk på den här datorn',
);
const isFolder = say('it is a folder, where a file is wanted', 'det är en mapp, där en fil behövs');
const leadsNowhere = say('it is a link that leads nowhere', 'det är en länk som inte leder någonstans');
const nobodyKnows = say('it cannot be opened or made', 'den kan inte öppnas eller skapas');

const reasons: readonly (readonly [codes: RegExp, reason: () => Said])[] = [
  [/^SQLITE_NOTADB/, isNoDatabase],
  [/^SQLITE_CORRUPT/, isDamaged],
  [/^SQLITE_(READONLY|PERM|AUTH)/, isReadOnly],
  [/^SQLITE_FULL/, hasNoRoom],
  [/^SQLITE_IOERR/, diskFails],
];
