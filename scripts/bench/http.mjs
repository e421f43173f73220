import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { root } from '../installation.mjs';
import { figure, inFolder, median, now, pairsOf, rowOf } from './measuring.mjs';

const seconds = 4;

/** What is measured is not to be refused for its number. */
const anyRate = { SPARBAR_RATE_TOKEN: '0', SPARBAR_RATE_TENANT: '0' };

/**
 * Commands over HTTP beside a POST that does nothing: a route of the same server with the same body, whose token is checked
 * and whose context is made as of every command. What is between the two is the command itself, with its validation, its
 * decision and its place on the disk.
 */
export const httpRows = () =>
  inFolder(async (folder) => {
    const env = { ...process.env, SPARBAR_DATA: join(folder, 'http'), ...anyRate };
    const main = join(dirname(fileURLToPath(import.meta.url)), 'http-app.mjs');
    const child = spawn(process.execPath, [main], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const { token, url } = JSON.parse(await lineOf(child, (told) => told.endsWith('\n')));
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const load = async (path) => {
        const { errors, non2xx, requests } = await autocannon({
          url: url + path,
          method: 'POST',
          headers,
          body: '{"name":"Nämnd","kind":"board"}',
          connections: 64,
          duration: seconds,
        });
        if (errors + non2xx > 0)
          throw new Error(`${path}: ${errors} errors, ${non2xx} answers that are none of success`);
        return requests.average;
      };
      const pairs = await pairsOf(
        () => load('/v1/bodies'),
        () => load('/v1/nothing'),
      );
      const against = 'an authenticated POST that does nothing';
      return [rowOf({ work: 'command over HTTP, 64 connections', unit: 'requests/s', against, least: 0.7 }, pairs)];
    } finally {
      await ended(child, 'SIGKILL');
    }
  });

/**
 * Starts beside that of a bare app of the same parts, by turns. The first one loads the real plans, the second goes on with what is
 * there. What is to be reached is absolute; the ratio to the bare app means the same on a busy machine.
 */
export const startRows = () =>
  inFolder(async (folder) => {
    const rows = [];
    const bare = join(dirname(fileURLToPath(import.meta.url)), 'bare-app.mjs');
    for (const which of ['first', 'second']) {
      const memories = { ours: [], theirs: [] };
      const measured = async (side, ...start) => {
        const { memory, took } = await started(...start);
        memories[side].push(memory);
        return took;
      };
      const pairs = await pairsOf(
        (turn) => measured('ours', join(root, 'scripts', 'start.mjs'), 'Three requests', join(folder, `data-${turn}`)),
        () => measured('theirs', bare, 'listens on'),
      );
      const against = 'a bare app of Nest and Fastify';
      const took = rowOf({ work: `${which} start: to ready, installed`, unit: 's', against }, pairs);
      rows.push({ ...took, reach: '≤ 1.5 s', held: median(pairs.map(({ ours }) => ours)) <= 1.5 });
      const [ours, theirs] = [median(memories.ours), median(memories.theirs)];
      rows.push({
        work: `${which} start: memory then`,
        measured: `${figure(ours)} MB (${figure(Math.min(...memories.ours))}–${figure(Math.max(...memories.ours))}), ${against} ${figure(theirs)} MB`,
        reach: '≤ 150 MB',
        held: ours <= 150,
      });
    }
    return rows;
  });

/** How long a program takes until it prints something, in seconds, and what it holds of memory then, in MB. */
async function started(program, ready, data) {
  const env = { ...process.env, PORT: '0', SPARBAR_LOG_LEVEL: 'warn', ...(data && { SPARBAR_DATA: data }) };
  const from = now();
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await lineOf(child, (told) => told.includes(ready));
  const took = (now() - from) / 1000;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
  await ended(child, 'SIGKILL');
  return { took, memory };
}

async function lineOf(child, enough) {
  let told = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    told += chunk;
    if (enough(told)) return told;
  }
  throw new Error(`It ended before it was ready: ${told}`);
}

async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
