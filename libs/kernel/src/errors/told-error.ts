import { inLanguage, usualLanguage } from '../texts/said.js';
import type { Said } from '../texts/said.js';

/** What ends a process or a command, told in the language of whoever runs it. */
export abstract class ToldError extends Error {
  constructor(
    readonly said: Said,
    options?: ErrorOptions,
  ) {
    super(inLanguage(usualLanguage, said), options);
    this.name = new.target.name;
  }
}
