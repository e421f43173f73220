import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { root } from '../installation.mjs';
import { inFolder, median, now } from './measuring.mjs';

const rounds = 3;
const seconds = 4;

/** Commands over HTTP beside a route that does nothing, and what the standalone takes to start and to live. */
export const httpRows = () => inFolder(async (folder) => [...(await overHttp(folder)), ...(await standalone(folder))]);

async function overHttp(folder) {
  const env = { ...process.env, SPARBAR_DATA: join(folder, 'http') };
  const main = join(dirname(fileURLToPath(import.meta.url)), 'http-app.mjs');
  const child = spawn(process.execPath, [main], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const { token, url } = JSON.parse(await lineOf(child, (told) => told.endsWith('\n')));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const load = async (path, body) => {
      const { errors, non2xx, requests } = await autocannon({
        url: url + path,
        method: 'POST',
        headers,
        body,
        connections: 64,
        duration: seconds,
      });
      if (errors + non2xx > 0) throw new Error(`${path}: ${errors} errors, ${non2xx} answers that are none of success`);
      return requests.average;
    };
    const measured = [];
    for (let round = 0; round <= rounds; round++) {
      const nothing = await load('/v1/nothing', '{}');
      const commands = await load('/v1/bodies', '{"name":"Nämnd","kind":"board"}');
      // The first round warms up.
      if (round > 0) measured.push({ nothing, commands, ratio: commands / nothing });
    }
    const ratio = median(measured.map((one) => one.ratio));
    const { commands, nothing } = measured.find((one) => one.ratio === ratio);
    return [
      {
        work: 'command over HTTP, 64 connections',
        measured: `${Math.round(commands)}/s, ${ratio.toFixed(2)} of an authenticated POST that does nothing (${Math.round(nothing)}/s), median of ${rounds}`,
        reach: '≥ 0.6',
        held: ratio >= 0.6,
      },
    ];
  } finally {
    await ended(child, 'SIGKILL');
  }
}

/** The first start loads the real plans; the second goes on with what is there. */
async function standalone(folder) {
  const rows = [];
  for (const which of ['first', 'second']) {
    const env = { ...process.env, PORT: '0', SPARBAR_DATA: join(folder, 'standalone'), SPARBAR_LOG_LEVEL: 'warn' };
    const from = now();
    const child = spawn(process.execPath, [join(root, 'dist/apps/standalone/src/main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await lineOf(child, (told) => told.includes('Three requests'));
    const took = (now() - from) / 1000;
    const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
    await ended(child, 'SIGTERM');
    rows.push(
      { work: `${which} start to ready, installed`, measured: `${took.toFixed(2)} s`, reach: '≤ 2 s', held: took <= 2 },
      {
        work: `memory after the ${which} start`,
        measured: `${Math.round(memory)} MB`,
        reach: '≤ 200 MB',
        held: memory <= 200,
      },
    );
  }
  return rows;
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
