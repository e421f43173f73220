import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sparbar } from '#command-line';
import type { Document } from '#document-store';
import { newId } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { snapshotIdOf } from '#snapshots';
import { FrozenRound } from './support/frozen-round.js';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const round = roundIdOf(tenant, plan, 'augusti-2025');
const amn = bodyIdOf(tenant, 'amn');

describe('Snapshots over HTTP', () => {
  let system: RunningSystem;
  let reader: string;
  let snapshotId: string;
  let second: string;
  const get = (url: string, token = reader) => system.request('GET', `/v1/${url}`, token);
  const raw = async (form: string, token = reader) => {
    const url = new URL(`/v1/snapshots/${snapshotId}/${form}`, await system.app.getUrl());
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  beforeAll(async () => {
    system = await RunningSystem.start();
    reader = await system.token('reader');
    await system.load(...plans);
    const frozen = new FrozenRound(system.stores, tenant, round, plan, '2026-12-01T09:00:00.000Z');
    await frozen.report(amn);
    await frozen.freeze(
      [{ bodyId: bodyIdOf(tenant, 'ks'), itemIds: [itemIdOf(tenant, plan, 'uppdrag-1')] }],
      'Brådskar',
    );
    snapshotId = await frozen.make(1);
    const controller = await system.token('controller');
    const item = itemIdOf(tenant, plan, 'uppdrag-1');
    const late = { roundId: round, bodyId: amn, level: 'delayed', motivation: 'Kom sent.' };
    expect((await system.request('POST', `/v1/items/${item}/assessments`, controller, late)).status).toBe(200);
    await frozen.reissue(2, 'En sen bedömning');
    second = await frozen.make(2);
  });
  afterAll(() => system.stop());

  it('are listed by round, oldest issue first', async () => {
    const { body } = await get(`rounds/${round}/snapshots`);
    expect(body.items).toMatchObject([
      { id: snapshotId, issue: 1, state: 'made', override: 'Brådskar', round: 'Delårsuppföljning augusti 2025' },
      { id: second, issue: 2, replaces: 1, reason: 'En sen bedömning' },
    ]);
    expect((await get(`rounds/${roundIdOf(tenant, plan, 'april-2025')}/snapshots`)).body.items).toEqual([]);
  });

  it('have the very bytes that their SHA-256 was taken of', async () => {
    const { body } = await get(`snapshots/${snapshotId}`);
    const { answer, bytes } = await raw('content');
    const digest = createHash('sha256').update(bytes);
    expect(answer.headers.get('etag')).toBe(`"${body.sha256}"`);
    expect(bytes.length).toBe(body.bytes);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${digest.copy().digest('base64')}:`);
    expect(digest.digest('hex')).toBe(body.sha256);
    const content = JSON.parse(bytes.toString());
    expect(content).toMatchObject({ format: 'sparbar-snapshot', totals: { all: { items: 69 } } });
  });

  it('come as a page, a workbook and a table', async () => {
    const page = await raw('report');
    expect(page.answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.bytes.toString()).toContain('Delårsuppföljning augusti 2025');
    const table = await raw('table');
    expect(table.answer.headers.get('content-disposition')).toBe('attachment; filename="augusti-2025-1.csv"');
    expect(table.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const measures = await raw('indicator-table');
    expect(measures.answer.headers.get('content-disposition')).toBe(
      'attachment; filename="augusti-2025-1-indikatorer.csv"',
    );
    expect(measures.answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(measures.bytes.toString()).toMatch(/^\ufeff"Indikator";"Enhet";/);
    const workbook = await raw('workbook');
    expect(workbook.bytes.subarray(0, 2).toString()).toBe('PK');
  });

  it('are verified against the log', async () => {
    expect((await get(`snapshots/${snapshotId}/verification`)).body).toMatchObject({ verdict: 'same' });
  });

  it('are compared with each other, and with what is known now', async () => {
    const { body } = await get(`snapshots/${snapshotId}/comparison?with=${second}`);
    expect(body).toMatchObject({ same: false, then: { issue: 1 }, now: { issue: 2 } });
    expect(body.changedItems).toMatchObject([
      {
        item: { label: 'Uppdrag 1' },
        changes: expect.arrayContaining([expect.objectContaining({ now: 'Kom sent.' })]),
      },
    ]);
    expect((await get(`snapshots/${second}/comparison`)).body).toMatchObject({ now: { issue: null } });
  });

  it('outlive the read models', async () => {
    const administrator = await system.token('administrator');
    await system.request('POST', '/v1/projections/rounds/rebuild', administrator);
    await system.request('POST', '/v1/projections/item-status/rebuild', administrator);
    expect((await get(`snapshots/${snapshotId}/verification`)).body).toMatchObject({ verdict: 'same' });
  });

  it.each(['', '/content', '/report', '/table', '/indicator-table', '/workbook', '/verification', '/comparison'])(
    'are not there for others, nor for nobody (%s)',
    async (form) => {
      expect((await system.request('GET', `/v1/snapshots/${snapshotId}${form}`)).status).toBe(401);
      const other = await system.token('reader', { of: 'umea' });
      expect((await get(`snapshots/${snapshotId}${form}`, other)).status).toBe(404);
      expect((await get(`snapshots/${newId()}${form}`)).status).toBe(404);
      expect((await get(`snapshots/x${form}`)).status).toBe(400);
    },
  );

  it('say what a comparison can be with', async () => {
    const { body, status } = await get(`snapshots/${snapshotId}/comparison?with=x`);
    expect(status).toBe(400);
    expect(body.faults).toMatchObject([{ field: 'with' }]);
    expect((await get(`rounds/${newId()}/snapshots`)).status).toBe(404);
  });

  describe('from the command line', () => {
    const run = async (...words: string[]): Promise<{ text: string; exitCode: typeof process.exitCode }> => {
      let told = '';
      const program = sparbar((text) => void (told += text));
      const asked = ['--url', await system.app.getUrl(), '--token', reader, 'snapshot', ...words];
      const before = process.exitCode;
      await program.parseAsync(['node', 'sparbar', ...asked]);
      const { exitCode } = process;
      process.exitCode = before;
      return { text: told, exitCode };
    };

    it('are listed, verified and compared', async () => {
      expect((await run('list', round)).text).toContain(second);
      expect(await run('verify', snapshotId)).toMatchObject({
        text: expect.stringContaining('The log, the recorded SHA-256 and the kept bytes agree.'),
        exitCode: 0,
      });
      const { text } = await run('compare', snapshotId, second);
      // The year that was loaded is invented, and what was said after it is not.
      expect(text).toContain('utgåva 1 (med påhittade uppgifter) → Delårsuppföljning augusti 2025, utgåva 2 (med');
      expect(text).toContain('motivation: – → Kom sent.');
      expect((await run('compare', second)).text).toContain('Ingen skillnad.');
    });

    it('are left to the worker where a round is frozen over HTTP, which says where to follow it', async () => {
      let told = '';
      const program = sparbar((text) => void (told += text));
      const april = 'amn-verksamhetsplan-2025:april-2025';
      const asked = ['--url', await system.app.getUrl(), '--token', await system.token('controller')];
      await program.parseAsync(['node', 'sparbar', ...asked, 'freeze', april, '--override', 'Brådskar']);
      const made = snapshotIdOf(tenant, roundIdOf(tenant, plan, 'april-2025'), 1);
      expect(told).toMatch(new RegExp(`^Fryst vid [0-9]{20}\nUtgåva 1 är ${made}`));
      await eventually('the snapshot in the list', async () =>
        (await run('list', april)).text.includes('being-made') ? undefined : true,
      );
      expect((await run('verify', `${april}:1`)).text).toContain('agree');
    });

    it('are written to a file byte for byte', async () => {
      const file = join(system.folder, 'snapshot.json');
      await run('show', snapshotId, '--out', file);
      const { bytes } = await raw('content');
      expect((await readFile(file)).equals(bytes)).toBe(true);
      const workbook = join(system.folder, 'snapshot.xlsx');
      await run('show', snapshotId, '--format', 'xlsx', '--out', workbook);
      expect((await readFile(workbook)).equals((await raw('workbook')).bytes)).toBe(true);
      expect((await run('show', snapshotId, '--format', 'csv')).text).toContain('"Slag";"Nummer"');
      const { text } = await run('show', snapshotId, '--format', 'indicators-csv');
      expect(text).toContain((await raw('indicator-table')).bytes.toString());
    });

    it('say with an exit code that they are not what the log says', async () => {
      const store = system.stores.documentStore;
      // The text of a large snapshot is in parts.
      const parts = await store.find<Document & { text: string }>('snapshot-parts', {});
      const { _position: _, ...kept } = parts.find(
        ({ _id, text }) => _id.startsWith(second) && text.includes('Kom sent.'),
      )!;
      const tampered = { ...kept, text: kept.text.replace('Kom sent.', 'Kom i tid.'), version: 2 };
      expect(await store.compareAndSet('snapshot-parts', tampered, 1)).toBe(true);
      expect(await run('verify', second)).toMatchObject({ text: expect.stringContaining('NOT'), exitCode: 5 });
      const { body, status } = await get(`snapshots/${second}/report`);
      expect([status, body.type]).toEqual([500, 'urn:sparbar:problem:snapshot-differs']);
    });
  });
});
