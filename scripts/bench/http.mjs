import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { root } from '../installation.mjs';
import { figure, inFolder, load as loadNow, median, now, pairsOf, rowOf } from './measuring.mjs';

const seconds = 4;
const startsMeasured = 5;

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

/** The first start loads the real plans; the second goes on with what is there. */
export const startRows = () => inFolder(standalone);

async function standalone(folder) {
  const rows = [];
  const starts = { first: [], second: [] };
  for (let turn = 0; turn < startsMeasured; turn++) {
    for (const which of ['first', 'second']) starts[which].push(await start(join(folder, `standalone-${turn}`)));
  }
  for (const [which, measured] of Object.entries(starts)) {
    for (const [what, name, unit, most] of [
      ['start to ready, installed', 'took', 's', 1.5],
      ['memory after the start', 'memory', 'MB', 150],
    ]) {
      const figures = measured.map((one) => one[name]);
      const [usual, least, worst] = [median(figures), Math.min(...figures), Math.max(...figures)];
      rows.push({
        work: `${which} start: ${what}`,
        measured: `${figure(usual)} ${unit} (${figure(least)}–${figure(worst)}), ${figures.length} starts, load ${loadNow()}`,
        reach: `≤ ${most} ${unit}`,
        held: usual <= most,
      });
    }
  }
  return rows;
}

async function start(data) {
  const env = { ...process.env, PORT: '0', SPARBAR_DATA: data, SPARBAR_LOG_LEVEL: 'warn' };
  const from = now();
  const child = spawn(process.execPath, [join(root, 'dist/apps/standalone/src/main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await lineOf(child, (told) => told.includes('Three requests'));
  const took = (now() - from) / 1000;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
  await ended(child, 'SIGTERM');
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
