import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keepOutput } from './spec-output.js';

export type App = 'api' | 'projector' | 'snapshots';

const startMilliseconds = 30_000;
const logLinesKept = 200;
/** Ends the process when its standard input ends, which is when the one that started it is gone. Its threads have none. */
const endsWithItsParent =
  "import{isMainThread}from'node:worker_threads';" +
  "if(isMainThread){process.stdin.on('end',()=>process.exit(1)).resume();process.stdin.unref()}";

export interface AppOptions {
  readonly app: App;
  /** What its environment holds beside that of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** A process of the system as it is shipped, on the loopback. It keeps its port when it is started again. */
export class AppProcess {
  #child!: ChildProcess;
  #url!: string;
  readonly #log: string[] = [];

  private constructor(private readonly options: AppOptions) {}

  /** Resolves when it listens. @throws Error where it ends, or does not listen in time */
  static async start(options: AppOptions): Promise<AppProcess> {
    const process = new AppProcess(options);
    await process.#start('0');
    return process;
  }

  get app(): App {
    return this.options.app;
  }

  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The newest lines of its log, of every time that it was started. */
  get log(): readonly string[] {
    return this.#log;
  }

  /** Ends it as a power cut does, frozen or not, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it in order. @returns its exit code; null where it had to be killed after so many milliseconds */
  async stop(milliseconds: number): Promise<number | null> {
    const late = setTimeout(() => this.#child.kill('SIGKILL'), milliseconds);
    await this.#end('SIGTERM');
    clearTimeout(late);
    return this.#child.exitCode;
  }

  /** Stops it where it stands: it holds what it holds, and does nothing. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Starts it again after it has ended. */
  restart(): Promise<void> {
    return this.#start(new URL(this.#url).port);
  }

  /** Resolves when it says that it is ready. @throws Error with its log where it does not in time */
  async ready(milliseconds = startMilliseconds): Promise<void> {
    for (const deadline = performance.now() + milliseconds; ;) {
      const answer = await fetch(`${this.#url}/health/ready`, { signal: AbortSignal.timeout(milliseconds) }).catch(
        () => undefined,
      );
      await answer?.text();
      if (answer?.ok) return;
      if (performance.now() > deadline) throw new Error(`${this.app} was not ready in time:\n${this.#log.join('\n')}`);
      await pause(25);
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.isGone) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
  }

  async #start(port: string): Promise<void> {
    const { app, env } = this.options;
    const main = join(process.cwd(), 'dist', 'apps', app, 'src', 'main.js');
    const preload = `--import=data:text/javascript,${encodeURIComponent(endsWithItsParent)}`;
    this.#child = spawn(process.execPath, [preload, main], {
      env: { ...process.env, NODE_OPTIONS: '', HOST: '127.0.0.1', PORT: port, ...env },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.#url = await this.#listening();
  }

  #listening(): Promise<string> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        child.kill('SIGKILL');
        reject(new Error(`${this.app} ${why}:\n${this.#log.join('\n')}`));
      };
      const timer = setTimeout(() => fail('did not listen in time'), startMilliseconds);
      child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`));
      let rest = '';
      child.stderr!.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop()!;
        keepOutput(chunk.toString());
        this.#log.push(...lines);
        this.#log.splice(0, this.#log.length - logLinesKept);
        const url = lines.map((line) => /"url":"([^"]+)".*"msg":"listening"/.exec(line)?.[1]).find(Boolean);
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
    });
  }
}
