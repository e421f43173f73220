import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { pino } from 'pino';
import { pause } from '#kernel';
import { readSettings } from '../settings/settings.js';
import { createApp } from './create-app.js';
import { Lifecycle, parts } from './lifecycle.js';
import type { PartName } from './lifecycle.js';
import type { ProcessGiven } from './process.module.js';

let happened: string[] = [];
let answering: (() => void) | undefined;

/** A module that brings about a part, which tells when it begins and ends. */
function bringing(name: PartName, imports: DynamicModule[] = [], stop = async () => undefined): DynamicModule {
  class PartModule {}
  const part = {
    start: () => void happened.push(`begins ${name}`),
    stop: async () => {
      await stop();
      // Whoever does not wait for the one before comes too early.
      await pause(20);
      happened.push(`ends ${name}`);
    },
  };
  const provider = {
    provide: Symbol(name),
    inject: [Lifecycle],
    useFactory: (lifecycle: Lifecycle) => lifecycle.add(name, part),
  };
  return { module: PartModule, imports, providers: [provider] };
}

@Controller('slow')
class SlowController {
  @Get()
  async answer(): Promise<string> {
    await new Promise<void>((resolve) => (answering = resolve));
    happened.push('answers');
    return 'answered';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('The parts of a process', () => {
  let folder: string;
  let given: ProcessGiven;
  const app = (...modules: DynamicModule[]) => createApp(given, [SlowModule, ...modules], () => undefined);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-lifecycle-'));
    given = { settings: await readSettings({ SPARBAR_DATA: folder }), logger: pino({ level: 'silent' }) };
  });
  beforeEach(() => {
    happened = [];
    answering = undefined;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are ended in this order: what uses another one before it', () => {
    expect(parts).toEqual(['work', 'jobs', 'projections', 'features', 'threads', 'rates', 'log', 'documents']);
  });

  it.each([
    ['beside each other', () => parts.map((name) => bringing(name))],
    ['beside each other, the last one first', () => [...parts].reverse().map((name) => bringing(name))],
    ['far below', () => parts.reduce<DynamicModule[]>((below, name) => [bringing(name, below)], [])],
    [
      'far below, the other way round',
      () => parts.reduceRight<DynamicModule[]>((below, name) => [bringing(name, below)], []),
    ],
  ])('begin and end in one order when their modules are %s', async (_, modules) => {
    const running = await app(...modules());
    await running.init();
    await running.close();
    expect(happened).toEqual([
      ...[...parts].reverse().map((name) => `begins ${name}`),
      ...parts.map((name) => `ends ${name}`),
    ]);
  });

  it('go on until the last request is answered, and no other is taken', async () => {
    const running = await app(...parts.map((name) => bringing(name)));
    await running.listen(0, '127.0.0.1');
    const url = await running.getUrl();
    const answer = fetch(`${url}/slow`, { signal: AbortSignal.timeout(15_000) }).then((response) => response.text());
    while (!answering) await pause(5);
    happened = [];
    const closed = running.close();
    await refused(url);
    expect(happened).toEqual([]);
    answering();
    expect(await answer).toBe('answered');
    await closed;
    expect(happened).toEqual(['answers', ...parts.map((name) => `ends ${name}`)]);
  });

  it('end all though one of them fails, which is told', async () => {
    const failing = bringing('jobs', [], () => Promise.reject(new Error('stuck')));
    const running = await app(...parts.filter((name) => name !== 'jobs').map((name) => bringing(name)), failing);
    await running.close();
    expect(happened).toEqual(parts.filter((name) => name !== 'jobs').map((name) => `ends ${name}`));
    expect(await running.get(Lifecycle).end()).toEqual([new Error('stuck')]);
  });

  it('end once', async () => {
    const running = await app(bringing('log'));
    await Promise.all([running.close(), running.get(Lifecycle).end(), running.close()]);
    expect(happened).toEqual(['ends log']);
  });

  it('end where the process cannot be made, also those that come about later', async () => {
    class FailingModule {}
    const failing = {
      provide: Symbol('failing'),
      useFactory: () => Promise.reject(new Error('the documents are away')),
    };
    const late = {
      provide: Symbol('late'),
      inject: [Lifecycle],
      useFactory: async (lifecycle: Lifecycle) => {
        await pause(100);
        lifecycle.add('jobs', { stop: async () => void happened.push('ends late jobs') });
      },
    };
    const module = { module: FailingModule, providers: [failing, late] };
    await expect(app(bringing('log'), module)).rejects.toThrow('the documents are away');
    expect(happened).toEqual(['ends log']);
    while (happened.length < 2) await pause(5);
    expect(happened).toEqual(['ends log', 'ends late jobs']);
  });
});

/** Resolves as soon as a request is not taken. */
async function refused(url: string): Promise<void> {
  for (const deadline = AbortSignal.timeout(10_000); ;) {
    deadline.throwIfAborted();
    const status = await fetch(`${url}/nothing`, { headers: { connection: 'close' }, signal: deadline }).then(
      (response) => response.status,
      () => 503,
    );
    if (status === 503) return;
    await pause(5);
  }
}
