import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const startMilliseconds = 60_000;
const freezeMilliseconds = 5_000;
const outputKept = 2_000;

/** A server in a process of its own, to be ended, frozen and started again on what it has stored. */
export interface StoreProcess {
  readonly url: string;
  readonly port: number;
  /** Ends it as a power cut does, and waits until it is gone. */
  kill(): Promise<void>;
  /** Keeps its connections and answers nothing, until it is thawed. */
  freeze(): Promise<void>;
  thaw(): void;
}

export interface StartedServerOptions {
  /** As a shell takes it; `{folder}` is where the server keeps its data, `{port}` where it listens on the loopback. */
  readonly command: string;
  readonly folder: string;
  /** A free one where it is 0. */
  readonly port: number;
  /** The URL of the server on that port. */
  readonly urlAt: (port: number) => string;
  /** Resolves where the server answers; throws where it does not. */
  readonly ask: (url: string) => Promise<unknown>;
}

/** A server that somebody's own command starts. What the command starts too is ended and frozen with it. */
export class StartedServer implements StoreProcess {
  readonly #gone: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly port: number,
  ) {
    this.#gone = once(child, 'exit');
    process.once('exit', this.#end);
    child.once('exit', () => process.off('exit', this.#end));
  }

  /** Resolves when it answers. @throws Error with its output where it ends, or does not answer in time */
  static async start({ ask, command, folder, port, urlAt }: StartedServerOptions): Promise<StartedServer> {
    await mkdir(folder, { recursive: true });
    const taken = port || (await freePort());
    const filled = command.replaceAll('{folder}', folder).replaceAll('{port}', String(taken));
    // Of a process group of its own, so that what it starts is ended with it; and its input stays open for as long as
    // this process lives.
    const child = spawn('/bin/sh', ['-c', `exec ${filled}`], {
      detached: true,
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-outputKept)));
    }
    const server = new StartedServer(child, urlAt(taken), taken);
    for (const deadline = performance.now() + startMilliseconds; ; await pause(50)) {
      try {
        await ask(server.url);
        return server;
      } catch (error) {
        const ended = child.exitCode ?? child.signalCode;
        if (ended === null && performance.now() < deadline) continue;
        await server.kill();
        const why = ended === null ? `did not answer in time (${String(error)})` : `ended with ${ended}`;
        throw new Error(`What ${filled} starts ${why}: ${output}`, { cause: error });
      }
    }
  }

  async kill(): Promise<void> {
    this.#end();
    await this.#gone;
  }

  /** A signal stops one thread after the other: some may still answer for a moment. */
  async freeze(): Promise<void> {
    this.#signal('SIGSTOP');
    for (const deadline = performance.now() + freezeMilliseconds; !this.#isStopped(); await pause(5)) {
      if (performance.now() > deadline) throw new Error('The server did not freeze');
    }
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  readonly #end = (): void => this.#signal('SIGKILL');

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.child.pid!, signal);
    } catch (error) {
      // It has ended by itself.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  #isStopped(): boolean {
    return /^State:\s+T/m.test(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
