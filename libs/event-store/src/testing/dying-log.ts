import { StoreUnavailable } from '#kernel';
import type { EventStore } from '../event-store.port.js';

/** When, of one append, a process dies. */
export type DyingMoment = 'before' | 'after';

/** A double of a log whose process dies at one of its appends, counted from 0: before it takes effect, or after. */
export function dyingAt(store: EventStore, append: number, when: DyingMoment): EventStore {
  let appends = 0;
  const killed = () => new StoreUnavailable('log', new Error('killed'));
  return new Proxy(store, {
    get: (log, name: keyof EventStore) => {
      if (name !== 'append') {
        const member: unknown = Reflect.get(log, name);
        return typeof member === 'function' ? (member as () => unknown).bind(log) : member;
      }
      return async (...given: Parameters<EventStore['append']>) => {
        const dies = appends++ === append;
        if (dies && when === 'before') throw killed();
        const appended = await log.append(...given);
        if (dies) throw killed();
        return appended;
      };
    },
  });
}
