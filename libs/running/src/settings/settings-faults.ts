import { inLanguage, joined, ToldError, usualLanguage } from '#kernel';
import type { Said } from '#kernel';

/** The environment cannot be used. It carries every fault, so that it is mended in one go. */
export class SettingsFaults extends ToldError {
  /** What is wrong, in the usual language. */
  readonly faults: readonly string[];

  /** @param said each of which names its variable */
  constructor(said: readonly Said[]) {
    super(joined(said, '\n'));
    this.faults = said.map((each) => inLanguage(usualLanguage, each));
  }
}
