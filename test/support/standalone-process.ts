import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const startMilliseconds = 60_000;

/** The standalone as it is shipped, in a process of its own on a free port of the loopback. */
export class StandaloneProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly tokens: Readonly<Record<string, string>>,
    readonly output: string,
    /** What it has written to its log so far. */
    readonly errors: () => string,
  ) {}

  static async start(data: string, plans = '', more: NodeJS.ProcessEnv = {}): Promise<StandaloneProcess> {
    const main = join(process.cwd(), 'dist', 'apps', 'standalone', 'src', 'main.js');
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      HOST: '127.0.0.1',
      PORT: '0',
      SPARBAR_DATA: data,
      SPARBAR_PLANS: plans,
      ...more,
    };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let failures = '';
    const output = await new Promise<string>((resolve, reject) => {
      let told = '';
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`The standalone did not start: ${failures}`));
      }, startMilliseconds);
      child.stderr.on('data', (chunk: Buffer) => (failures += chunk.toString()));
      child.once('exit', (code) => reject(new Error(`The standalone ended with ${code}: ${failures}`)));
      child.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (!told.includes('Three requests') || !told.endsWith('\n')) return;
        clearTimeout(timer);
        resolve(told);
      });
    });
    const url = /listens on (\S+)/.exec(output)![1]!;
    const tokens = Object.fromEntries(
      [...output.matchAll(/^([A-Z]+)=(\S+)$/gm)].map(([, role, token]) => [role!.toLowerCase(), token!]),
    );
    return new StandaloneProcess(child, url, tokens, output, () => failures);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Ends it with a signal, and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill(signal);
      await gone;
    }
    return this.child.exitCode;
  }
}
