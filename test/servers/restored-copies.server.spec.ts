import { cp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document, DocumentStore } from '#document-store';
import { openMongoDocumentStore } from '#document-store/mongodb';
import { eventually } from '#kernel/testing';
import type { OwnServer } from '../support/own-server.js';
import { positionAfter } from '../support/position-after.js';
import { runSparbar } from '../support/sparbar-command.js';
import { SystemOnOwnServers } from '../support/system-on-own-servers.js';

const differs = 5;

describe('A store that was restored from an older copy', () => {
  let system: SystemOnOwnServers;
  let administrator: string;

  beforeAll(async () => {
    system = await SystemOnOwnServers.start();
    administrator = await system.processes.token('administrator');
    await system.load('uppsala-organisation.yaml');
    await system.caughtUp();
  }, 90_000);
  afterAll(() => system?.end(), 30_000);

  const sparbar = (...words: string[]) => runSparbar(system.processes.apis[0]!.url, administrator, ...words);
  const generationsOf = async (name: string) =>
    (await system.status()).find((projection) => projection.name === name)!.generations;
  const nothingDiffers = async () =>
    expect(Object.values(await system.differing()).filter((differing) => differing > 0)).toEqual([]);

  async function copyOf(server: OwnServer): Promise<string> {
    const copy = `${server.folder}-copy`;
    await server.kill();
    await cp(server.folder, copy, { recursive: true });
    await server.restart();
    return copy;
  }

  async function restore(server: OwnServer, copy: string): Promise<void> {
    await server.kill();
    await rm(server.folder, { recursive: true });
    await cp(copy, server.folder, { recursive: true });
    await server.restart();
  }

  it('catches up by itself where it holds the documents, and can be made anew as often as before', async () => {
    const copy = await copyOf(system.documentStore);
    await eventually('A body', () => system.registerBody('Räddningsnämnden'), Boolean);
    await system.caughtUp();
    expect((await sparbar('projections', 'rebuild', 'bodies')).exitCode).toBe(0);
    const rebuilt = await generationsOf('bodies');

    await restore(system.documentStore, copy);
    await system.caughtUp();
    await nothingDiffers();
    expect(await generationsOf('bodies')).toBeLessThan(rebuilt);
    // The job of this generation was done once already, for documents that are gone.
    expect((await sparbar('projections', 'rebuild', 'bodies')).exitCode).toBe(0);
    expect(await generationsOf('bodies')).toBe(rebuilt);
    await nothingDiffers();
  }, 120_000);

  it('is found where a document of it is older than its checkpoint says, and mended by a rebuild', async () => {
    const documents = openMongoDocumentStore(system.documentStore.url);
    try {
      const bodies = await liveCollection(documents, 'bodies');
      const [older] = await documents.find<Document & { called: string[] }>(bodies, { called: 'AMN' });
      const { _position, ...document } = older!;
      // The position is one that the newer document would have, so that no event is folded into it again.
      const written = await documents.replaceMany(bodies, [
        { document: { ...document, called: [], aliases: [] }, position: positionAfter(_position) },
      ]);
      expect(written).toBe(1);
    } finally {
      await documents.close();
    }
    const verified = await sparbar('projections', 'verify', 'bodies');
    expect(verified).toMatchObject({ exitCode: differs, stdout: expect.stringContaining('1 differ') });
    expect((await sparbar('projections', 'rebuild', 'bodies')).exitCode).toBe(0);
    expect((await sparbar('projections', 'verify')).exitCode).toBe(0);
  }, 120_000);

  it('is found where it holds the log, which takes nothing until it is accepted, and all follows without a start', async () => {
    const copy = await copyOf(system.eventStore);
    await eventually('A body', () => system.registerBody('Nämnden som försvann'), Boolean);
    await system.caughtUp();

    await restore(system.eventStore, copy);
    await eventually(
      'Every projection ahead of the log',
      () => system.status(),
      (statuses) => statuses.every(({ state }) => state === 'ahead'),
    );
    expect(await sparbar('projections', 'verify')).toMatchObject({
      exitCode: differs,
      stdout: expect.stringContaining('ahead-of-log'),
    });
    expect(await sparbar('log', 'status')).toMatchObject({ exitCode: differs });
    await expect(system.registerBody('Räddningsnämnden')).rejects.toThrow(/log-replaced/);
    expect(await sparbar('projections', 'rebuild')).toMatchObject({
      exitCode: 69,
      stderr: expect.stringContaining('sparbar log accept'),
    });
    expect(await sparbar('log', 'accept', '--reason', 'The disk was lost')).toMatchObject({ exitCode: 0 });
    await system.caughtUp();
    expect((await sparbar('projections', 'verify')).exitCode).toBe(0);
    // What comes after is folded as if nothing had happened.
    const position = await system.registerBody('Räddningsnämnden');
    const path = `/v1/bodies?limit=100&waitFor=${position}`;
    const { body, status } = await system.processes.request('GET', path, { role: 'reader' });
    const names = body.items.map(({ name }: { name: string }) => name);
    expect([status, names.includes('Räddningsnämnden'), names.includes('Nämnden som försvann')]).toEqual([
      200,
      true,
      false,
    ]);
    await nothingDiffers();
  }, 120_000);
});

async function liveCollection(documents: DocumentStore, name: string): Promise<string> {
  const control = await documents.get<Document & { live: { collection: string } }>('projections', name);
  return control!.live.collection;
}
