import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareMongoWire } from '../../scripts/servers/mongo-wire.mjs';

const startMilliseconds = 20_000;
const stopMilliseconds = 5_000;
const freezeMilliseconds = 5_000;

/** Starts the wire server on the loopback, and resolves when it listens. */
export async function startMongoWire({ file, folder, port = 0 }) {
  const classPath = await prepareMongoWire(folder);
  // Its standard input stays open for as long as this process lives, and ends it.
  const child = spawn('java', ['-Xmx1g', '-cp', classPath, 'Main', String(port), file]);
  const gone = once(child, 'exit').catch(() => undefined);
  const listening = await told(child);
  const end = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  return {
    url: `mongodb://127.0.0.1:${listening}`,
    port: listening,
    pid: child.pid,
    kill: () => end('SIGKILL'),
    freeze: () => freeze(child),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      const late = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds);
      // A frozen process takes no other signal.
      child.kill('SIGCONT');
      await end('SIGTERM');
      clearTimeout(late);
    },
  };
}

/** A signal stops one thread after the other: some may still answer for a moment. */
async function freeze(child) {
  child.kill('SIGSTOP');
  const threads = `/proc/${child.pid}/task`;
  const stopped = () =>
    readdirSync(threads).every((thread) => /^State:\s+T/m.test(readFileSync(`${threads}/${thread}/status`, 'utf8')));
  for (const deadline = performance.now() + freezeMilliseconds; !stopped(); await pause(5)) {
    if (performance.now() > deadline) throw new Error('The MongoDB wire server did not freeze');
  }
}

/** The port that it says it listens on. */
function told(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    let failures = '';
    const fail = (why) => {
      child.kill('SIGKILL');
      settle(() => reject(new Error(`The MongoDB wire server ${why}: ${failures}`)));
    };
    const ended = (code, signal) => fail(`ended with ${code ?? signal}`);
    const timer = setTimeout(() => fail('did not start in time'), startMilliseconds);
    const settle = (how) => {
      clearTimeout(timer);
      child.off('exit', ended);
      how();
    };
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', ended);
    child.stderr.on('data', (chunk) => (failures += chunk));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const port = /^listening on \S+:(\d+)$/m.exec(output)?.[1];
      if (port) settle(() => resolve(Number(port)));
    });
  });
}
