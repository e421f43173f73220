import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StoreProcess } from '../started-server.js';

const startMilliseconds = 10_000;

/** The double of KurrentDB in a process of its own, to be killed, frozen and started again on what it has stored. */
export class DoubleProcess implements StoreProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param port 0 takes a free one */
  static async start(file: string, port = 0): Promise<DoubleProcess> {
    const main = join(process.cwd(), 'test', 'support', 'kurrentdb-double', 'start.mjs');
    const env = { ...process.env, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, [main, String(port), file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error('The double did not start'));
      }, startMilliseconds);
      child.once('exit', (code) => reject(new Error(`The double ended with ${code}`)));
      child.stdout.once('data', (told: Buffer) => {
        clearTimeout(timer);
        resolve(/listens on (\S+)/.exec(told.toString())![1]!);
      });
    });
    return new DoubleProcess(child, url);
  }

  get port(): number {
    return Number(/:(\d+)\?/.exec(this.url)![1]);
  }

  async freeze(): Promise<void> {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
