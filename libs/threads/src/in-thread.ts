import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { TakesTooMuch } from './takes-too-much.js';

const second = 1_000;
/** A core is left to the requests of others. */
const mostThreads = 2;
const longestSeconds = 60;
const mostMegabytes = 768;
/** Until what a thread holds is given back. */
const idleSeconds = 10;

let started: Promise<Piscina> | undefined;

/**
 * Does work in a thread of its own, so that the requests of others go on: within a time and a heap, and ended at once where
 * nobody waits for it any more. The first work of a process starts a thread, which takes half a second; a thread that has
 * nothing to do ends, and keeps no process alive.
 * @param module the URL of a module whose default export is the work: a function of what is given
 * @param given what the work is about: data alone, of which the thread has a copy
 * @returns what the function gives, as data
 * @throws TakesTooMuch; the signal's reason where it aborts; what the function throws, of which the class is lost
 */
export async function inThread<Result>(module: URL, given: unknown, signal?: AbortSignal): Promise<Result> {
  const threads = await (started ??= startThreads());
  signal?.throwIfAborted();
  const inTime = AbortSignal.timeout(longestSeconds * second);
  try {
    const ended = signal ? AbortSignal.any([signal, inTime]) : inTime;
    return (await threads.run(given, { filename: fileURLToPath(built(module)), signal: ended })) as Result;
  } catch (error) {
    signal?.throwIfAborted();
    const isOutOfMemory = (error as { readonly code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (inTime.aborted || isOutOfMemory) throw new TakesTooMuch(longestSeconds, mostMegabytes, error);
    throw error;
  }
}

/** Loaded by the first who needs it: few processes do. */
async function startThreads(): Promise<Piscina> {
  const { Piscina } = await import('piscina');
  const threads = new Piscina({
    minThreads: 0,
    maxThreads: mostThreads,
    idleTimeout: idleSeconds * second,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  // A thread that cannot even begin is told of here alone; unheard, it would end the process. Those who wait are told that it
  // was ended, and who comes next starts anew.
  threads.on('error', () => {
    started = undefined;
    void threads.destroy();
  });
  return threads;
}

/** What is tested from its sources, which no thread can read, does its work by what was built of them. */
const built = ({ href }: URL): URL =>
  new URL(href.endsWith('.ts') ? href.replace(/\/libs\/(?!.*\/libs\/)(.*)\.ts$/, '/dist/libs/$1.js') : href);
