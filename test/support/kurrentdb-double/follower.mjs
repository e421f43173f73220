import { EventEmitter } from 'node:events';
import { clearTimeout, setTimeout } from 'node:timers';

/** The log as a follower has it: what is appended goes to the leader, and can be read here a while later. */
export class FollowerLog extends EventEmitter {
  readable;
  #leader;
  #timers = new Set();

  /** @param lag for how long, in milliseconds, what is recorded cannot be read here */
  constructor(leader, lag) {
    super();
    this.setMaxListeners(0);
    this.#leader = leader;
    this.readable = [...leader.readable];
    leader.on('grown', () => {
      const length = leader.readable.length;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.readable = leader.readable.slice(0, Math.max(length, this.readable.length));
        this.emit('grown');
      }, lag);
      this.#timers.add(timer);
    });
  }

  append(...parameters) {
    return this.#leader.append(...parameters);
  }

  delete(...parameters) {
    return this.#leader.delete(...parameters);
  }

  tombstone(...parameters) {
    return this.#leader.tombstone(...parameters);
  }

  stream(name) {
    const end = this.readable.at(-1)?.position ?? 0;
    return this.#leader.stream(name).filter(({ position }) => position <= end);
  }

  isTombstoned(name) {
    return this.#leader.isTombstoned(name);
  }

  holds(position) {
    return this.#leader.holds(position);
  }

  indexAt(position) {
    return Math.min(this.#leader.indexAt(position), this.readable.length);
  }

  async close() {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
