import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LogWatch } from '#continuity';
import type { EventStore } from '#event-store';
import type { TokenVerifier } from '#http-api';
import { StoreFailure, StoreRefused } from '#kernel';
import type { ProjectionAdmin } from '#projecting';

/** Seconds, from an answer out of memory to one that a deadline cut off. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A revision that no stream has: an append that expects it records nothing, whoever asks. */
const never = Number.MAX_SAFE_INTEGER;

/** What a process tells Prometheus of itself. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'sparbar_http_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [this.#registry],
  });
  readonly #appends = new Histogram({
    name: 'sparbar_event_store_append_duration_seconds',
    help: 'How long appends to the log took, by outcome: recorded, refused or unavailable.',
    labelNames: ['outcome'],
    buckets,
    registers: [this.#registry],
  });

  /** The last append, where it was refused: a right to read alone does not show that one is missing. */
  #refused: Parameters<EventStore['append']> | undefined;
  #log: Pick<EventStore, 'append'> | undefined;
  #refresh: () => Promise<void> = async () => undefined;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Everything, in Prometheus' text format. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    await this.#refresh();
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  /** @param route the pattern, not the path: a path holds ids */
  observeRequest(method: string, route: string, status: number, milliseconds: number): void {
    this.#requests.observe({ method, route, status }, milliseconds / 1000);
  }

  /** The same log, whose appends are timed. */
  timed(store: EventStore): EventStore {
    this.#log = store;
    return {
      append: async (...parameters) => {
        const end = this.#appends.startTimer();
        try {
          const result = await store.append(...parameters);
          end({ outcome: 'recorded' });
          this.#refused = undefined;
          return result;
        } catch (error) {
          if (error instanceof StoreRefused) this.#refused = parameters;
          end({ outcome: error instanceof StoreFailure ? 'unavailable' : 'refused' });
          throw error;
        }
      },
      get connection() {
        return store.connection;
      },
      get passedOver() {
        return store.passedOver;
      },
      readStream: (...parameters) => store.readStream(...parameters),
      readAll: (...parameters) => store.readAll(...parameters),
      subscribe: (...parameters) => store.subscribe(...parameters),
      standingOf: (...parameters) => store.standingOf(...parameters),
      head: () => store.head(),
      close: () => store.close(),
    };
  }

  /**
   * Finds out whether the log takes appends again, where it refused the last one: by the same one, made such that it cannot be
   * recorded. @throws StoreRefused where it still refuses it; StoreUnavailable
   */
  async appends(): Promise<void> {
    if (!this.#refused) return;
    const [stream, events] = this.#refused;
    try {
      await this.#log?.append(stream, events, never);
    } catch (error) {
      if (error instanceof StoreFailure) throw error;
    }
    this.#refused = undefined;
  }

  /** Tells whether the log is the one that was written, and what else lies in it. */
  watchLog(log: Pick<LogWatch, 'replaced'>, store: Pick<EventStore, 'passedOver'>): void {
    new Counter({
      name: 'sparbar_foreign_events_total',
      help: 'How many events of others have been passed over in the log.',
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(store.passedOver);
      },
    });
    new Gauge({
      name: 'sparbar_log_replaced',
      help: '1 while the log is another one than before, so that nothing is recorded in it.',
      registers: [this.#registry],
      collect() {
        this.set(Number(log.replaced !== undefined));
      },
    });
  }

  /** Tells whether the keys that tokens are checked by were there when they were last asked for. */
  watchKeys(verifier: Pick<TokenVerifier, 'trouble'>): void {
    new Gauge({
      name: 'sparbar_key_server_up',
      help: '1 where the keys that tokens are checked by were given when they were last asked for.',
      registers: [this.#registry],
      collect() {
        this.set(Number(verifier.trouble === undefined));
      },
    });
  }

  /** Tells how far the projections have come, each time that the metrics are asked for. */
  watchProjections(admin: Pick<ProjectionAdmin, 'lags'>): void {
    const gauge = (name: string, help: string) =>
      new Gauge({ name: `sparbar_${name}`, help, labelNames: ['projection'], registers: [this.#registry] });
    const up = gauge(
      'stores_up',
      '1 where the stores told how far the projections have come, and none has refused what it was last asked.',
    );
    const lag = gauge('projection_lag_seconds', 'How old the newest event in the documents is, while newer ones wait.');
    const behind = gauge('projection_behind', '1 while the documents lack events of the log.');
    const ahead = gauge('projection_ahead', '1 while the documents hold what the log does not.');
    const parked = gauge('projection_parked', '1 while it is parked at an event that it cannot take.');
    const skipped = gauge('projection_skipped', 'How many events its documents lack because they were skipped.');
    const rebuilding = gauge('projection_rebuilding', '1 while the documents are being made anew.');
    this.#refresh = async () => {
      for (const each of [up, lag, behind, ahead, parked, skipped, rebuilding]) each.reset();
      try {
        for (const { name: projection, ...told } of await admin.lags()) {
          lag.set({ projection }, told.lagSeconds);
          behind.set({ projection }, Number(told.position < told.head));
          ahead.set({ projection }, Number(told.ahead));
          parked.set({ projection }, Number(told.parked));
          skipped.set({ projection }, told.skipped);
          rebuilding.set({ projection }, Number(told.rebuilding));
        }
        await this.appends();
        up.set(1);
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error;
        up.set(0);
      }
    };
  }
}
