/** A URL that names no event store. */
export class WrongUrl extends Error {
  constructor(option: string, fault: string) {
    super(`${option} ${fault}`);
    this.name = 'WrongUrl';
  }
}
