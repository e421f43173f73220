import { say, ToldError } from '#kernel';

/** A newer version of the code wrote the file, and this one would not understand it. Nothing was changed. */
export class NewerLayout extends ToldError {
  constructor(
    readonly file: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(isNewer({ file, found, known }));
  }
}

const isNewer = say(
  '{file} has layout {found}, and this version of Spårbar reads up to {known}: update Spårbar',
  '{file} har layout {found}, och den här versionen av Spårbar läser upp till {known}: uppdatera Spårbar',
);
