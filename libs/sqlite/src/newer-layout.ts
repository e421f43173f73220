/** A newer version of the code wrote the file, and this one would not understand it. Nothing was changed. */
export class NewerLayout extends Error {
  constructor(
    readonly file: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(`${file} has layout ${found}, and this version of Spårbar reads up to ${known}: update Spårbar`);
    this.name = 'NewerLayout';
  }
}
