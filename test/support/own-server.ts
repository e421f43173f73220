import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DoubleProcess } from './kurrentdb-double/double-process.js';
import { startMongoWire } from './mongo-wire.mjs';
import { startRedis } from './redis.mjs';

interface Started {
  readonly url: string;
  readonly port: number;
  kill(): Promise<void>;
  freeze(): Promise<void> | void;
  thaw(): void;
}

/** A server in a process of its own that a test may end, freeze and start again on what it has stored. */
export class OwnServer {
  #frozen = false;
  #running: Started | undefined;

  private constructor(
    readonly name: string,
    /** What it has stored. */
    readonly file: string,
    readonly url: string,
    private readonly port: number,
    private readonly start: (port: number) => Promise<Started>,
  ) {}

  /** The double of KurrentDB. */
  static eventStore(folder: string): Promise<OwnServer> {
    const file = join(folder, 'log');
    return OwnServer.#first('the double of KurrentDB', file, (port) => DoubleProcess.start(file, port));
  }

  /** The server that speaks MongoDB's wire protocol. */
  static documentStore(folder: string): Promise<OwnServer> {
    const file = join(folder, 'documents');
    return OwnServer.#first("a stand-in that speaks MongoDB's wire protocol", file, (port) =>
      startMongoWire({ file, port }),
    );
  }

  static async redis(folder: string): Promise<OwnServer> {
    const file = join(folder, 'redis');
    await mkdir(file);
    return OwnServer.#first('Redis', file, async (port) => {
      const redis = await startRedis({ folder: file, ...(port && { port }) });
      const signal = (name: NodeJS.Signals) => void process.kill(redis.pid, name);
      return { ...redis, freeze: () => signal('SIGSTOP'), thaw: () => signal('SIGCONT') };
    });
  }

  static async #first(name: string, file: string, start: (port: number) => Promise<Started>): Promise<OwnServer> {
    const running = await start(0);
    const server = new OwnServer(name, file, running.url, running.port, start);
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
