import { Injectable } from '@nestjs/common';
import { StoreFailure } from '#kernel';

/** What a process cannot do without, and what only its commands wait for. Each throws what stands in the way. */
@Injectable()
export class Readiness {
  constructor(
    private readonly needed: readonly (() => Promise<unknown>)[],
    private readonly ofCommands: readonly (() => Promise<unknown>)[] = [],
  ) {}

  /**
   * @returns what commands wait for, where they do and everything else goes on
   * @throws StoreFailure where something that the process needs does not answer, or refuses it
   */
  async check(): Promise<StoreFailure | undefined> {
    const [waiting] = await Promise.all([this.#commandsWaitFor(), ...this.needed.map((answers) => answers())]);
    return waiting;
  }

  async #commandsWaitFor(): Promise<StoreFailure | undefined> {
    try {
      await Promise.all(this.ofCommands.map((answers) => answers()));
      return undefined;
    } catch (error) {
      if (error instanceof StoreFailure) return error;
      throw error;
    }
  }
}
