import Sequencer from '@jest/test-sequencer';

/** How many seconds a spec of each level may take, where it was never run here: enough to tell long ones from short ones. */
const seconds = { server: 30, e2e: 12, fault: 10, property: 8, acceptance: 7, int: 3 };

/** Specs that take long begin first, so that no worker goes on alone at the end of a run. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((one, other) => this.#expected(other) - this.#expected(one));
  }

  /** How long it took the last time; else what the level in its name says. */
  #expected(test) {
    return this.time(test) ?? 1_000 * (seconds[test.path.split('.').at(-3)] ?? 1);
  }
}
