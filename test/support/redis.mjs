import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const startMilliseconds = 10_000;

/**
 * Starts a Redis of its own on the loopback, which writes to its folder before it answers. `REDIS_SERVER` names the binary.
 */
export async function startRedis({ folder, port, parameters = [] }) {
  const taken = port ?? (await freePort());
  const child = spawn(
    process.env.REDIS_SERVER || 'redis-server',
    [
      ...['--port', String(taken), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
      ...parameters,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  // Its log would fill the pipe if nobody read it.
  child.stdout.resume();
  const end = async (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  await Promise.race([answering(taken), gone.then(([code]) => Promise.reject(new Error(`Redis ended with ${code}`)))]);
  return {
    url: `redis://127.0.0.1:${taken}`,
    port: taken,
    pid: child.pid,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when it takes commands: a Redis that still loads its log answers otherwise. */
async function answering(port) {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    if ((await ask(port)) === '+PONG') return;
    await sleep(20);
  }
  throw new Error(`Redis did not answer on port ${port}`);
}

function ask(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (chunk) => end(chunk.toString().trim()));
    socket.once('error', () => end(undefined));
  });
}
