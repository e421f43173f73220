import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startRedis } from './redis.mjs';
import { secret } from './secret.mjs';
import type { StoreProcess } from './started-server.js';
import { kurrentDbName, mongoDbName, startKurrentDb, startMongoDb } from './store-processes.js';

/** A server in a process of its own that a test may end, freeze and start again on what it has stored. */
export class OwnServer {
  #frozen = false;
  #running: StoreProcess | undefined;

  private constructor(
    readonly name: string,
    /** The folder of all that it has stored. */
    readonly folder: string,
    readonly url: string,
    private readonly port: number,
    private readonly start: (port: number) => Promise<StoreProcess>,
  ) {}

  /** The double of KurrentDB, or the server that `KURRENTDB_START` starts. */
  static eventStore(folder: string): Promise<OwnServer> {
    const place = join(folder, 'log');
    return OwnServer.#first(kurrentDbName, place, async (port) => withSecret(await startKurrentDb(place, port)));
  }

  /** The stand-in for MongoDB, or the server that `MONGODB_START` starts. */
  static documentStore(folder: string): Promise<OwnServer> {
    const place = join(folder, 'documents');
    return OwnServer.#first(mongoDbName, place, (port) => startMongoDb(place, port));
  }

  static async redis(folder: string): Promise<OwnServer> {
    const place = join(folder, 'redis');
    await mkdir(place);
    return OwnServer.#first('Redis', place, async (port) => {
      const redis = await startRedis({ folder: place, ...(port && { port }) });
      const signal = (name: NodeJS.Signals) => void process.kill(redis.pid, name);
      return { ...redis, freeze: async () => signal('SIGSTOP'), thaw: () => signal('SIGCONT') };
    });
  }

  static async #first(
    name: string,
    folder: string,
    start: (port: number) => Promise<StoreProcess>,
  ): Promise<OwnServer> {
    const running = await start(0);
    const server = new OwnServer(name, folder, running.url, running.port, start);
    server.#running = running;
    return server;
  }

  /** Ends it as a power cut does, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
    this.#frozen = false;
  }

  /** Starts it again on the same port; resolves when it listens. */
  async restart(): Promise<void> {
    this.#running = await this.start(this.port);
  }

  /** Keeps its connections and answers nothing. */
  async freeze(): Promise<void> {
    await this.#running!.freeze();
    this.#frozen = true;
  }

  /** Answers again, however it was left. */
  async heal(): Promise<void> {
    this.thaw();
    if (!this.#running) await this.restart();
  }

  thaw(): void {
    if (this.#frozen) this.#running!.thaw();
    this.#frozen = false;
  }
}

/** A server without TLS asks for no password. What matters is that nobody prints what the URL says. */
const withSecret = (server: StoreProcess): StoreProcess => ({
  url: server.url.includes('@') ? server.url : server.url.replace('://', `://sparbar:${encodeURIComponent(secret)}@`),
  port: server.port,
  kill: () => server.kill(),
  freeze: () => server.freeze(),
  thaw: () => server.thaw(),
});
