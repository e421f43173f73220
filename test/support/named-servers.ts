import { randomUUID } from 'node:crypto';
import { OwnServer } from './own-server.js';
import type { SharedServers } from './system-processes.js';

/** The servers that `KURRENTDB_URL`, `MONGODB_URL` and `REDIS_URL` name; one of its own for each that is not named. */
export class NamedServers {
  readonly #own: OwnServer[] = [];

  private constructor(
    private readonly kurrentDb: string | undefined,
    private readonly mongoDb: string | undefined,
    private readonly redis: string | undefined,
  ) {}

  static named({ KURRENTDB_URL, MONGODB_URL, REDIS_URL } = process.env): NamedServers {
    return new NamedServers(KURRENTDB_URL, MONGODB_URL, REDIS_URL);
  }

  /** Which servers they are: what a run says of itself. */
  get title(): string {
    return [
      this.kurrentDb ? 'KurrentDB at KURRENTDB_URL' : 'a double of KurrentDB',
      this.mongoDb ? 'MongoDB at MONGODB_URL' : "a stand-in that speaks MongoDB's wire protocol",
      this.redis ? 'Redis at REDIS_URL' : 'a Redis of its own',
    ].join(', ');
  }

  /** Starts those that are not named, on files in a folder. */
  async start(folder: string): Promise<SharedServers> {
    return {
      eventStoreUrl: this.kurrentDb ?? (await this.#started(OwnServer.eventStore(folder))),
      documentStoreUrl: withNewDatabase(this.mongoDb ?? (await this.#started(OwnServer.documentStore(folder)))),
      jobsUrl: this.redis ?? (await this.#started(OwnServer.redis(folder))),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#own.map((server) => server.kill()));
  }

  async #started(starting: Promise<OwnServer>): Promise<string> {
    const server = await starting;
    this.#own.push(server);
    return server.url;
  }
}

/** A database that nobody else has. */
function withNewDatabase(url: string): string {
  const [, servers, options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url)!;
  return `${servers}/sparbar-test-${randomUUID()}${options}`;
}
