import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { isLoadedOtherwise, PlanLoader } from '#importing';
import {
  describeError,
  DomainError,
  explainError,
  fileFaultOf,
  LogReplaced,
  say,
  StoreFailure,
  utf8Text,
  verbatim,
} from '#kernel';
import type { Said } from '#kernel';
import { LOGGER, SETTINGS } from '../process/tokens.js';
import { SettingsFaults } from '../settings/settings-faults.js';
import type { Settings } from '../settings/settings.js';

/** The plans that come with Spårbar, in the order in which they rest on each other. */
const ownPlans = [
  'uppsala-organisation.yaml',
  'uppsala-fokusmal-4.yaml',
  'amn-verksamhetsplan-2025.yaml',
  'amn-scenario-2025.yaml',
].map((name) => fileURLToPath(new URL(`../../../../../data/${name}`, import.meta.url)));

/** The plan files that the environment names, or those that come with Spårbar. */
@Injectable()
export class PlansAtStart {
  constructor(
    @Inject(PlanLoader) private readonly loader: PlanLoader,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Loads them one after another. What is there already is loaded once only; what a file says otherwise than it did when it
   * was loaded is not forced on what is recorded, nor is what rests on that.
   * @throws SettingsFaults where one of them cannot be read; then none is loaded. Else as the loader does
   */
  async load(): Promise<void> {
    const { plans = ownPlans, tenant } = this.settings;
    const actor = { id: 'standalone-loader', role: 'controller' as const };
    let isChanged = false;
    for (const [file, text] of await textsOf(plans)) {
      try {
        const report = await this.loader.load(text, basename(file), { tenant, actor });
        this.logger.info(report, 'loaded a plan file');
      } catch (error) {
        isChanged ||= isLoadedOtherwise(error);
        const stands = isChanged && error instanceof DomainError && !(error instanceof StoreFailure);
        // Who is to bring the log back, or to accept this one, asks a process that runs.
        if (!stands && !(error instanceof LogReplaced)) throw error;
        this.logger.error({ file, error: describeError(error) }, stands ? whatStands : 'a plan file was not loaded');
      }
    }
  }
}

const whatStands =
  'a plan file was loaded before with other content: what is recorded stands, and the file was not loaded';

/** Every file with its text. @throws SettingsFaults that names each one that cannot be read */
async function textsOf(files: readonly string[]): Promise<readonly (readonly [file: string, text: string])[]> {
  const faults: Said[] = [];
  const texts: [string, string][] = [];
  for (const file of files) {
    try {
      texts.push([file, utf8Text(await readFile(file), file)]);
    } catch (error) {
      // Of a folder, reading fails without a path.
      const why = error instanceof DomainError ? error.said : saidOfFile(Object.assign(error as Error, { path: file }));
      faults.push(cannotBeLoaded({ why }));
    }
  }
  if (faults.length > 0) throw new SettingsFaults(faults);
  return texts;
}

const saidOfFile = (error: Error): Said => fileFaultOf(error)?.said ?? verbatim(explainError(error));

const cannotBeLoaded = say(
  'SPARBAR_PLANS names what cannot be loaded: {why}',
  'SPARBAR_PLANS anger något som inte kan läsas in: {why}',
);
