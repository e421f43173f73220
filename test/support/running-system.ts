import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import { TokenVerifier } from '#http-api';
import { PlanLoader } from '#importing';
import type { LoadReport } from '#importing';
import type { Jobs } from '#jobs';
import type { Clock, Role } from '#kernel';
import type { WebhookReceiver } from '#notifying';
import { Progress } from '#projecting';
import type { ProjectionEngine } from '#projecting';
import { createApi, createEngine, verifierOf, Work } from '#running';
import type { WorkPace } from '#running';
import { openJobs, openStores } from '#running/adapters';
import type { Stores } from '#running/adapters';
import { requestTo } from './request-to.js';
import type { Answer } from './request-to.js';

export const tenant = 'uppsala';
export const plans = [
  'uppsala-organisation.yaml',
  'uppsala-fokusmal-4.yaml',
  'amn-verksamhetsplan-2025.yaml',
  'amn-scenario-2025.yaml',
];

export type { Answer };

/** Where the system keeps things; what is left out is embedded, in the system's own folder. */
export interface Places {
  readonly eventStoreUrl?: string;
  readonly documentStoreUrl?: string;
  readonly jobsUrl?: string;
  readonly clock?: Clock;
  /** Where every line of the log goes; nowhere where it is left out. */
  readonly log?: DestinationStream;
  /** Who is told of reminders. */
  readonly reminders?: WebhookReceiver;
  /** How often what is undone is tried again. Left out, what is due is looked for once at the start, and when a test asks for it. */
  readonly pace?: WorkPace;
  /** Where the keys of tokens are published; the system's own key where it is left out. */
  readonly jwksUrl?: URL;
}

const onceAtTheStart: WorkPace = { lookEveryMilliseconds: 3_600_000 };

/** The whole system in this process, on embedded stores in a temporary folder unless told otherwise, asked over a socket. */
export class RunningSystem {
  #key!: CryptoKey;

  private constructor(
    readonly folder: string,
    readonly stores: Stores,
    readonly jobs: Jobs,
    readonly app: NestFastifyApplication,
    readonly engine: ProjectionEngine,
    readonly work: Work,
  ) {}

  static async start({
    clock,
    jobsUrl,
    jwksUrl,
    log,
    pace = onceAtTheStart,
    reminders,
    ...urls
  }: Places = {}): Promise<RunningSystem> {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-'));
    const stores = await openStores({
      eventStoreUrl: `sqlite:${folder}/events.db`,
      documentStoreUrl: `sqlite:${folder}/documents.db`,
      ...urls,
    });
    const jobs = await openJobs({ data: folder, ...(jobsUrl && { jobsUrl }) });
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const progress = new Progress();
    const logger = log ? pino({ level: 'trace' }, log) : pino({ level: 'silent' });
    const verifier = jwksUrl
      ? await verifierOf({ jwksUrl }, logger)
      : TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
    const timed = clock ? { clock } : {};
    const app = await createApi({ ...stores, jobs, verifier, progress, ...timed }, logger, { explorer: false });
    await app.listen(0, '127.0.0.1');
    const engine = createEngine(stores, progress, logger);
    engine.start();
    const work = new Work(app, { stores, jobs, logger, pace, ...timed, ...(reminders && { reminders }) });
    work.start();
    const system = new RunningSystem(folder, stores, jobs, app, engine, work);
    system.#key = privateKey;
    return system;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.work.stop();
    await this.jobs.close();
    await this.engine.stop();
    await this.stores.eventStore.close();
    await this.stores.documentStore.close();
    await rm(this.folder, { recursive: true });
  }

  token(
    role: Role,
    { body, of = tenant, subject = `test-${role}` }: { body?: string; of?: string; subject?: string } = {},
  ): Promise<string> {
    return this.sign({ tenant: of, role, ...(body && { body }) }, subject);
  }

  sign(claims: Record<string, unknown>, subject = 'someone', expires = '5m', key = this.#key): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(subject)
      .setExpirationTime(expires)
      .sign(key);
  }

  async load(...names: readonly string[]): Promise<LoadReport[]> {
    const loader = this.app.get(PlanLoader);
    const reports: LoadReport[] = [];
    for (const name of names) {
      const text = await readFile(join(process.cwd(), 'data', name), 'utf8');
      reports.push(await loader.load(text, name, { tenant, actor: { id: 'loader', role: 'controller' } }));
    }
    return reports;
  }

  async request(
    method: 'GET' | 'POST',
    url: string,
    token?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return requestTo(await this.app.getUrl(), method, url, {
      headers,
      ...(token && { token }),
      ...(body !== undefined && { body }),
    });
  }
}
