import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { Job } from '#jobs';
import { StoreUnavailable } from '#kernel';
import type { Language } from '#kernel';
import { jobViewOf } from './job.view.js';

const heartbeatMilliseconds = 15_000;
/** A listener that is still there asks again. */
const longestMilliseconds = 600_000;
const mostListeners = 100;

/** Tells listeners of jobs that change. There are only so many, and none stays for ever. */
export class JobEvents {
  readonly #closing = new AbortController();
  #listeners = 0;

  /**
   * An event for each change of a job, until it has ended, the listener has left, or the process stops; a comment now and then
   * shows that the connection lives.
   * @throws StoreUnavailable where too many listen
   */
  of(watch: (signal: AbortSignal) => AsyncIterable<Job>, language: Language): Observable<MessageEvent> {
    if (this.#listeners >= mostListeners) {
      throw new StoreUnavailable('stream of job events', new Error(`${mostListeners} listen already`));
    }
    return new Observable((listener) => {
      this.#listeners++;
      const left = new AbortController();
      const heartbeat = setInterval(() => listener.next({ comment: 'still here' }), heartbeatMilliseconds);
      const signal = AbortSignal.any([left.signal, this.#closing.signal, AbortSignal.timeout(longestMilliseconds)]);
      const tell = async () => {
        for await (const job of watch(signal)) listener.next({ type: 'job', data: jobViewOf(job, language) });
      };
      tell().then(
        () => listener.complete(),
        (error: unknown) => listener.error(error),
      );
      return () => {
        clearInterval(heartbeat);
        left.abort();
        this.#listeners--;
      };
    });
  }

  /** Ends every stream, so that none keeps the process from stopping. */
  close(): void {
    this.#closing.abort();
  }
}
