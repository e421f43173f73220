import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { FrozenRound } from '../support/frozen-round.js';
import { plans, RunningSystem, tenant } from '../support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const round = roundIdOf(tenant, plan, 'augusti-2025');

/** What axe-core found, as far as is read here. */
interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly unknown[];
}

describe('The report of a real plan, in a browser', () => {
  let system: RunningSystem;
  let browser: BrowserContext;
  let page: Page;
  let folder: string;
  let report: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    await system.load(...plans);
    // A new issue, so that what is late, corrected and overridden is in the report too.
    const frozen = new FrozenRound(system.stores, tenant, round, plan, '2026-12-01T09:00:00.000Z');
    await frozen.report(bodyIdOf(tenant, 'amn'));
    const uppdrag = itemIdOf(tenant, plan, 'uppdrag-1');
    await frozen.freeze([{ bodyId: bodyIdOf(tenant, 'ks'), itemIds: [uppdrag] }], 'Nämndens papper går ut i dag');
    const late = { roundId: round, bodyId: bodyIdOf(tenant, 'amn'), level: 'delayed', motivation: 'Kom sent.' };
    await system.request('POST', `/v1/items/${uppdrag}/assessments`, await system.token('controller'), late);
    await frozen.reissue(2, 'En sen bedömning');
    const snapshotId = await frozen.make(1).then(() => frozen.make(2));
    const answer = await system.request('GET', `/v1/snapshots/${snapshotId}/report`, await system.token('reader'));
    expect(answer.status).toBe(200);
    folder = await mkdtemp(join(tmpdir(), 'sparbar-browser-'));
    report = join(folder, 'report.html');
    await writeFile(report, answer.body);
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      viewport: { width: 1_280, height: 900 },
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
        ...['--disable-component-update', '--disable-sync'],
      ],
    });
    page = await browser.newPage();
    await page.goto(`file://${report}`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system.stop();
    await rm(folder, { recursive: true });
  });

  const violations = async (): Promise<Found> => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(axe);
    const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
    return found as Found;
  };

  it.each([
    ['a desk', 1_280],
    ['a telephone', 360],
  ])('has nothing that axe-core objects to on %s', async (_, width) => {
    await page.setViewportSize({ width, height: 900 });
    const { passes, violations: found } = await violations();
    expect(found.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 200))])).toEqual([]);
    expect(passes.length).toBeGreaterThan(20);
  });

  it('can tell where it would not be so', async () => {
    const other = await browser.newPage();
    await other.setContent(
      '<html><body><img src="x"><p style="color:#aaa;background:#fff">Svag text</p></body></html>',
    );
    const kept = page;
    page = other;
    const { violations: found } = await violations();
    page = kept;
    await other.close();
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'html-has-lang']));
  });

  it('needs no scrolling sideways, fetches nothing and runs nothing', async () => {
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.reload();
    expect(asked).toEqual([`file://${report}`]);
    for (const width of [390, 1_280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    expect(await page.evaluate('document.scripts.length')).toBe(0);
  });

  it('leads past the navigation from the first key press', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Hoppa till innehållet');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('innehall');
  });

  it('prints on A4, with the heads of tables on every page', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.querySelector("thead")).display')).toBe('table-header-group');
    expect(await page.evaluate('getComputedStyle(document.querySelector("nav")).display')).toBe('none');
    // What has the focus, from the test before, is of no use on paper.
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('none');
    const cut = '[...document.querySelectorAll(".indicator")].map((one) => getComputedStyle(one).breakInside)';
    expect(new Set(await page.evaluate<string[]>(cut))).toEqual(new Set(['avoid']));
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'screen' });
    if (process.env['SCREENSHOTS']) {
      await writeFile(join(process.env['SCREENSHOTS'], 'report.pdf'), pdf);
      await writeFile(join(process.env['SCREENSHOTS'], 'report.html'), await readFile(report));
      await page.screenshot({ path: join(process.env['SCREENSHOTS'], 'report.png'), fullPage: true });
    }
  });

  it('shows what became of each item as well to everybody, at a desk and on a telephone', async () => {
    const reports = await system.load('amn-verksamhetsplan-2024.yaml', 'amn-plan-1000-fler.yaml');
    const older = planIdOf(tenant, 'amn-plan-1000-fler');
    const path = `/v1/plans/${older}/appendix/report?newer=${plan}&waitFor=${reports.at(-1)!.position}`;
    const answer = await system.request('GET', path, await system.token('reader'));
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('Ny formulering')]);
    const appendix = join(folder, 'appendix.html');
    await writeFile(appendix, answer.body);
    await page.goto(`file://${appendix}`);
    for (const width of [1_280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      const { passes, violations: found } = await violations();
      expect(found.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)])).toEqual([]);
      expect(passes.length).toBeGreaterThan(20);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });
});
