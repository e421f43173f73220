import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { plans, tenant } from '../support/running-system.js';
import { StandaloneProcess } from '../support/standalone-process.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const april = roundIdOf(tenant, plan, 'april-2025');
const hostile = '"><img src=x onerror=alert(1)> & <b>fetstil</b>';

/** What axe-core found, as far as is read here. */
interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe('The pages, in a browser', () => {
  let standalone: StandaloneProcess;
  let folder: string;
  let browser: BrowserContext;
  let page: Page;
  let axe: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-pages-'));
    const files = plans.map((name) => join(process.cwd(), 'data', name)).join(',');
    standalone = await StandaloneProcess.start(join(folder, 'data'), files);
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
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
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/.test(message.text())) complaints.push(message.text());
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await standalone?.end('SIGTERM');
    await rm(folder, { recursive: true });
  });

  const open = async (path: string): Promise<number> => {
    const answer = await page.goto(new URL(path, standalone.url).href);
    return answer!.status();
  };
  const become = async (role: string): Promise<void> => {
    await browser.clearCookies();
    await open('/');
    await page.getByRole('button', { name: `Fortsätt som ${role}` }).click();
    await page.getByRole('button', { name: 'Logga ut' }).waitFor();
  };

  /** Nothing that axe-core objects to, nothing beside the page, and Swedish, at a desk in the light and on a phone in the dark. */
  const holds = async (name: string): Promise<void> => {
    for (const [width, colorScheme] of [
      [1_280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await page.evaluate('document.documentElement.lang')).toBe('sv');
      // None but what keeps drafts.
      expect(await page.evaluate('[...document.scripts].every(({ src }) => src.includes("/utkast-"))')).toBe(true);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<Found>('axe.run(document, { resultTypes: ["violations"] })');
      expect(violations.map(({ id, nodes }) => [name, id, nodes[0]?.html.slice(0, 200)])).toEqual([]);
      if (process.env['SCREENSHOTS'])
        await page.screenshot({ path: join(process.env['SCREENSHOTS'], `${name}-${width}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 1_280, height: 900 });
  };

  it('ask who one is before they show anything', async () => {
    expect(await open(`/uppfoljningar/${april}`)).toBe(401);
    await holds('sign-in');
    await page.getByRole('button', { name: 'Fortsätt som läsare' }).click();
    await page.getByRole('heading', { level: 1, name: 'Delårsuppföljning april 2025' }).waitFor();
    expect(await page.getByRole('button', { name: 'Frys uppföljningen' }).count()).toBe(0);
  });

  it('let a reporter judge what its body owes, and say that it is ready', async () => {
    await become('rapportör');
    await page.getByRole('link', { name: 'Att rapportera' }).click();
    await holds('tasks');
    await page.getByRole('link', { name: 'Delårsuppföljning april 2025' }).click();
    await holds('report');
    await page.getByRole('link', { name: 'Uppdrag 16' }).click();
    await holds('assess');
    const item = new URL(page.url()).pathname.split('/').at(-1)!;
    await page.getByLabel('Gul').check();
    await page.getByLabel('Bedömning').fill(hostile);
    await page.getByRole('button', { name: 'Spara bedömningen' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Uppdrag 16' });
    expect(await row.textContent()).toContain('Gul');
    await page.getByRole('button', { name: 'Vi är klara' }).click();
    await page.getByText('Nämnden har sagt att dess bedömningar är klara').waitFor();
    await open(`/granska/${item}`);
    await page.getByText(hostile).first().waitFor();
    expect(await page.getByRole('img', { name: 'x' }).count()).toBe(0);
    await holds('story');
  });

  it('let a reporter judge many items on a page, on several days, by what they rest on', async () => {
    await become('rapportör');
    await open(`/mitt/${april}`);
    await page.getByRole('link', { name: 'Bedöm flera på en sida' }).click();
    const first = page.locator('section.judged').first();
    const label = (await first.getByRole('heading', { level: 2 }).textContent())!.split(' ').slice(0, 2).join(' ');
    await first.getByRole('textbox').fill('Upphandlingen är klar.');
    // The lid is closed, and opened again; somebody else sees nothing of it.
    await become('controller');
    await become('rapportör');
    await open(`/mitt/${april}/alla`);
    await page.getByText('är kvar i den här webbläsaren').waitFor();
    expect(await first.getByRole('textbox').inputValue()).toBe('Upphandlingen är klar.');
    await holds('many');
    await page.getByRole('button', { name: 'Spara det som är ifyllt' }).click();
    expect(await page.getByRole('alert').textContent()).toContain(label);
    await first.getByLabel('Gul').check();
    await page.getByRole('button', { name: 'Spara det som är ifyllt' }).click();
    await page.getByText('Sparat.').waitFor();
    await holds('saved');
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.getByRole('listitem').filter({ hasText: label }).first().textContent()).toContain('Gul');

    await page.getByRole('link', { name: 'Uppdrag 1', exact: true }).click();
    await page.getByLabel('Röd').check();
    await page.getByLabel('Bedömning', { exact: true }).fill('Åtgärden har stannat av.');
    await page.getByText('Punkter och indikatorer som bedömningen bygger på').click();
    await page.getByLabel(/^Åtgärd 1 /).check();
    await page.getByRole('button', { name: 'Spara bedömningen' }).click();
    await page.getByText('Sparat.').waitFor();
    const item = new URL(page.url()).searchParams.get('sparad')!;
    const headers = { authorization: `Bearer ${standalone.tokens['auditor']}` };
    const told = await fetch(`${standalone.url}/v1/items/${item}/history?limit=200`, { headers });
    const { items: entries } = (await told.json()) as {
      items: { after: { evidence?: object[]; motivation?: string } }[];
    };
    const said = entries.find(({ after }) => after.motivation === 'Åtgärden har stannat av.');
    expect(said?.after.evidence).toEqual([{ itemId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  }, 60_000);

  it('tell a reporter what is wrong, and keep what was written', async () => {
    await become('rapportör');
    await open(`/mitt/${april}`);
    await page.getByRole('link', { name: 'Uppdrag 2', exact: true }).click();
    await page.getByLabel('Röd').check();
    // What shows nothing is no motivation, though a browser takes it.
    await page.getByLabel('Bedömning').fill('\u200b');
    await page.getByRole('button', { name: 'Spara bedömningen' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Röd').isChecked()).toBe(true);
    await holds('refused');
  });

  it('let an auditor find an item, follow its story and compare two days', async () => {
    await become('revisor');
    await page.getByLabel('Sök').fill('näringsliv');
    await page.getByRole('button', { name: 'Sök' }).click();
    await holds('search');
    await page.getByRole('link', { name: 'Fokusmål 2' }).first().click();
    await holds('item');
    await page.getByRole('link', { name: 'Visa punktens historia' }).click();
    await page.getByLabel('Från', { exact: true }).fill('2025-01-15');
    await page.getByLabel('Till', { exact: true }).fill('2026-03-01');
    await page.getByRole('button', { name: 'Jämför' }).click();
    expect(await page.locator('ins').first().textContent()).toBeTruthy();
    await holds('comparison');
    await open('/planer/amn-verksamhetsplan-2025?laget=2025-02-01');
    await page.getByText('Sidan visar läget som det var den 1 februari 2025').waitFor();
    await holds('plan');
    expect(await open('/planer/amn-verksamhetsplan-2025?laget=2025-02-30')).toBe(400);
    await holds('fault');
  });

  it('let a controller freeze a round, and anyone verify and read what was frozen', async () => {
    await become('controller');
    await open(`/uppfoljningar/${april}`);
    await holds('round');
    await page.getByRole('button', { name: 'Frys uppföljningen' }).click();
    await page.getByRole('heading', { name: 'Ögonblicksbilder' }).waitFor();
    await page.getByRole('link', { name: 'Utgåva 1' }).click();
    // The snapshot is made by a job.
    for (let patience = 60; (await page.getByText('görs just nu').count()) > 0 && patience > 0; patience--) {
      await page.waitForTimeout(500);
      await page.reload();
    }
    await page.getByText('Utgåvan är den som frystes').waitFor();
    await holds('issue');
    await page.getByRole('link', { name: 'Läs rapporten' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('draw an indicator, with the same values in a table', async () => {
    await become('läsare');
    await open('/planer/amn-verksamhetsplan-2025');
    await page.getByRole('link', { name: /^Antal besök på Socialtjänst/ }).click();
    await page.getByRole('img').waitFor();
    expect(await page.getByRole('table').count()).toBe(1);
    await holds('indicator');
    await open('/tillganglighet');
    await holds('accessibility');
    expect(await open('/finns-inte')).toBe(404);
    await holds('nowhere');
  });

  it('can be walked by the keyboard, past what is on every page', async () => {
    await open('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Hoppa till innehållet');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('innehall');
    const outline = 'getComputedStyle(document.activeElement).outlineStyle';
    for (let stops = 0; stops < 5; stops++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(outline)).toBe('solid');
    }
  });

  it('end with the sign-out, and go against no policy of theirs', async () => {
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByRole('heading', { name: 'Revisor' }).waitFor();
    expect(await open('/mitt')).toBe(401);
    expect(complaints).toEqual([]);
  });
});
